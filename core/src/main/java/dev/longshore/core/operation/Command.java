package dev.longshore.core.operation;

import dev.longshore.core.state.Draft;

/**
 * An API action that changes the control plane; one class per action, named as in the API.
 *
 * @param <I> the request's shape
 * @param <O> the response's shape
 */
public interface Command<I, O> {
  /**
   * Edits the draft and answers. The answer is given to the caller only once the edits are durable.
   *
   * @throws dev.longshore.shapes.ServiceException the caller's fault, as the API's own exception;
   *     every edit of this command is then undone
   */
  O decide(Draft draft, I request, Context context);
}
