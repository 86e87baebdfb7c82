package dev.longshore.core.repository;

import dev.longshore.core.model.PullTimeExclusion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.ExclusionAlreadyExistsException;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.RegisterPullTimeUpdateExclusionRequest;
import dev.longshore.shapes.ecr.RegisterPullTimeUpdateExclusionResponse;

/** Excludes a principal's pulls from what images show as their last one. */
public final class RegisterPullTimeUpdateExclusion
    implements Command<
        RegisterPullTimeUpdateExclusionRequest, RegisterPullTimeUpdateExclusionResponse> {
  /** Principals that a registry may exclude. */
  private static final int MOST = 100;

  @Override
  public RegisterPullTimeUpdateExclusionResponse decide(
      Draft draft, RegisterPullTimeUpdateExclusionRequest request, Context context) {
    String arn = request.principalArn();
    if (draft.find(PullTimeExclusion.KIND, arn) != null) {
      throw new ExclusionAlreadyExistsException(
          "The pull time update exclusion for principal '" + arn + "' already exists");
    }
    if (draft.count(PullTimeExclusion.KIND) >= MOST) {
      throw new LimitExceededException(
          "A registry cannot have more than " + MOST + " pull time update exclusions");
    }
    draft.put(PullTimeExclusion.KIND, new PullTimeExclusion(arn, context.now()));
    return new RegisterPullTimeUpdateExclusionResponse(arn, context.now());
  }
}
