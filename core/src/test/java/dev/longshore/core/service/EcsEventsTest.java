package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.longshore.core.event.EcsEvent;
import dev.longshore.core.event.EcsEvents;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.PlacementConstraint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What event buses are told of what happens to services, turn by turn. */
class EcsEventsTest {
  /** Hears of all changes, and changes nothing. Of each row it keeps one, as the engine does. */
  private static final class Listener implements Reconciler {
    final Map<String, Change<?>> heard = new LinkedHashMap<>();

    @Override
    public void touched(Change<?> change, View view, Consumer<String> keys) {
      heard.merge(change.kind() + " " + change.key(), change, Listener::joined);
    }

    private static Change<?> joined(Change<?> first, Change<?> second) {
      return join(first.kind(), first, second);
    }

    private static <R> Change<R> join(Kind<R> kind, Change<?> first, Change<?> second) {
      return new Change<>(kind, first.key(), first.before(kind), second.after(kind));
    }

    @Override
    public void all(View view, Consumer<String> keys) {}

    @Override
    public @Nullable Instant reconcile(Draft draft, String key, Context context) {
      return null;
    }
  }

  private final Listener listener = new Listener();
  private final Quay quay =
      new Quay(new ServiceReconciler(ServiceSettings.USUAL.withSettling(Duration.ZERO)), listener);

  /** The events since the last call. */
  private List<EcsEvent> events() {
    List<EcsEvent> events =
        EcsEvents.of(
            List.copyOf(listener.heard.values()), quay.harbour.state(), quay.harbour.now());
    listener.heard.clear();
    return events;
  }

  private static List<Map<String, Object>> details(List<EcsEvent> events, String type) {
    return events.stream()
        .filter(event -> event.detailType().equals(type))
        .map(EcsEvent::detail)
        .toList();
  }

  private static List<Object> names(List<EcsEvent> events, String type) {
    return details(events, type).stream().map(detail -> detail.get("eventName")).toList();
  }

  @Test
  void a_service_that_reaches_its_count_is_steady_and_its_deployment_completed() {
    quay.instance("a1", "a");
    quay.create(quay.definition("app"), 1, 100, 200);
    List<EcsEvent> begun = events();
    assertThat(details(begun, EcsEvent.DEPLOYMENT))
        .containsExactly(
            detail(
                "eventType", "INFO",
                "eventName", "SERVICE_DEPLOYMENT_IN_PROGRESS",
                "deploymentId", quay.primary().id(),
                "updatedAt", "2026-01-01T00:00:00Z",
                "reason", "ECS deployment " + quay.primary().id() + " in progress."));
    assertThat(begun)
        .filteredOn(event -> event.detailType().equals(EcsEvent.DEPLOYMENT))
        .allSatisfy(event -> assertThat(event.resources()).containsExactly(quay.web().arn()));
    quay.harbour.advance(Duration.ofMillis(41_940));
    quay.settle();
    List<EcsEvent> ended = events();
    assertThat(names(ended, EcsEvent.DEPLOYMENT)).containsExactly("SERVICE_DEPLOYMENT_COMPLETED");
    assertThat(details(ended, EcsEvent.SERVICE_ACTION))
        .containsExactly(
            detail(
                "eventType", "INFO",
                "eventName", "SERVICE_STEADY_STATE",
                "clusterArn", quay.web().clusterArn(),
                "createdAt", "2026-01-01T00:00:41.94Z"));
  }

  private static Map<String, Object> detail(String... members) {
    Map<String, Object> detail = new LinkedHashMap<>();
    for (int at = 0; at < members.length; at += 2) {
      detail.put(members[at], members[at + 1]);
    }
    return detail;
  }

  @Test
  void without_room_a_placement_failure_says_what_is_short() {
    quay.instance("a1", "a", 50, 10_000);
    quay.create(quay.definition("app"), 1, 100, 200);
    assertThat(details(events(), EcsEvent.SERVICE_ACTION))
        .singleElement()
        .satisfies(detail -> {
          assertThat(detail).containsEntry("eventType", "ERROR");
          assertThat(detail).containsEntry("eventName", "SERVICE_TASK_PLACEMENT_FAILURE");
          assertThat(detail).containsEntry("reason", "RESOURCE:CPU");
          assertThat(detail)
              .containsEntry("containerInstanceArns", List.of(quay.instanceArn("a1")));
        });
  }

  @Test
  void a_breaker_is_told_as_a_failure_and_then_as_the_way_back() {
    quay.instance("a1", "a");
    String app = quay.definition("app");
    quay.create(
        Quay.request("web", app, 1)
            .deploymentConfiguration(
                Quay.percents(100, 200).toBuilder()
                    .deploymentCircuitBreaker(
                        DeploymentCircuitBreaker.builder().enable(true).rollback(true).build())
                    .build()));
    quay.settle();
    String first = quay.primary().id();
    String broken = quay.definition("app");
    quay.update(update -> update.taskDefinition(broken));
    String second = quay.primary().id();
    events();
    List<EcsEvent> all = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      quay.failAll();
      all.addAll(events());
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    List<Map<String, Object>> deployments = details(all, EcsEvent.DEPLOYMENT);
    assertThat(deployments)
        .extracting(
            detail -> detail.get("eventType"),
            detail -> detail.get("eventName"),
            detail -> detail.get("deploymentId"),
            detail -> detail.get("reason"))
        .startsWith(
            tuple(
                "ERROR",
                "SERVICE_DEPLOYMENT_FAILED",
                second,
                "ECS deployment circuit breaker: task failed to start."),
            tuple(
                "INFO",
                "SERVICE_DEPLOYMENT_IN_PROGRESS",
                first,
                "ECS deployment circuit breaker: rolling back to deploymentId " + first + '.'),
            tuple(
                "INFO",
                "SERVICE_DEPLOYMENT_COMPLETED",
                first,
                "ECS deployment " + first + " completed."));
    assertThat(names(all, EcsEvent.SERVICE_ACTION)).endsWith("SERVICE_STEADY_STATE");
  }

  @Test
  void tasks_that_never_start_impair_the_service() {
    quay.instance("a1", "a");
    quay.create(quay.definition("app"), 1, 100, 200);
    for (int round = 0; round < 3; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(details(events(), EcsEvent.SERVICE_ACTION))
        .singleElement()
        .satisfies(detail -> {
          assertThat(detail).containsEntry("eventType", "WARN");
          assertThat(detail).containsEntry("eventName", "SERVICE_TASK_START_IMPAIRED");
        });
  }

  @Test
  void a_daemon_tells_of_its_count_and_of_violated_constraints() {
    quay.instance("a1", "a");
    stack("prod");
    quay.create(
        Quay.request("web", quay.definition("app"), 0)
            .desiredCount(null)
            .availabilityZoneRebalancing(null)
            .schedulingStrategy("DAEMON")
            .placementConstraints(
                List.of(new PlacementConstraint("memberOf", "attribute:stack == prod"))));
    quay.settle();
    events();
    stack("test");
    List<EcsEvent> events = events();
    assertThat(details(events, EcsEvent.SERVICE_ACTION))
        .anySatisfy(detail -> {
          assertThat(detail).containsEntry("eventType", "ERROR");
          assertThat(detail)
              .containsEntry("eventName", "SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED");
          assertThat(detail)
              .containsEntry("containerInstanceArns", List.of(quay.instanceArn("a1")));
        })
        .anySatisfy(detail -> {
          assertThat(detail).containsEntry("eventName", "SERVICE_DESIRED_COUNT_UPDATED");
          assertThat(detail).containsEntry("desiredCount", 0);
        });
  }

  private void stack(String value) {
    quay.instance(
        "a1",
        instance ->
            instance.attributes(
                List.of(new Attribute("stack", value, null, null)), List.of("stack")));
  }

  @Test
  void a_task_is_told_at_every_version_as_describe_tasks_shows_it_but_for_some_members() {
    quay.instance("a1", "a");
    quay.create(quay.definition("app"), 1, 100, 200);
    Task task = quay.live().getFirst();
    Map<String, Object> placed = details(events(), EcsEvent.TASK).getFirst();
    assertThat(placed)
        .containsEntry("taskArn", task.arn())
        .containsEntry("lastStatus", "PENDING")
        .containsEntry("desiredStatus", "RUNNING")
        .containsEntry("containerInstanceArn", quay.instanceArn("a1"))
        .containsEntry("group", "service:web")
        .containsEntry("startedBy", quay.primary().id())
        .containsEntry("launchType", "EC2")
        .containsEntry("cpu", "100")
        .containsEntry("createdAt", "2026-01-01T00:00:00Z")
        .containsEntry("updatedAt", "2026-01-01T00:00:00Z")
        .containsEntry("version", 1L)
        .doesNotContainKeys(
            "tags", "healthStatus", "startedAt", "stopCode", "inferenceAccelerators");
    assertThat(String.valueOf(placed.get("containers")))
        .contains("name=app")
        .doesNotContain("networkBindings")
        .doesNotContain("healthStatus");
    quay.runAll();
    assertThat(details(events(), EcsEvent.TASK).getFirst())
        .containsEntry("lastStatus", "RUNNING")
        .containsEntry("version", 2L)
        .containsKey("startedAt");
    quay.exit(task);
    assertThat(details(events(), EcsEvent.TASK))
        .anySatisfy(detail ->
            assertThat(detail)
                .containsEntry("lastStatus", "STOPPED")
                .containsEntry("stopCode", "EssentialContainerExited")
                .containsEntry("taskArn", task.arn()));
  }

  @Test
  void an_instance_is_told_when_it_joins_changes_or_takes_and_loses_tasks() {
    quay.instance("a1", "a");
    Map<String, Object> joined = details(events(), EcsEvent.CONTAINER_INSTANCE).getFirst();
    assertThat(joined)
        .containsEntry("containerInstanceArn", quay.instanceArn("a1"))
        .containsEntry("agentConnected", true)
        .containsEntry("status", "ACTIVE")
        .containsKeys("clusterArn", "registeredAt", "updatedAt", "version", "attributes")
        .doesNotContainKeys("tags", "attachments", "healthStatus");
    assertThat(String.valueOf(joined.get("registeredResources")))
        .contains("{name=CPU, type=INTEGER, integerValue=10000}")
        .contains("{name=PORTS, type=STRINGSET, stringSetValue=[]}");
    quay.create(quay.definition("app"), 2, 100, 200);
    assertThat(details(events(), EcsEvent.CONTAINER_INSTANCE))
        .singleElement()
        .satisfies(detail ->
            assertThat(String.valueOf(detail.get("remainingResources")))
                .contains("{name=CPU, type=INTEGER, integerValue=9800}"));
    quay.runAll();
    assertThat(details(events(), EcsEvent.CONTAINER_INSTANCE)).isEmpty();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(details(events(), EcsEvent.CONTAINER_INSTANCE))
        .singleElement()
        .satisfies(detail -> assertThat(detail).containsEntry("status", "DRAINING"));
  }

  @Test
  void the_same_changes_make_the_same_events() {
    quay.instance("a1", "a");
    quay.create(quay.definition("app"), 2, 100, 200);
    Map<String, Change<?>> changes = new LinkedHashMap<>(listener.heard);
    List<EcsEvent> once = events();
    listener.heard.putAll(changes);
    assertThat(events()).isEqualTo(once).isNotEmpty();
  }

  @Test
  void rebalancing_is_told_from_its_beginning_to_its_end() {
    quay.instance("a1", "a");
    quay.create(
        Quay.request("web", quay.definition("app"), 4).availabilityZoneRebalancing("ENABLED"));
    quay.settle();
    events();
    quay.instance("b1", "b");
    quay.harbour.advance(Duration.ofMinutes(5));
    assertThat(names(events(), EcsEvent.SERVICE_ACTION))
        .containsExactly("SERVICE_REBALANCING_STARTED", "TASKS_STARTED");
    quay.settle();
    assertThat(names(events(), EcsEvent.SERVICE_ACTION))
        .contains("TASKS_STOPPED", "SERVICE_STEADY_STATE", "SERVICE_REBALANCING_COMPLETED");
  }
}
