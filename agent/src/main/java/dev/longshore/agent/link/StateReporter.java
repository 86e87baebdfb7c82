package dev.longshore.agent.link;

import dev.longshore.agent.task.ContainerReport;
import dev.longshore.agent.task.NetworkBinding;
import dev.longshore.agent.task.TaskReport;
import dev.longshore.wire.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers reports, each until the control plane takes it or says that it never will. Whoever calls
 * keeps the reports of one task in order by handing over one at a time.
 */
public final class StateReporter {
  private static final Logger LOG = LoggerFactory.getLogger(StateReporter.class);
  private static final int PARALLEL = 10;
  private static final int SDK_TRIES = 298;
  private static final int LONGEST_ID = 255;

  private final ControlPlane controlPlane;
  private final LinkConfig config;
  private final RandomGenerator random;
  private final Semaphore slots = new Semaphore(PARALLEL);
  private final Nudge retry = new Nudge();

  public StateReporter(ControlPlane controlPlane, LinkConfig config, RandomGenerator random) {
    this.controlPlane = controlPlane;
    this.config = config;
    this.random = random;
  }

  /** The control plane is known to be there again: whoever waits tries now. */
  public void retryNow() {
    retry.give();
  }

  /** Returns when the report is settled; blocks for as long as that takes. */
  public void deliver(TaskReport report) throws InterruptedException {
    Json.Fields request = request(report, config.effectiveCluster());
    Backoff lost = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(30), 2, 1, random);
    Backoff refused = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 1.3, 0.2, random);
    for (int attempt = 1; ; attempt++) {
      Duration wait;
      slots.acquire();
      try {
        var _ =
            controlPlane.call(
                "SubmitTaskStateChange", request, Math.min(attempt, SDK_TRIES), SDK_TRIES);
        return;
      } catch (ApiException e) {
        if (isFinal(e.code())) {
          LOG.warn("report on {} given up: {}", report.taskArn(), e.getMessage());
          return;
        }
        LOG.warn("report on {} not taken yet: {}", report.taskArn(), e.getMessage());
        wait = e.isTransient() ? lost.next() : refused.next();
      } catch (UnreachableException e) {
        LOG.debug("report on {} not delivered yet: {}", report.taskArn(), e.getMessage());
        wait = lost.next();
      } finally {
        slots.release();
      }
      var _ = retry.await(wait);
    }
  }

  /** Whether an error with that code will come again for ever, so that the report is given up. */
  public static boolean isFinal(String code) {
    return code.equals("InvalidParameterException");
  }

  /** The SubmitTaskStateChange of a report to that cluster, absent values left out. */
  public static Json.Fields request(TaskReport report, String cluster) {
    Json.Fields request =
        Json.fields()
            .with("cluster", Json.of(cluster))
            .with("containers", Json.items(report.containers(), StateReporter::container))
            .with("reason", Json.of(report.reason()))
            .with("status", Json.of(report.status()))
            .with("task", Json.of(report.taskArn()));
    request = with(request, "pullStartedAt", report.pullStartedAt());
    request = with(request, "pullStoppedAt", report.pullStoppedAt());
    return with(request, "executionStoppedAt", report.executionStoppedAt());
  }

  private static Json container(ContainerReport report) {
    Json.Fields json =
        Json.fields()
            .with("containerName", Json.of(report.containerName()))
            .with("status", Json.of(report.status()));
    if (report.runtimeId() != null) {
      json = json.with("runtimeId", Json.of(cut(report.runtimeId())));
    }
    if (report.exitCode() != null) {
      json = json.with("exitCode", Json.of(report.exitCode()));
    }
    if (report.reason() != null) {
      json = json.with("reason", Json.of(report.reason()));
    }
    if (report.imageDigest() != null) {
      json = json.with("imageDigest", Json.of(cut(report.imageDigest())));
    }
    return report.networkBindings().isEmpty()
        ? json
        : json.with(
            "networkBindings", Json.items(report.networkBindings(), StateReporter::binding));
  }

  private static Json binding(NetworkBinding binding) {
    Json.Fields json = Json.fields().with("bindIP", Json.of(binding.bindIp()));
    json =
        binding.isRange()
            ? json.with(
                    "containerPortRange",
                    Json.of(binding.containerPort() + "-" + binding.lastContainerPort()))
                .with("hostPortRange", Json.of(binding.hostPort() + "-" + binding.lastHostPort()))
            : json.with("containerPort", Json.of(binding.containerPort()))
                .with("hostPort", Json.of(binding.hostPort()));
    return json.with("protocol", Json.of(binding.protocol()));
  }

  private static Json.Fields with(Json.Fields json, String name, @Nullable Instant time) {
    return time == null ? json : json.with(name, seconds(time));
  }

  /** Epoch seconds with a fraction of milliseconds, as the API's timestamps are written. */
  static Json seconds(Instant time) {
    return new Json.Numeral(
        BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros().toPlainString());
  }

  private static String cut(String id) {
    return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
  }
}
