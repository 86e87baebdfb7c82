package dev.longshore.server.fleet;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.state.View;
import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session in which one agent learns what to run. It compares what the State wants of the
 * instance with what this session has sent, so it may begin anew at any moment: an agent takes a
 * task that it knows for a repetition.
 */
final class AcsSession {
  private static final Logger LOG = LoggerFactory.getLogger(AcsSession.class);

  /** Tasks in one payload: keeps frames far below what an agent reads at once. */
  private static final int TASKS_PER_PAYLOAD = 10;

  private static final int NORMAL_CLOSURE = 1000;

  private final String instanceArn;
  private final Home home;
  private final boolean answersHeartbeats;
  private final WebSocketConnection connection;
  private final FleetSettings settings;
  private final FleetReports reports;
  private final RoleDelivery roles;
  private final Ids ids;
  private final Instant openedAt;
  private Instant lastHeartbeat;
  private Instant lastAnswer;
  private Instant lastSync;
  private Instant lastRoles;

  /** What was sent of each task: the last wish, the message it stood in, whether it arrived. */
  private final Map<String, Sent> sent = new HashMap<>();

  private record Sent(boolean stop, String messageId, Instant at, boolean acknowledged) {}

  AcsSession(
      String instanceArn,
      Home home,
      boolean answersHeartbeats,
      WebSocketConnection connection,
      FleetSettings settings,
      FleetReports reports,
      RoleDelivery roles,
      Ids ids,
      Instant now) {
    this.instanceArn = instanceArn;
    this.home = home;
    this.answersHeartbeats = answersHeartbeats;
    this.connection = connection;
    this.settings = settings;
    this.reports = reports;
    this.roles = roles;
    this.ids = ids;
    openedAt = now;
    lastHeartbeat = now;
    lastAnswer = now;
    lastSync = now;
    lastRoles = now;
  }

  String instanceArn() {
    return instanceArn;
  }

  /** Greets a new connection: a heartbeat, what there is, then what is to be done. */
  void open(View view, Instant now) {
    connection.send(AcsMessages.heartbeat(ids.uuid()));
    ContainerInstance instance = view.find(ContainerInstance.KIND, instanceArn);
    if (instance != null) {
      List<Json> tasks = new ArrayList<>();
      for (Task task : view.by(Task.ON_INSTANCE, instanceArn)) {
        String wanted = task.mustStop() ? "STOPPED" : "RUNNING";
        tasks.add(AcsMessages.manifestTask(task.arn(), task.clusterArn(), wanted));
      }
      connection.send(
          AcsMessages.manifest(ids.uuid(), instance.clusterArn(), instanceArn, tasks, now));
      sync(view, now);
      giveRoles(view, now);
    }
  }

  private void giveRoles(View view, Instant now) {
    lastRoles = now;
    roles.due(view, instanceArn, now).forEach(connection::send);
  }

  /** Sends what the State wants of this instance and this session has not said yet. */
  void sync(View view, Instant now) {
    lastSync = now;
    ContainerInstance instance = view.find(ContainerInstance.KIND, instanceArn);
    if (instance == null || instance.status().equals("INACTIVE")) {
      connection.close(NORMAL_CLOSURE, "Container instance deregistered");
      return;
    }
    List<Task> wanted = new ArrayList<>();
    for (Task task : view.by(Task.ON_INSTANCE, instanceArn)) {
      if (isNews(task, now)) {
        wanted.add(task);
      }
    }
    for (int from = 0; from < wanted.size(); from += TASKS_PER_PAYLOAD) {
      int to = Math.min(wanted.size(), from + TASKS_PER_PAYLOAD);
      send(view, instance, wanted.subList(from, to), now);
    }
    forgetGone(view);
  }

  private boolean isNews(Task task, Instant now) {
    if (!task.mustStop() && task.lastStatus() != TaskStatus.PENDING) {
      return false;
    }
    Sent last = sent.get(task.arn());
    return last == null
        || last.stop != task.mustStop()
        || (!last.acknowledged && !now.isBefore(last.at.plus(settings.resend())));
  }

  private void send(View view, ContainerInstance instance, List<Task> tasks, Instant now) {
    String messageId = ids.uuid();
    List<Json> payloads = new ArrayList<>();
    for (Task task : tasks) {
      Json payload = payload(view, task, messageId, now);
      if (payload != null) {
        payloads.add(payload);
      }
      sent.put(task.arn(), new Sent(task.mustStop(), messageId, now, false));
    }
    if (payloads.isEmpty()) {
      return;
    }
    connection.send(
        AcsMessages.payload(messageId, instance.clusterArn(), instanceArn, payloads, now));
  }

  /** What the agent is told of the task; null where it is not to start for want of a role. */
  private @Nullable Json payload(View view, Task task, String messageId, Instant now) {
    if (task.mustStop()) {
      return TaskPayload.stop(task);
    }
    String key = TaskDefinition.keyOfArn(task.taskDefinitionArn());
    TaskDefinition definition = view.find(TaskDefinition.KIND, key);
    if (definition == null) {
      throw new IllegalStateException("The definition of " + task.arn() + " is gone.");
    }
    Members credentials = new Members();
    for (TaskRole role : TaskRole.of(task, definition)) {
      Json issued = roles.issue(view, task, role, messageId, now);
      if (issued == null) {
        reports.roleRefused(task.arn(), role.nameOrArn());
        return null;
      }
      credentials.put(role.payloadField(), issued);
    }
    return TaskPayload.run(task, definition, credentials.json(), home);
  }

  private void forgetGone(View view) {
    if (sent.size() > 2 * view.count(Task.ON_INSTANCE, instanceArn) + TASKS_PER_PAYLOAD) {
      for (Iterator<String> arns = sent.keySet().iterator(); arns.hasNext(); ) {
        Task task = view.find(Task.KIND, arns.next());
        if (task == null || task.isStopped()) {
          arns.remove();
        }
      }
    }
  }

  /** One message of the agent. */
  void text(Json envelope, View view, Instant now) {
    lastAnswer = now;
    Json message = envelope.at("message");
    switch (envelope.at("type").text()) {
      case "AckRequest" -> acknowledged(message.at("messageId").text());
      case "IAMRoleCredentialsAckRequest" -> roles.acknowledged(message.at("messageId").text());
      case "TaskStopVerificationMessage" -> verifyStops(message, view, now);
      case "NackRequest" ->
          LOG.warn(
              "Agent of {} refused {}: {}",
              instanceArn,
              message.at("messageId").text(),
              message.at("reason").text());
      default -> LOG.debug("{}: {}", instanceArn, envelope.at("type").text());
    }
  }

  private void acknowledged(String messageId) {
    roles.acknowledged(messageId);
    List<String> stops = new ArrayList<>();
    sent.replaceAll((arn, one) -> {
      if (!one.messageId.equals(messageId) || one.acknowledged) {
        return one;
      }
      if (one.stop) {
        stops.add(arn);
      }
      return new Sent(one.stop, messageId, one.at, true);
    });
    if (!stops.isEmpty()) {
      reports.toldToStop(stops);
    }
  }

  /** An agent runs tasks that the manifest did not name: those that are really over must stop. */
  private void verifyStops(Json message, View view, Instant now) {
    List<Json> stops = new ArrayList<>();
    for (Json candidate : message.at("stopCandidates").elements()) {
      Task task = view.find(Task.KIND, candidate.at("taskArn").text());
      if (task == null
          || task.mustStop()
          || task.isStopped()
          || !instanceArn.equals(task.containerInstanceArn())) {
        stops.add(candidate);
      }
    }
    connection.send(AcsMessages.stopVerified(message.at("messageId").text(), stops, now));
  }

  /** What time alone brings: heartbeats, repetitions, the end of the connection. */
  void tick(View view, Instant now) {
    if (!now.isBefore(openedAt.plus(settings.life()))) {
      connection.close(NORMAL_CLOSURE, "ConnectionExpired: Reconnect to continue");
    } else if (answersHeartbeats && now.isAfter(lastAnswer.plus(settings.heartbeatAnswer()))) {
      LOG.info("Agent of {} does not answer; its connection is closed.", instanceArn);
      connection.close(NORMAL_CLOSURE, "Heartbeats were not acknowledged");
    } else if (!now.isBefore(lastHeartbeat.plus(settings.heartbeat()))) {
      lastHeartbeat = now;
      connection.send(AcsMessages.heartbeat(ids.uuid()));
    }
    if (!now.isBefore(lastSync.plus(settings.resend()))) {
      sync(view, now);
    }
    if (!now.isBefore(lastRoles.plus(settings.roleLook()))) {
      giveRoles(view, now);
    }
  }

  void close(String reason) {
    connection.close(NORMAL_CLOSURE, reason);
  }
}
