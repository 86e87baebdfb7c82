package dev.longshore.agent.metadata;

import java.util.Optional;

/** What answers requests. */
interface Front {
  /** On the event loop, before anything else: an answer that needs no work, such as "too many". */
  Optional<Reply> atOnce(Ask ask);

  /** On a thread of the request's own, which may block. */
  Reply answer(Ask ask);
}
