package dev.longshore.server;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import dev.longshore.core.operation.Caller;
import dev.longshore.server.balancing.BalancingReports;
import dev.longshore.server.engine.Engine;
import java.util.concurrent.CompletableFuture;

/** Puts what the data plane found before the engine. */
record BalancingFindings(Engine engine, Caller caller) implements BalancingReports {
  @Override
  public CompletableFuture<Integer> listeners(ReportListeners.Report report) {
    return engine.submit(new ReportListeners(), report, caller);
  }

  @Override
  public CompletableFuture<Integer> health(ReportTargetHealth.Report report) {
    return engine.submit(new ReportTargetHealth(), report, caller);
  }

  @Override
  public CompletableFuture<Integer> followed(ReportFollowed.Report report) {
    return engine.submit(new ReportFollowed(), report, caller);
  }
}
