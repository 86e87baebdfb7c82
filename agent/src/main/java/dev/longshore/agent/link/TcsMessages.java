package dev.longshore.agent.link;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerStatus;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.agent.task.TaskStatus;
import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The messages of the telemetry session. */
final class TcsMessages {
  private static final int TASKS_PER_MESSAGE = 10;

  /** One sample says nothing about an interval. */
  private static final int LEAST_SAMPLES = 2;

  private final String cluster;
  private final String containerInstanceArn;

  TcsMessages(String cluster, String containerInstanceArn) {
    this.cluster = cluster;
    this.containerInstanceArn = containerInstanceArn;
  }

  /** Metrics of all running tasks, ten to a message; one idle message if there are none. */
  List<String> metrics(Telemetry telemetry, Instant now) {
    List<Json> tasks = new ArrayList<>();
    for (TaskRow row : telemetry.tasks()) {
      List<Json> containers = new ArrayList<>();
      for (ContainerRow container : row.containers()) {
        if (container.known() == ContainerStatus.RUNNING && container.dockerId() != null) {
          List<Statistics> samples = telemetry.takeSamples(container.dockerId());
          if (samples.size() >= LEAST_SAMPLES) {
            containers.add(containerMetric(container, samples));
          }
        }
      }
      if (!containers.isEmpty()) {
        tasks.add(task(row).with("containerMetrics", new Json.Items(containers)));
      }
    }
    List<String> messages = new ArrayList<>();
    String id = UUID.randomUUID().toString();
    int from = 0;
    do {
      int to = Math.min(from + TASKS_PER_MESSAGE, tasks.size());
      boolean last = to == tasks.size();
      Json.Fields message =
          Json.fields()
              .with("metadata", metadata(id, last).with("idle", Json.of(tasks.isEmpty())))
              .with("timestamp", StateReporter.seconds(now));
      messages.add(
          Envelope.write(
              "PublishMetricsRequest",
              tasks.isEmpty()
                  ? message
                  : message.with("taskMetrics", new Json.Items(tasks.subList(from, to)))));
      from = to;
    } while (from < tasks.size());
    return messages;
  }

  private Json.Fields metadata(String messageId, boolean last) {
    return Json.fields()
        .with("cluster", Json.of(cluster))
        .with("containerInstance", Json.of(containerInstanceArn))
        .with("fin", Json.of(last))
        .with("messageId", Json.of(messageId));
  }

  private static Json.Fields task(TaskRow row) {
    Json.Fields task =
        Json.fields()
            .with("taskArn", Json.of(row.arn()))
            .with("taskDefinitionFamily", Json.of(row.spec().family()))
            .with("taskDefinitionVersion", Json.of(row.spec().version()));
    String clusterArn = row.spec().taskClusterArn();
    return clusterArn == null ? task : task.with("clusterArn", Json.of(clusterArn));
  }

  private static Json containerMetric(ContainerRow container, List<Statistics> samples) {
    Json.Fields metric =
        Json.fields()
            .with("containerName", Json.of(container.name()))
            .with("cpuStatsSet", set(samples, Statistics::cpu))
            .with("memoryStatsSet", set(samples, Statistics::memory))
            .with(
                "storageStatsSet",
                Json.fields()
                    .with("readSizeBytes", counters(samples, Statistics::readBytes))
                    .with("writeSizeBytes", counters(samples, Statistics::writeBytes)));
    if (container.spec().containerArn() != null) {
      metric = metric.with("containerArn", Json.of(container.spec().containerArn()));
    }
    List<Statistics.Network> network = new ArrayList<>();
    samples.stream().map(Statistics::network).filter(n -> n != null).forEach(network::add);
    if (network.size() >= LEAST_SAMPLES) {
      metric = metric.with("networkStatsSet", network(network));
    }
    return container.spec().restartPolicy() == null
        ? metric
        : metric.with(
            "restartStatsSet", Json.fields().with("restartCount", Json.of(container.restarts())));
  }

  private static Json network(List<Statistics.Network> samples) {
    return Json.fields()
        .with("rxBytes", counters(samples, Statistics.Network::rxBytes))
        .with("rxBytesPerSecond", set(samples, Statistics.Network::rxBytesPerSecond))
        .with("rxDropped", counters(samples, Statistics.Network::rxDropped))
        .with("rxErrors", counters(samples, Statistics.Network::rxErrors))
        .with("rxPackets", counters(samples, Statistics.Network::rxPackets))
        .with("txBytes", counters(samples, Statistics.Network::txBytes))
        .with("txBytesPerSecond", set(samples, Statistics.Network::txBytesPerSecond))
        .with("txDropped", counters(samples, Statistics.Network::txDropped))
        .with("txErrors", counters(samples, Statistics.Network::txErrors))
        .with("txPackets", counters(samples, Statistics.Network::txPackets));
  }

  private static <T> Json.Fields set(List<T> samples, ToDoubleFunction<T> value) {
    var summary = samples.stream().mapToDouble(value).summaryStatistics();
    return Json.fields()
        .with("max", Json.of(summary.getMax()))
        .with("min", Json.of(summary.getMin()))
        .with("sampleCount", Json.of(summary.getCount()))
        .with("sum", Json.of(summary.getSum()));
  }

  /** A set of whole numbers; its overflow members are for what does not fit 64 bits. */
  private static <T> Json.Fields counters(List<T> samples, ToLongFunction<T> value) {
    var summary = samples.stream().mapToLong(value).summaryStatistics();
    return Json.fields()
        .with("max", Json.of(summary.getMax()))
        .with("min", Json.of(summary.getMin()))
        .with("overflowMax", Json.of(0))
        .with("overflowMin", Json.of(0))
        .with("overflowSum", Json.of(0))
        .with("sampleCount", Json.of(summary.getCount()))
        .with("sum", Json.of(summary.getSum()));
  }

  /** The health of every container that is checked; empty if none is. */
  Optional<String> health(Telemetry telemetry, Instant now) {
    List<Json> tasks = new ArrayList<>();
    for (TaskRow row : telemetry.tasks()) {
      if (row.known() == TaskStatus.STOPPED) {
        continue;
      }
      List<Json> containers = new ArrayList<>();
      for (ContainerRow container : row.containers()) {
        if (container.spec().healthChecked()) {
          containers.add(health(container, now));
        }
      }
      if (!containers.isEmpty()) {
        tasks.add(task(row).with("containers", new Json.Items(containers)));
      }
    }
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Envelope.write(
                "PublishHealthRequest",
                Json.fields()
                    .with("metadata", metadata(UUID.randomUUID().toString(), true))
                    .with("tasks", new Json.Items(tasks))
                    .with("timestamp", StateReporter.seconds(now))));
  }

  private static Json health(ContainerRow container, Instant now) {
    @Nullable Instant since = container.healthSince();
    Json.Fields health =
        Json.fields()
            .with("containerName", Json.of(container.name()))
            .with("healthStatus", Json.of(container.health().name()))
            .with("statusSince", StateReporter.seconds(since == null ? now : since));
    var view = container.view();
    String output = view == null || view.health() == null ? null : view.health().output();
    return output == null || output.isEmpty()
        ? health
        : health.with("statusMessage", Json.of(output));
  }

  String runtimeStatus(Telemetry.RuntimeCheck check, Instant now) {
    return Envelope.write(
        "PublishInstanceStatusRequest",
        Json.fields()
            .with(
                "metadata",
                Json.fields()
                    .with("cluster", Json.of(cluster))
                    .with("containerInstance", Json.of(containerInstanceArn))
                    .with("requestId", Json.of(UUID.randomUUID().toString())))
            .with(
                "statuses",
                new Json.Items(
                    List.of(
                        Json.fields()
                            .with("lastStatusChange", StateReporter.seconds(check.changedAt()))
                            .with("lastUpdated", StateReporter.seconds(check.checkedAt()))
                            .with("status", Json.of(check.status()))
                            .with("type", Json.of("ContainerRuntime")))))
            .with("timestamp", StateReporter.seconds(now)));
  }
}
