package dev.longshore.agent.link;

import dev.longshore.agent.metadata.ProtectionCalls;
import dev.longshore.agent.metadata.TagLookup;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls containers have the agent make: tags with its own keys, protection with theirs. */
public final class TaskCalls implements ProtectionCalls, TagLookup {
  private final ControlPlane controlPlane;
  private final LinkConfig config;

  public TaskCalls(ControlPlane controlPlane, LinkConfig config) {
    this.controlPlane = controlPlane;
    this.config = config;
  }

  @Override
  public Answer tags(String resourceArn) {
    try {
      Json.Fields answer =
          controlPlane.call(
              "ListTagsForResource", Json.fields().with("resourceArn", Json.of(resourceArn)), 1, 1);
      Map<String, String> tags = new LinkedHashMap<>();
      for (Json tag : answer.at("tags").elements()) {
        tags.put(tag.at("key").text(), tag.at("value").text());
      }
      return new Tags(tags);
    } catch (ApiException e) {
      return new TagLookup.Refusal(e.status(), e.code(), e.text(), null);
    } catch (UnreachableException e) {
      return new TagLookup.Refusal(500, "ServerException", String.valueOf(e.getMessage()), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TagLookup.Refusal(504, "RequestCanceled", "the call was given up", null);
    }
  }

  @Override
  public Outcome get(TaskRow task, RoleCredentials role) {
    return protection("GetTaskProtection", request(task), task, role);
  }

  @Override
  public Outcome update(
      TaskRow task, RoleCredentials role, boolean enabled, @Nullable Long expiresInMinutes) {
    Json.Fields request = request(task).with("protectionEnabled", Json.of(enabled));
    return protection(
        "UpdateTaskProtection",
        expiresInMinutes == null
            ? request
            : request.with("expiresInMinutes", Json.of(expiresInMinutes.longValue())),
        task,
        role);
  }

  private Json.Fields request(TaskRow task) {
    return Json.fields()
        .with("cluster", Json.of(config.effectiveCluster()))
        .with("tasks", Json.items(List.of(task.arn())));
  }

  private Outcome protection(
      String operation, Json.Fields request, TaskRow task, RoleCredentials role) {
    Credentials keys =
        new Credentials(role.accessKeyId(), role.secretAccessKey(), role.sessionToken(), null);
    try (ControlPlane asTask = controlPlane.as(keys)) {
      return outcome(asTask.call(operation, request, 1, 1), task);
    } catch (ApiException e) {
      return new ProtectionCalls.Refusal(e.status(), e.code(), e.text(), null);
    } catch (UnreachableException e) {
      return new ProtectionCalls.Refusal(
          500, "ServerException", String.valueOf(e.getMessage()), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unexpected("the call was given up");
    }
  }

  private static Outcome outcome(Json answer, TaskRow task) {
    List<Json> failures = answer.at("failures").elements();
    if (failures.size() == 1) {
      Json failure = failures.getFirst();
      Json detail = failure.at("detail");
      return new Failure(
          failure.at("arn").text(),
          failure.at("reason").text(),
          detail.isNull() ? null : detail.text());
    }
    List<Json> tasks = answer.at("protectedTasks").elements();
    if (!failures.isEmpty() || tasks.size() != 1) {
      return new Unexpected(
          tasks.size() + " protected tasks and " + failures.size() + " failures for " + task.arn());
    }
    Json protection = tasks.getFirst();
    Json expires = protection.at("expirationDate");
    return new Protection(
        protection.at("taskArn").text(),
        protection.at("protectionEnabled").flag(),
        expires.isNull() ? null : Instant.ofEpochMilli(Math.round(expires.fraction() * 1000)));
  }
}
