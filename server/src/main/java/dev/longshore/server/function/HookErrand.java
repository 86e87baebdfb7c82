package dev.longshore.server.function;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.service.FunctionCall;
import dev.longshore.core.service.ReportHookAnswer;
import dev.longshore.core.service.ReportHookAnswer.Report;
import dev.longshore.core.state.View;
import dev.longshore.server.engine.Engine;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A deployment asks whether it may go on. */
record HookErrand(FunctionCall call, HookRoles roles, Caller root) implements Errand {
  /** By hook and answer: a function that wants to be asked again is another call. */
  @Override
  public String key() {
    return call.hookId() + ' ' + call.answers();
  }

  @Override
  public String functionArn() {
    return call.functionArn();
  }

  @Override
  public String by() {
    return call.deploymentArn();
  }

  @Override
  public Instant callAt() {
    return call.callAt();
  }

  @Override
  public Duration patience(Instant now) {
    return Duration.between(now, call.expiresAt());
  }

  @Override
  public Map<String, @Nullable Object> payload() {
    return call.payload();
  }

  @Override
  public Credentials keys(View view, Instant now) throws FunctionFailedException {
    return roles.keys(view, call, now);
  }

  @Override
  public CompletableFuture<Boolean> answered(Engine engine, String text)
      throws FunctionFailedException {
    return told(engine, Report.answered(call, Documents.object(text)));
  }

  @Override
  public CompletableFuture<Boolean> failed(Engine engine, String reason) {
    return told(engine, Report.failed(call, reason));
  }

  private CompletableFuture<Boolean> told(Engine engine, Report report) {
    return engine.submit(new ReportHookAnswer(), report, root);
  }
}
