package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.instance.DeregisterContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StopTaskTest {
  private final Yard yard = new Yard();
  private String instance = "";

  @BeforeEach
  void open() {
    instance = yard.instance();
    yard.define("app", Yard.app().build());
  }

  @Test
  void stop_task_with_reason_bye_whose_app_ignores_sigterm_ends_with_exit_137_and_bye() {
    String arn = yard.run("app");
    yard.report(arn, "RUNNING");
    dev.longshore.shapes.ecs.Task told = stop(arn, "bye");
    assertThat(told.desiredStatus()).isEqualTo("STOPPED");
    assertThat(told.lastStatus()).isEqualTo("RUNNING");
    assertThat(told.stopCode()).isEqualTo("UserInitiated");
    assertThat(told.stoppedReason()).isEqualTo("bye");
    assertThat(told.stoppingAt()).isEqualTo(yard.harbour.now());
    yard.harbour.advance(Duration.ofSeconds(2));
    yard.report(arn, report -> report.status("STOPPED").containers(List.of(Yard.exit("app", 137))));
    dev.longshore.shapes.ecs.Task stopped = yard.describe(arn);
    assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stoppedReason()).isEqualTo("bye");
    assertThat(stopped.stopCode()).isEqualTo("UserInitiated");
    assertThat(known(stopped.containers()).getFirst().exitCode()).isEqualTo(137);
  }

  @Test
  void without_a_reason_the_task_was_stopped_by_user() {
    assertThat(stop(yard.run("app"), null).stoppedReason()).isEqualTo("Task stopped by user");
  }

  @Test
  void stop_task_twice_succeeds_the_second_time_and_stopped_at_is_unchanged() {
    String arn = yard.run("app");
    stop(arn, "first");
    yard.report(arn, "STOPPED");
    dev.longshore.shapes.ecs.Task once = yard.describe(arn);
    yard.harbour.advance(Duration.ofMinutes(1));
    dev.longshore.shapes.ecs.Task twice = stop(arn, "second");
    assertThat(twice.stoppedAt()).isEqualTo(known(once.stoppedAt()));
    assertThat(twice.stoppedReason()).isEqualTo("first");
    assertThat(twice.version()).isEqualTo(once.version());
  }

  @Test
  void a_task_that_is_stopped_while_pending_never_started() {
    String arn = yard.run("app");
    stop(arn, "early");
    yard.report(arn, "RUNNING");
    assertThat(yard.describe(arn).lastStatus()).isEqualTo("PENDING");
    yard.report(arn, "STOPPED");
    dev.longshore.shapes.ecs.Task stopped = yard.describe(arn);
    assertThat(stopped.startedAt()).isNull();
    assertThat(stopped.stopCode()).isEqualTo("UserInitiated");
  }

  @Test
  void once_its_agent_was_told_a_task_is_stopping() {
    String arn = yard.run("app");
    yard.report(arn, "RUNNING");
    ReportToldToStop.Report told = new ReportToldToStop.Report(List.of(arn, "arn:unknown"));
    assertThat(yard.harbour.call(new ReportToldToStop(), told)).isZero();
    stop(arn, "bye");
    assertThat(yard.harbour.call(new ReportToldToStop(), told)).isEqualTo(1);
    assertThat(yard.harbour.call(new ReportToldToStop(), told)).isZero();
    assertThat(yard.describe(arn).lastStatus()).isEqualTo("STOPPING");
  }

  @Test
  void stop_task_on_a_tagged_task_takes_its_tags() {
    var response = yard.run("app", request -> request.tags(List.of(new Tag("a", "1"))));
    String arn = known(known(response.tasks()).getFirst().taskArn());
    assertThat(yard.describe(arn).tags()).hasSize(1);
    stop(arn, "bye");
    assertThat(yard.describe(arn).tags()).isEmpty();
  }

  @Test
  void an_unknown_task_was_not_found_and_a_long_reason_is_refused() {
    assertThatThrownBy(() -> stop("0123", "bye"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The referenced task was not found.");
    String arn = yard.run("app");
    assertThatThrownBy(() -> stop(arn, "r".repeat(256)))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(stop(arn, "r".repeat(255)).stoppedReason()).hasSize(255);
  }

  @Test
  void a_stopping_task_waits_for_its_agent_however_long_it_is_away() {
    String arn = yard.run("app");
    yard.report(arn, "RUNNING");
    yard.connect(instance, false);
    stop(arn, "bye");
    yard.harbour.advance(Duration.ofDays(2));
    assertThat(yard.row(arn).lastStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(yard.row(arn).stopping()).isTrue();
    yard.connect(instance, true);
    yard.report(arn, "STOPPED");
    assertThat(yard.row(arn).isStopped()).isTrue();
  }

  @Test
  void tasks_of_a_forcibly_deregistered_instance_stop_in_the_same_turn() {
    String running = yard.run("app");
    yard.report(running, "RUNNING");
    String pending = yard.run("app");
    String stopping = yard.run("app");
    stop(stopping, "bye");
    yard.harbour.call(
        new DeregisterContainerInstance(),
        DeregisterContainerInstanceRequest.builder()
            .containerInstance(instance)
            .force(true)
            .build());
    for (String arn : List.of(running, pending)) {
      Task task = yard.row(arn);
      assertThat(task.isStopped()).isTrue();
      assertThat(task.stopCode()).isEqualTo("UserInitiated");
      assertThat(task.stoppedReason())
          .isEqualTo("Container instance deregistration forced by user");
      assertThat(task.timeline().stoppedAt()).isEqualTo(yard.harbour.now());
    }
    assertThat(yard.row(stopping).isStopped()).isTrue();
    assertThat(yard.row(stopping).stoppedReason()).isEqualTo("bye");
  }

  @Test
  void a_task_that_no_instance_holds_stops_at_once() {
    String arn = yard.run("app");
    Task placed = yard.row(arn);
    Task floating = floating(placed);
    yard.harbour.edit(draft -> draft.put(Task.KIND, floating));
    dev.longshore.shapes.ecs.Task stopped = stop(arn, "bye");
    assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stoppedAt()).isEqualTo(yard.harbour.now());
    assertThat(known(stopped.containers()).getFirst().lastStatus()).isEqualTo("STOPPED");
  }

  private static Task floating(Task task) {
    return new Task(
        task.arn(),
        task.id(),
        task.clusterArn(),
        task.taskDefinitionArn(),
        null,
        null,
        task.launchType(),
        null,
        null,
        task.group(),
        null,
        null,
        TaskStatus.PROVISIONING,
        false,
        task.healthStatus(),
        task.cpu(),
        task.memory(),
        task.ports(),
        task.networkInterfaces(),
        task.containers(),
        null,
        task.attachments(),
        task.attributes(),
        task.tags(),
        false,
        null,
        null,
        task.timeline(),
        null,
        null,
        1);
  }

  private dev.longshore.shapes.ecs.Task stop(String arn, @Nullable String reason) {
    var request = StopTaskRequest.builder().task(arn).reason(reason).build();
    return known(yard.harbour.call(new StopTask(), request).task());
  }
}
