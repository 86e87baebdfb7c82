package dev.longshore.server.fleet;

import dev.longshore.core.task.ReportTaskHealth.ContainerHealth;
import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.server.http.WebSocketListener;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.InstanceHealthCheckState;
import dev.longshore.shapes.ecs.InstanceHealthCheckType;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.json.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session in which one agent tells how its containers are. Every frame of an agent is a block
 * of signed header lines, an empty line, and a JSON envelope; the connection was authenticated when
 * it was opened, so the block is passed over. Metrics are acknowledged and dropped: there is no
 * store of metrics in this program yet.
 */
final class TcsSession implements WebSocketListener {
  private static final Logger LOG = LoggerFactory.getLogger(TcsSession.class);

  private static final Pattern LOWER_THEN_UPPER = Pattern.compile("([a-z])([A-Z])");

  /** Acknowledgements by the message they answer. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "PublishMetricsRequest", "AckPublishMetric",
          "PublishHealthRequest", "AckPublishHealth",
          "PublishInstanceStatusRequest", "AckPublishInstanceStatus");

  private final FleetReports reports;
  private final String instanceArn;
  private @Nullable WebSocketConnection connection;

  TcsSession(FleetReports reports, String instanceArn) {
    this.reports = reports;
    this.instanceArn = instanceArn;
  }

  @Override
  public void opened(WebSocketConnection opened) {
    connection = opened;
    opened.send(AcsMessages.envelope("HeartbeatMessage", new Members().put("healthy", true)));
  }

  @Override
  public void text(String frame) {
    Json envelope;
    try {
      envelope = Json.parse(body(frame));
    } catch (JsonSyntaxException e) {
      LOG.warn("An agent's telemetry is not JSON: {}", e.getMessage());
      return;
    }
    String type = envelope.at("type").text();
    String answer = ANSWERS.get(type);
    if (answer == null) {
      LOG.debug("Telemetry of unknown type {}", type);
      return;
    }
    switch (type) {
      case "PublishHealthRequest" -> health(envelope.at("message"));
      case "PublishInstanceStatusRequest" -> instanceHealth(envelope.at("message"));
      default -> LOG.trace("{} of {}", type, instanceArn);
    }
    if (connection != null) {
      connection.send(AcsMessages.envelope(answer, new Members().put("message", "")));
    }
  }

  /** What follows the header block. */
  private static String body(String frame) {
    int end = frame.indexOf("\r\n\r\n");
    return frame.startsWith("{") || end < 0 ? frame : frame.substring(end + 4);
  }

  private void health(Json message) {
    for (Json task : message.at("tasks").elements()) {
      List<ContainerHealth> containers = new ArrayList<>();
      for (Json container : task.at("containers").elements()) {
        containers.add(
            new ContainerHealth(
                container.at("containerName").text(), container.at("healthStatus").text()));
      }
      reports.health(task.at("taskArn").text(), containers);
    }
  }

  private void instanceHealth(Json message) {
    List<InstanceHealthCheckResult> results = new ArrayList<>();
    for (Json status : message.at("statuses").elements()) {
      String type = apiName(status.at("type").text());
      String state = status.at("status").text();
      if (InstanceHealthCheckType.VALUES.contains(type)
          && InstanceHealthCheckState.VALUES.contains(state)) {
        results.add(
            InstanceHealthCheckResult.builder()
                .type(type)
                .status(state)
                .statusReason(blankAsNull(status.at("statusReason").text()))
                .lastUpdated(time(status.at("lastUpdated")))
                .lastStatusChange(time(status.at("lastStatusChange")))
                .build());
      } else {
        LOG.warn("Agent of {} checked {} and found {}", instanceArn, type, state);
      }
    }
    if (!results.isEmpty()) {
      reports.instanceHealth(instanceArn, results);
    }
  }

  /** {@code ContainerRuntime} as the API has it: {@code CONTAINER_RUNTIME}. */
  private static String apiName(String type) {
    return LOWER_THEN_UPPER.matcher(type).replaceAll("$1_$2").toUpperCase(Locale.ROOT);
  }

  private static @Nullable String blankAsNull(String text) {
    return text.isBlank() ? null : text;
  }

  /** Seconds since the epoch with a fraction; null where there is no number. */
  private static @Nullable Instant time(Json seconds) {
    return seconds instanceof Json.Numeral
        ? Instant.ofEpochMilli(Math.round(seconds.fraction() * 1000))
        : null;
  }

  @Override
  public void closed(int code, String reason) {
    connection = null;
  }
}
