package dev.longshore.server.balancing;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import java.util.concurrent.CompletableFuture;

/** Hears what the data plane found. */
public interface BalancingReports {
  /** Which listeners listen; completes once that is kept. */
  CompletableFuture<Integer> listeners(ReportListeners.Report report);

  /** Which targets are healthy; completes once that is kept. */
  CompletableFuture<Integer> health(ReportTargetHealth.Report report);

  /** What is followed by all gateways; completes once that is kept. */
  CompletableFuture<Integer> followed(ReportFollowed.Report report);
}
