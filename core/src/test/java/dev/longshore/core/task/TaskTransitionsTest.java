package dev.longshore.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.NetworkBinding;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskTransitionsTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = CREATED.plusSeconds(10);

  /** What an agent may say of a task; null stands for a report of containers only. */
  private static final List<@Nullable String> REPORTS =
      Arrays.asList("PENDING", "RUNNING", "STOPPED", null);

  @Test
  void from_every_status_no_report_ever_moves_a_task_backwards() {
    for (Task task : everyTask()) {
      for (String status : REPORTS) {
        Task after = TaskTransitions.reported(task, report(status), NOW);
        assertThat(after.lastStatus())
            .as("%s, stopping %s, told %s", task.lastStatus(), task.stopping(), status)
            .isGreaterThanOrEqualTo(task.lastStatus());
        assertThat(after.stopping()).isEqualTo(task.stopping() || "STOPPED".equals(status));
        assertThat(after.lastStatus()).isEqualTo(expected(task, status));
      }
    }
  }

  private static TaskStatus expected(Task task, @Nullable String status) {
    TaskStatus last = task.lastStatus();
    if (last == TaskStatus.STOPPED || "STOPPED".equals(status)) {
      return TaskStatus.STOPPED;
    }
    if ("RUNNING".equals(status) && !task.stopping() && last.compareTo(TaskStatus.RUNNING) < 0) {
      return TaskStatus.RUNNING;
    }
    boolean first = "PENDING".equals(status) && last == TaskStatus.PROVISIONING;
    return first ? TaskStatus.PENDING : last;
  }

  @Test
  void from_every_status_a_repeated_report_changes_nothing_not_even_the_version() {
    for (Task task : everyTask()) {
      for (String status : REPORTS) {
        SubmitTaskStateChangeRequest report =
            report(status, change("app", status == null ? "RUNNING" : status));
        Task once = TaskTransitions.reported(task, report, NOW);
        Task twice = TaskTransitions.reported(once, report, NOW.plusSeconds(1));
        assertThat(twice).isEqualTo(once);
      }
    }
  }

  @Test
  void from_every_status_every_pair_of_reports_keeps_status_version_and_times_in_order() {
    for (Task task : everyTask()) {
      for (String first : REPORTS) {
        for (String second : REPORTS) {
          Task one = TaskTransitions.reported(task, report(first), NOW);
          Task two = TaskTransitions.reported(one, report(second), NOW.plusSeconds(1));
          assertThat(two.lastStatus()).isGreaterThanOrEqualTo(one.lastStatus());
          assertThat(two.version()).isGreaterThanOrEqualTo(one.version());
          assertThat(two.equals(one)).isEqualTo(two.version() == one.version());
          assertTimesInOrder(two);
        }
      }
    }
  }

  @Test
  void from_every_status_stopping_telling_and_losing_only_move_forward() {
    for (Task task : everyTask()) {
      Task wanted = TaskTransitions.wantedStopped(task, "UserInitiated", "bye", NOW);
      Task told = TaskTransitions.toldToStop(wanted);
      Task lost = TaskTransitions.lost(told, "TerminationNotice", "gone", NOW.plusSeconds(1));
      assertThat(wanted.lastStatus()).isEqualTo(task.lastStatus());
      assertThat(wanted.stopping()).isTrue();
      assertThat(told.lastStatus())
          .isEqualTo(
              task.lastStatus().isAfter(TaskStatus.STOPPING)
                  ? task.lastStatus()
                  : TaskStatus.STOPPING);
      assertThat(lost.lastStatus()).isEqualTo(TaskStatus.STOPPED);
      assertThat(TaskTransitions.toldToStop(lost)).isEqualTo(lost);
      assertThat(TaskTransitions.lost(lost, "x", "y", NOW.plusSeconds(2))).isEqualTo(lost);
      assertThat(lost.stopCode()).isEqualTo(task.stopping() ? task.stopCode() : "UserInitiated");
    }
  }

  @Test
  void a_task_that_nobody_wants_stopped_is_not_told_to_stop() {
    Task running = task(TaskStatus.RUNNING, false);
    assertThat(TaskTransitions.toldToStop(running)).isEqualTo(running);
  }

  @Test
  void a_task_that_is_to_stop_does_not_become_running() {
    Task stopping = TaskTransitions.wantedStopped(task(TaskStatus.PENDING, false), "c", "r", NOW);
    Task late = TaskTransitions.reported(stopping, report("RUNNING"), NOW.plusSeconds(1));
    assertThat(late.lastStatus()).isEqualTo(TaskStatus.PENDING);
    assertThat(late.timeline().startedAt()).isNull();
  }

  @Test
  void an_essential_container_that_stops_ends_the_task_though_others_still_run() {
    Task running = task(TaskStatus.RUNNING, false);
    Task after =
        TaskTransitions.reported(
            running, report("RUNNING", exit("app", 3), change("side", "RUNNING")), NOW);
    assertThat(after.desiredStatus()).isEqualTo("STOPPED");
    assertThat(after.lastStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(after.stopCode()).isEqualTo("EssentialContainerExited");
    assertThat(after.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(after.timeline().executionStoppedAt()).isEqualTo(NOW);
    assertThat(after.timeline().stoppingAt()).isEqualTo(NOW);
  }

  @Test
  void one_report_may_show_a_container_as_it_ran_and_as_it_stopped() {
    Task pending = task(TaskStatus.PENDING, false);
    ContainerStateChange ran =
        change("app", "RUNNING").toBuilder().runtimeId("abc").exitCode(3).build();
    Task after = TaskTransitions.reported(pending, report("STOPPED", ran, exit("app", 3)), NOW);
    TaskContainer container = after.containers().getFirst();
    assertThat(container.lastStatus()).isEqualTo("STOPPED");
    assertThat(container.runtimeId()).isEqualTo("abc");
    assertThat(container.exitCode()).isEqualTo(3);
  }

  @Test
  void a_stopped_container_stays_as_it_is() {
    Task task = task(TaskStatus.RUNNING, false);
    Task stopped = TaskTransitions.reported(task, report("RUNNING", exit("side", 0)), NOW);
    Task late =
        TaskTransitions.reported(
            stopped, report("RUNNING", exit("side", 9), change("side", "RUNNING")), NOW);
    assertThat(late).isEqualTo(stopped);
  }

  @Test
  void containers_that_the_task_lacks_are_passed_over() {
    Task task = task(TaskStatus.PENDING, false);
    ContainerStateChange pause = change("~internal~ecs~pause", "RUNNING");
    assertThat(TaskTransitions.reported(task, report(null, pause), NOW)).isEqualTo(task);
  }

  @Test
  void a_container_error_before_running_is_the_reason_of_the_task() {
    ContainerStateChange failed =
        change("app", "STOPPED").toBuilder().reason("CannotPullContainerError: no").build();
    Task after =
        TaskTransitions.reported(task(TaskStatus.PENDING, false), report("STOPPED", failed), NOW);
    assertThat(after.stopCode()).isEqualTo("TaskFailedToStart");
    assertThat(after.stoppedReason()).isEqualTo("CannotPullContainerError: no");
    assertThat(after.timeline().startedAt()).isNull();
    assertThat(after.timeline().executionStoppedAt()).isNull();
  }

  @Test
  void an_essential_containers_error_comes_before_another_containers() {
    ContainerStateChange side =
        change("side", "STOPPED").toBuilder().reason("CannotStartContainerError: side").build();
    ContainerStateChange app =
        change("app", "STOPPED").toBuilder().reason("CannotStartContainerError: app").build();
    Task after =
        TaskTransitions.reported(
            task(TaskStatus.PENDING, false), report("STOPPED", side, app), NOW);
    assertThat(after.stoppedReason()).isEqualTo("CannotStartContainerError: app");
  }

  @Test
  void what_the_agent_says_of_the_whole_task_comes_before_everything() {
    SubmitTaskStateChangeRequest report =
        report("STOPPED").toBuilder().reason("UnrecogniedTaskError: x").build();
    Task after = TaskTransitions.reported(task(TaskStatus.PENDING, false), report, NOW);
    assertThat(after.stopCode()).isEqualTo("TaskFailedToStart");
    assertThat(after.stoppedReason()).isEqualTo("UnrecogniedTaskError: x");
  }

  @Test
  void a_task_of_which_nothing_is_known_but_that_it_stopped_failed_to_start() {
    Task after = TaskTransitions.reported(task(TaskStatus.PENDING, false), report("STOPPED"), NOW);
    assertThat(after.stopCode()).isEqualTo("TaskFailedToStart");
    assertThat(after.stoppedReason()).isEqualTo("Task failed to start");
    assertThat(after.containers()).allMatch(TaskContainer::isStopped);
  }

  @Test
  void an_agents_wrong_clock_does_not_disorder_the_times() {
    SubmitTaskStateChangeRequest wrong =
        report("RUNNING").toBuilder()
            .pullStartedAt(CREATED.minus(Duration.ofDays(1)))
            .pullStoppedAt(CREATED.minus(Duration.ofDays(2)))
            .build();
    Task running = TaskTransitions.reported(task(TaskStatus.PENDING, false), wrong, NOW);
    SubmitTaskStateChangeRequest stopped =
        report("STOPPED").toBuilder().executionStoppedAt(CREATED.plus(Duration.ofDays(9))).build();
    Task after = TaskTransitions.reported(running, stopped, NOW.plusSeconds(5));
    assertThat(after.timeline().pullStartedAt()).isEqualTo(CREATED);
    assertThat(after.timeline().pullStoppedAt()).isEqualTo(CREATED);
    assertThat(after.timeline().executionStoppedAt()).isEqualTo(NOW.plusSeconds(5));
    assertTimesInOrder(after);
  }

  @Test
  void bindings_in_another_order_are_the_same_bindings() {
    NetworkBinding http = binding(80, 32_768);
    NetworkBinding dns = binding(53, 32_769);
    ContainerStateChange one =
        change("app", "RUNNING").toBuilder().networkBindings(List.of(http, dns)).build();
    ContainerStateChange other =
        change("app", "RUNNING").toBuilder().networkBindings(List.of(dns, http)).build();
    Task first =
        TaskTransitions.reported(task(TaskStatus.PENDING, false), report("RUNNING", one), NOW);
    assertThat(TaskTransitions.reported(first, report("RUNNING", other), NOW)).isEqualTo(first);
    assertThat(first.containers().getFirst().networkBindings()).containsExactly(dns, http);
  }

  @Test
  void long_texts_are_cut_as_agents_cut_them() {
    ContainerStateChange talkative =
        change("side", "STOPPED").toBuilder()
            .reason("r".repeat(2000))
            .runtimeId("i".repeat(300))
            .build();
    Task after =
        TaskTransitions.reported(
            task(TaskStatus.RUNNING, false), report("RUNNING", talkative), NOW);
    TaskContainer side = after.containers().get(1);
    assertThat(side.reason()).hasSize(1024);
    assertThat(side.runtimeId()).hasSize(255);
  }

  @Test
  void health_is_the_worst_of_the_essential_containers_that_have_a_check() {
    Task task = task(TaskStatus.RUNNING, false);
    assertThat(task.healthStatus()).isEqualTo("UNKNOWN");
    Task side = TaskTransitions.healthReported(task, "side", "UNHEALTHY");
    assertThat(side.healthStatus()).isEqualTo("UNKNOWN");
    Task healthy = TaskTransitions.healthReported(side, "app", "HEALTHY");
    assertThat(healthy.healthStatus()).isEqualTo("HEALTHY");
    Task unhealthy = TaskTransitions.healthReported(healthy, "app", "UNHEALTHY");
    assertThat(unhealthy.healthStatus()).isEqualTo("UNHEALTHY");
    assertThat(TaskTransitions.healthReported(unhealthy, "app", "UNHEALTHY")).isEqualTo(unhealthy);
  }

  private static void assertTimesInOrder(Task task) {
    TaskTimeline line = task.timeline();
    List<Instant> times = new ArrayList<>();
    for (Instant time :
        Arrays.asList(
            line.createdAt(),
            line.pullStartedAt(),
            line.pullStoppedAt(),
            line.startedAt(),
            line.stoppingAt(),
            line.stoppedAt())) {
      if (time != null) {
        times.add(time);
      }
    }
    assertThat(times).isSorted();
  }

  private static List<Task> everyTask() {
    List<Task> tasks = new ArrayList<>();
    for (TaskStatus status : TaskStatus.values()) {
      if (status != TaskStatus.STOPPED) {
        tasks.add(task(status, false));
      }
      tasks.add(task(status, true));
    }
    return tasks;
  }

  private static Task task(TaskStatus status, boolean stopping) {
    TaskTimeline timeline = TaskTimeline.createdAt(CREATED);
    if (status.compareTo(TaskStatus.RUNNING) >= 0) {
      timeline = timeline.withStartedAt(CREATED.plusSeconds(1));
    }
    if (stopping) {
      timeline = timeline.withStoppingAt(CREATED.plusSeconds(2));
    }
    if (status == TaskStatus.STOPPED) {
      timeline = timeline.withStoppedAt(CREATED.plusSeconds(3));
    }
    boolean over = status == TaskStatus.STOPPED;
    return new Task(
        "arn:task",
        "id",
        "arn:cluster",
        "arn:definition:1",
        "arn:instance",
        "us-east-1a",
        "EC2",
        null,
        null,
        "family:web",
        null,
        null,
        status,
        stopping,
        "UNKNOWN",
        0,
        128,
        List.of(),
        0,
        List.of(container("app", true, over), container("side", false, over)),
        null,
        List.of(),
        List.of(),
        List.of(),
        false,
        stopping ? "ServiceSchedulerInitiated" : null,
        stopping ? "scaled" : null,
        timeline,
        null,
        null,
        1);
  }

  private static TaskContainer container(String name, boolean essential, boolean over) {
    return new TaskContainer(
        "arn:" + name,
        name,
        "busybox",
        essential,
        over ? "STOPPED" : "PENDING",
        null,
        null,
        null,
        null,
        "UNKNOWN",
        true,
        List.of(),
        0,
        128,
        null,
        List.of());
  }

  private static SubmitTaskStateChangeRequest report(
      @Nullable String status, ContainerStateChange... containers) {
    return SubmitTaskStateChangeRequest.builder()
        .task("arn:task")
        .status(status)
        .reason("")
        .containers(List.of(containers))
        .build();
  }

  private static ContainerStateChange change(String name, String status) {
    return ContainerStateChange.builder().containerName(name).status(status).build();
  }

  private static ContainerStateChange exit(String name, int code) {
    return change(name, "STOPPED").toBuilder().exitCode(code).build();
  }

  private static NetworkBinding binding(int containerPort, int hostPort) {
    return NetworkBinding.builder()
        .bindIP("0.0.0.0")
        .containerPort(containerPort)
        .hostPort(hostPort)
        .protocol("tcp")
        .build();
  }
}
