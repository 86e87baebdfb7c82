package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task may ask of its own protection. */
@Timeout(30)
class TaskProtectionTest extends FrontTalk {
  private static final class Calls implements ProtectionCalls {
    private final List<String> made = new ArrayList<>();
    private Outcome next = new Protection(Agent.TASK, false, null);

    @Override
    public Outcome get(TaskRow task, RoleCredentials role) {
      made.add("get " + task.arn() + " as " + role.accessKeyId());
      return next;
    }

    @Override
    public Outcome update(
        TaskRow task, RoleCredentials role, boolean enabled, @Nullable Long minutes) {
      made.add("update " + enabled + " " + minutes);
      return next;
    }
  }

  private Calls protectionCalls() {
    var calls = new Calls();
    agent.protection = calls;
    agent.grant("role-id");
    return calls;
  }

  @Test
  void protection_is_read_and_written_with_the_tasks_own_role() {
    var calls = protectionCalls();
    assertJson(
        get(PROTECTION),
        200,
        "{\"protection\":{\"ExpirationDate\":null,\"ProtectionEnabled\":false,\"TaskArn\":\""
            + Agent.TASK
            + "\"}}");
    calls.next =
        new ProtectionCalls.Protection(Agent.TASK, true, Instant.parse("2026-10-06T02:29:16Z"));
    assertJson(
        ask("PUT", PROTECTION, "{\"protectionENABLED\":true,\"ExpiresInMinutes\":60}"),
        200,
        "{\"protection\":{\"ExpirationDate\":\"2026-10-06T02:29:16Z\","
            + "\"ProtectionEnabled\":true,\"TaskArn\":\""
            + Agent.TASK
            + "\"}}");
    ask("PUT", PROTECTION, "{\"ProtectionEnabled\":false,\"ExpiresInMinutes\":null}");
    assertThat(calls.made)
        .containsExactly("get " + Agent.TASK + " as ASIAX", "update true 60", "update false null");
  }

  @Test
  void a_failure_of_the_control_plane_is_no_error() {
    protectionCalls().next = new ProtectionCalls.Failure(Agent.TASK, "TASK_NOT_VALID", null);
    assertJson(
        get(PROTECTION),
        200,
        "{\"failure\":{\"Arn\":\""
            + Agent.TASK
            + "\",\"Detail\":null,\"Reason\":\"TASK_NOT_VALID\"}}");
  }

  @Test
  void an_error_of_the_control_plane_keeps_its_status() {
    protectionCalls().next =
        new ProtectionCalls.Refusal(400, "ClusterNotFoundException", "none", "req-1");
    assertJson(
        get(PROTECTION),
        400,
        "{\"requestID\":\"req-1\",\"error\":{\"Arn\":\""
            + Agent.TASK
            + "\",\"Code\":\"ClusterNotFoundException\",\"Message\":\"none\"}}");
    protectionCalls().next = new ProtectionCalls.Unexpected("two entries");
    assertThat(get(PROTECTION).status()).isEqualTo(500);
    assertThat(get(PROTECTION).body())
        .contains("\"Code\":\"ServerException\",\"Message\":\"Unexpected error occurred\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "true",
        "{\"ProtectionEnabled\":true,\"Foo\":1}",
        "{\"ProtectionEnabled\":\"true\"}",
        "{\"ExpiresInMinutes\":1.5}"
      })
  void a_body_that_cannot_be_decoded_is_refused(String body) {
    assertJson(
        ask("PUT", PROTECTION, body),
        400,
        "{\"error\":{\"Code\":\"InvalidParameterException\","
            + "\"Message\":\"UpdateTaskProtection: failed to decode request\"}}");
  }

  @Test
  void a_body_without_the_main_field_is_refused() {
    assertJson(
        ask("PUT", PROTECTION, "{}"),
        400,
        "{\"error\":{\"Arn\":\""
            + Agent.TASK
            + "\",\"Code\":\"InvalidParameterException\","
            + "\"Message\":\"Invalid request: does not contain 'ProtectionEnabled' field\"}}");
  }

  @Test
  void a_task_without_a_role_cannot_be_protected() {
    assertJson(
        get(PROTECTION),
        403,
        "{\"error\":{\"Arn\":\""
            + Agent.TASK
            + "\",\"Code\":\"AccessDeniedException\",\"Message\":\"Invalid Request: no task IAM"
            + " role credentials available for task\"}}");
  }

  @Test
  void protection_of_an_unknown_container_is_not_found() {
    assertJson(
        get("/api/nope/task-protection/v1/state"),
        404,
        "{\"error\":{\"Code\":\"ResourceNotFoundException\","
            + "\"Message\":\"Failed to find a task for the request\"}}");
  }

  @Test
  void a_control_plane_that_is_too_slow_is_a_time_out() {
    front = front(Duration.ofMillis(20));
    agent.grant("role-id");
    agent.protection =
        new ProtectionCalls() {
          @Override
          public Outcome get(TaskRow task, RoleCredentials role) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return new Unexpected("interrupted");
          }

          @Override
          public Outcome update(
              TaskRow task, RoleCredentials role, boolean enabled, @Nullable Long minutes) {
            return get(task, role);
          }
        };
    var reply = get(PROTECTION);
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.body())
        .contains(
            "\"Code\":\"RequestCanceled\","
                + "\"Message\":\"Timed out calling ECS Task Protection API\"");
  }
}
