package dev.longshore.core.operation;

import dev.longshore.core.state.View;

/**
 * An API action that only reads.
 *
 * @param <I> the request's shape
 * @param <O> the response's shape
 */
public interface Query<I, O> {
  /**
   * Answers from committed rows.
   *
   * @throws dev.longshore.shapes.ServiceException the caller's fault, as the API's own exception
   */
  O answer(View view, I request, Context context);
}
