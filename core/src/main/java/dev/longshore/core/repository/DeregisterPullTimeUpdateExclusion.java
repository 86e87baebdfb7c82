package dev.longshore.core.repository;

import dev.longshore.core.model.PullTimeExclusion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeregisterPullTimeUpdateExclusionRequest;
import dev.longshore.shapes.ecr.DeregisterPullTimeUpdateExclusionResponse;
import dev.longshore.shapes.ecr.ExclusionNotFoundException;

/** Has a principal's pulls count again. */
public final class DeregisterPullTimeUpdateExclusion
    implements Command<
        DeregisterPullTimeUpdateExclusionRequest, DeregisterPullTimeUpdateExclusionResponse> {

  @Override
  public DeregisterPullTimeUpdateExclusionResponse decide(
      Draft draft, DeregisterPullTimeUpdateExclusionRequest request, Context context) {
    String arn = request.principalArn();
    if (draft.find(PullTimeExclusion.KIND, arn) == null) {
      throw new ExclusionNotFoundException(
          "The pull time update exclusion for principal '" + arn + "' does not exist");
    }
    draft.remove(PullTimeExclusion.KIND, arn);
    return new DeregisterPullTimeUpdateExclusionResponse(arn);
  }
}
