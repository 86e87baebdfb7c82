package dev.longshore.server.engine;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ServiceException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command on its way: decided in a turn, answered when the turn is durable. */
final class Submission<I, O> {
  private static final Logger LOG = LoggerFactory.getLogger(Submission.class);

  private final Command<I, O> command;
  private final I request;
  private final Caller caller;
  private final CompletableFuture<O> reply = new CompletableFuture<>();
  private @Nullable O answer;
  private @Nullable Throwable fault;

  Submission(Command<I, O> command, I request, Caller caller) {
    this.command = command;
    this.request = request;
    this.caller = caller;
  }

  CompletableFuture<O> reply() {
    return reply;
  }

  /** Decides; a command that throws leaves the draft as it was. */
  void decide(Draft draft, Instant now, Place place, Ids ids) {
    Draft.Mark mark = draft.mark();
    try {
      answer = command.decide(draft, request, new Context(now, caller, place, ids));
    } catch (ServiceException e) {
      draft.backTo(mark);
      fault = e;
    } catch (RuntimeException e) {
      draft.backTo(mark);
      LOG.error("{} failed; its edits were undone.", command.getClass().getSimpleName(), e);
      fault = e;
    }
  }

  /** Gives the answer that was decided. */
  void answer() {
    if (fault == null) {
      reply.complete(answer);
    } else {
      reply.completeExceptionally(fault);
    }
  }

  /** The turn was lost: it may or may not have become durable, and nobody can tell the caller. */
  void fail(Throwable cause) {
    reply.completeExceptionally(cause);
  }
}
