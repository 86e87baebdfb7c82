package dev.longshore.server.function;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.secret.ReportRotation;
import dev.longshore.core.secret.RotationCall;
import dev.longshore.core.state.View;
import dev.longshore.server.engine.Engine;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A secret is rotated. On AWS the service itself calls the function, so there is no role whose keys
 * could sign; the account's own do, and who asked for the rotation had to have the right to call.
 */
record RotationErrand(RotationCall call, Credentials keys, Caller root) implements Errand {
  @Override
  public String key() {
    return call.secretArn() + ' ' + call.run();
  }

  @Override
  public String functionArn() {
    return call.functionArn();
  }

  @Override
  public String by() {
    return call.secretArn();
  }

  @Override
  public Instant callAt() {
    return call.callAt();
  }

  @Override
  public Duration patience(Instant now) {
    return FunctionEndpoint.LONGEST;
  }

  @Override
  public Map<String, @Nullable Object> payload() {
    return call.payload();
  }

  @Override
  public Credentials keys(View view, Instant now) {
    return keys;
  }

  /** Whatever it returns: that it returned is what counts. */
  @Override
  public CompletableFuture<Boolean> answered(Engine engine, String text) {
    return told(engine, true);
  }

  @Override
  public CompletableFuture<Boolean> failed(Engine engine, String reason) {
    return told(engine, false);
  }

  private CompletableFuture<Boolean> told(Engine engine, boolean done) {
    return engine.submit(new ReportRotation(), new ReportRotation.Report(call, done), root);
  }
}
