package dev.longshore.server.fleet;

import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Credentials;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one agent has been given of its tasks' roles. Agents keep credentials in memory only, and an
 * agent that was restarted asks for all of them; so this outlives a session, but not such a
 * question. Nothing is remembered over a restart of the server: then everything counts as not given
 * yet, and is given once more.
 */
final class RoleDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(RoleDelivery.class);

  private final RoleSessions sessions;
  private final Place place;
  private final FleetSettings settings;
  private final Ids ids;

  /** By task and type of role. Of tasks that are gone, entries are dropped with the next look. */
  private final Map<String, Given> given = new HashMap<>();

  /** The credentials of one role as last sent. */
  private record Given(String messageId, Instant at, Instant renewAt, boolean acknowledged) {}

  RoleDelivery(RoleSessions sessions, Place place, FleetSettings settings, Ids ids) {
    this.sessions = sessions;
    this.place = place;
    this.settings = settings;
    this.ids = ids;
  }

  /**
   * New credentials of a role as messages carry them, taken note of as sent; null where there is no
   * such role, or it does not trust the service.
   */
  @Nullable Json issue(View view, Task task, TaskRole role, String messageId, Instant now) {
    IamRole row = role.row(view, place, task);
    if (row == null) {
      return null;
    }
    Instant expiration = now.plus(settings.roleLife()).truncatedTo(ChronoUnit.SECONDS);
    Instant since = now.truncatedTo(ChronoUnit.SECONDS);
    Credentials keys = sessions.issue(row, task.id(), since, expiration);
    Instant renewAt = now.plus(settings.roleLife().dividedBy(2));
    given.put(key(task, role), new Given(messageId, now, renewAt, false));
    return new Members()
        .put("credentialsId", sessions.credentialsId(task.arn(), role.type()))
        .put("roleArn", row.arn())
        .put("accessKeyId", keys.accessKeyId())
        .put("secretAccessKey", keys.secretAccessKey())
        .put("sessionToken", Objects.requireNonNull(keys.sessionToken()))
        .put("expiration", expiration.toString())
        .json();
  }

  /** The messages that bring the agent what it lacks of the roles of the tasks it knows. */
  List<String> due(View view, String instanceArn, Instant now) {
    List<String> messages = new ArrayList<>();
    Map<String, Given> kept = new HashMap<>();
    for (Task task : view.by(Task.ON_INSTANCE, instanceArn)) {
      String definitionKey = TaskDefinition.keyOfArn(task.taskDefinitionArn());
      TaskDefinition definition = view.find(TaskDefinition.KIND, definitionKey);
      if (definition == null) {
        continue;
      }
      for (TaskRole role : TaskRole.of(task, definition)) {
        if (isDue(task, role, now)) {
          String messageId = ids.uuid();
          Json credentials = issue(view, task, role, messageId, now);
          if (credentials == null) {
            LOG.warn("Role {} of {} can no longer be taken on.", role.nameOrArn(), task.arn());
          } else {
            messages.add(AcsMessages.credentials(messageId, task, role.type(), credentials));
          }
        }
        Given last = given.get(key(task, role));
        if (last != null) {
          kept.put(key(task, role), last);
        }
      }
    }
    given.clear();
    given.putAll(kept);
    return messages;
  }

  /**
   * Half of their life before they end; and again where the agent has not said that it has them.
   */
  private boolean isDue(Task task, TaskRole role, Instant now) {
    Given last = given.get(key(task, role));
    boolean pending = task.lastStatus() == TaskStatus.PENDING;
    if (last == null) {
      // What the agent may not know yet, a payload brings to it.
      return !pending;
    }
    boolean old = !now.isBefore(last.renewAt());
    boolean lost = !last.acknowledged() && !now.isBefore(last.at().plus(settings.resend()));
    return pending ? old && last.acknowledged() : old || lost;
  }

  /** The agent took a payload, or the credentials of one role. */
  void acknowledged(String messageId) {
    given.replaceAll((key, one) ->
        one.messageId().equals(messageId)
            ? new Given(messageId, one.at(), one.renewAt(), true)
            : one);
  }

  private static String key(Task task, TaskRole role) {
    return task.arn() + ' ' + role.type();
  }
}
