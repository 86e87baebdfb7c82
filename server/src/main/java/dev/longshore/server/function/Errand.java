package dev.longshore.server.function;

import dev.longshore.core.state.View;
import dev.longshore.server.engine.Engine;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A function that is to be asked, and where its answer goes. */
interface Errand {
  /** The same for the same question, and for no other. */
  String key();

  String functionArn();

  /** The ARN of what has it asked, for logs. */
  String by();

  Instant callAt();

  /** How long its answer is waited for. */
  Duration patience(Instant now);

  Map<String, @Nullable Object> payload();

  /**
   * Keys to sign the call with.
   *
   * @throws FunctionFailedException nobody has the right to make it
   */
  Credentials keys(View view, Instant now) throws FunctionFailedException;

  /**
   * Tells the engine the answer; completes with whether it counts.
   *
   * @throws FunctionFailedException it is none
   */
  CompletableFuture<Boolean> answered(Engine engine, String text) throws FunctionFailedException;

  /** Tells the engine that there is no answer. */
  CompletableFuture<Boolean> failed(Engine engine, String reason);
}
