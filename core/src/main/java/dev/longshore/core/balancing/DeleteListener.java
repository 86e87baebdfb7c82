package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.DeleteListenerInput;
import dev.longshore.shapes.elbv2.DeleteListenerOutput;

/** Deletes a listener with its rules. */
public final class DeleteListener implements Command<DeleteListenerInput, DeleteListenerOutput> {
  @Override
  public DeleteListenerOutput decide(Draft draft, DeleteListenerInput request, Context context) {
    Listeners.delete(draft, Listeners.existing(draft, request.listenerArn()));
    return new DeleteListenerOutput();
  }
}
