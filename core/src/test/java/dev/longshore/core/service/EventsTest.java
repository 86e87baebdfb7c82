package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.ContainerInstanceEditor;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.PortMapping;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final String MORE =
      " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";
  private static final String NOWHERE =
      "(service web) was unable to place a task because no container instance met all of its"
          + " requirements. ";

  private final Quay quay = new Quay();
  private final String app = quay.definition("app");

  @Test
  void starts_and_stops_name_the_tasks() {
    quay.instance("a1", "a");
    quay.create(app, 2, 100, 200);
    List<Task> tasks = quay.live();
    assertThat(quay.events())
        .containsAnyOf(
            "(service web) has started 2 tasks: (task %s) (task %s)."
                .formatted(tasks.get(0).id(), tasks.get(1).id()),
            "(service web) has started 2 tasks: (task %s) (task %s)."
                .formatted(tasks.get(1).id(), tasks.get(0).id()));
    quay.settle();
    quay.update(request -> request.desiredCount(1));
    assertThat(quay.events())
        .endsWith(
            "(service web) has stopped 1 running tasks: (task "
                + quay.stopping().getFirst().id()
                + ").");
  }

  @Test
  void an_event_names_ten_tasks_at_most() {
    quay.instance("a1", "a");
    quay.create(app, 12, 100, 200);
    assertThat(quay.events()).hasSize(2);
    assertThat(quay.events().getFirst()).startsWith("(service web) has started 10 tasks: ");
    assertThat(quay.events().getLast()).startsWith("(service web) has started 2 tasks: ");
  }

  @Test
  void a_hundred_events_are_kept_the_newest_first() {
    quay.instance("a1", "a");
    quay.create(app, 1, 100, 200);
    quay.settle();
    for (int round = 0; round < 60; round++) {
      quay.harbour.advance(Duration.ofSeconds(1));
      quay.exit(quay.live().getFirst());
      quay.runAll();
    }
    var events = quay.described();
    assertThat(events).hasSize(100);
    assertThat(events.getFirst().createdAt()).isAfter(events.getLast().createdAt());
    assertThat(events.getFirst().id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(quay.harbour.state().count(ServiceEvent.BY_SERVICE, quay.web().arn()))
        .isEqualTo(100);
  }

  @Test
  void the_steady_state_is_told_again_every_six_hours() {
    quay.instance("a1", "a");
    quay.create(app, 1, 100, 200);
    quay.settle();
    quay.harbour.advance(Duration.ofHours(13));
    assertThat(quay.events())
        .filteredOn("(service web) has reached a steady state."::equals)
        .hasSize(3);
  }

  @Test
  void without_instances_the_event_says_so_and_the_first_instance_is_used_at_once() {
    quay.create(app, 1, 100, 200);
    assertThat(quay.events())
        .containsExactly(
            NOWHERE + "Reason: No Container Instances were found in your cluster." + MORE);
    quay.harbour.advance(Duration.ofHours(1));
    assertThat(quay.events()).hasSize(1);
    quay.instance("a1", "a");
    assertThat(quay.live()).hasSize(1);
    assertThat(quay.web().problems()).isEmpty();
  }

  @Test
  void the_closest_instance_is_named_with_what_it_lacks() {
    quay.instance("a1", "a", 50, 1_000);
    quay.create(app, 1, 100, 200);
    quay.instanceStatus("a1", ContainerInstance.INACTIVE);
    quay.instance("b1", "b", 1_000, 50);
    assertThat(quay.events())
        .containsSubsequence(
            NOWHERE
                + "The closest matching (container-instance a1) has insufficient CPU units"
                + " available."
                + MORE,
            NOWHERE
                + "The closest matching (container-instance b1) has insufficient memory available."
                + MORE);
  }

  @Test
  void a_port_that_is_taken_is_told() {
    PortMapping port = PortMapping.builder().containerPort(80).hostPort(80).build();
    quay.instance("a1", "a");
    String bound = quay.definition("bound", container -> container.portMappings(List.of(port)));
    quay.create(bound, 2, 100, 200);
    assertThat(quay.live()).hasSize(1);
    assertThat(quay.events())
        .endsWith(
            NOWHERE
                + "The closest matching (container-instance a1) is already using a port required by"
                + " your task."
                + MORE);
  }

  @Test
  void a_disconnected_agent_is_told() {
    quay.instance("a1", "a");
    quay.instance("a1", ContainerInstanceEditor::disconnected);
    quay.create(app, 1, 100, 200);
    assertThat(quay.events())
        .endsWith(
            NOWHERE
                + "The closest matching (container-instance a1) encountered error \"AGENT\"."
                + MORE);
    quay.instance("a1", instance -> instance.connected(quay.harbour.now()));
    assertThat(quay.live()).hasSize(1);
  }

  @Test
  void room_that_other_tasks_leave_is_found_within_seconds() {
    quay.instance("a1", "a", 100, 100);
    quay.create(Quay.request("other", app, 1));
    quay.create(app, 1, 100, 200);
    assertThat(quay.live()).hasSize(1);
    quay.harbour.advance(Duration.ofMinutes(1));
    quay.exit(quay.live().getFirst());
    quay.harbour.call(
        new UpdateService(Traffic.NONE, false),
        dev.longshore.shapes.ecs.UpdateServiceRequest.builder()
            .service("other")
            .desiredCount(0)
            .build());
    quay.settle();
    quay.harbour.advance(Duration.ofSeconds(15));
    assertThat(quay.live()).hasSize(1);
    assertThat(quay.live().getFirst().group()).isEqualTo("service:web");
  }

  @Test
  void a_problem_that_comes_back_is_told_again() {
    quay.instance("a1", "a", 100, 100);
    quay.create(app, 2, 100, 200);
    quay.update(request -> request.desiredCount(1));
    quay.settle();
    quay.update(request -> request.desiredCount(2));
    assertThat(quay.events()).filteredOn(text -> text.startsWith(NOWHERE)).hasSize(2);
  }
}
