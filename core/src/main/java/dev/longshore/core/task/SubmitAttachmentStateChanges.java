package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.SubmitAttachmentStateChangesRequest;
import dev.longshore.shapes.ecs.SubmitAttachmentStateChangesResponse;

/**
 * An agent reports that an attachment became visible. Nothing hands out attachments yet, so whoever
 * reports one is told, in the words that make an agent drop its report, that it is not known.
 */
public final class SubmitAttachmentStateChanges
    implements Command<SubmitAttachmentStateChangesRequest, SubmitAttachmentStateChangesResponse> {
  @Override
  public SubmitAttachmentStateChangesResponse decide(
      Draft draft, SubmitAttachmentStateChangesRequest request, Context context) {
    Clusters.find(draft, context, request.cluster());
    if (request.attachments().isEmpty()) {
      throw new InvalidParameterException("Attachments cannot be empty.");
    }
    throw new InvalidParameterException(
        "The referenced attachment was not found: "
            + request.attachments().getFirst().attachmentArn());
  }
}
