package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.sidecar;
import static dev.longshore.agent.task.Bench.stop;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskLifeTest {
  private static final String CHECK =
      "'dockerConfig':{'config':'{\\'Healthcheck\\':{\\'Test\\':[\\'CMD\\',\\'true\\']}}'}";

  private final Bench bench = new Bench();

  @Test
  void a_task_goes_from_payload_to_running_one_request_at_a_time() {
    bench.payload(task("a", container("app")));
    assertThat(bench.effects)
        .hasExactlyElementsOfTypes(Effect.Acknowledge.class, Effect.ResolveManifest.class);
    bench.effects.clear();
    bench.resolve("a", "app");
    assertThat(bench.effects)
        .hasExactlyElementsOfTypes(Effect.PullImage.class, Effect.SubmitState.class);
    bench.effects.clear();
    bench.pull("a", "app");
    assertThat(bench.effects).hasExactlyElementsOfTypes(Effect.CreateContainer.class);
    bench.effects.clear();
    bench.create("a", "app");
    assertThat(bench.effects).hasExactlyElementsOfTypes(Effect.StartContainer.class);
    bench.start("a", "app");
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void reports_are_sent_one_by_one_in_order_with_what_each_status_shows() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.exit("a", "app", 3);
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("PENDING");
    bench.settle("a");
    assertThat(bench.reports)
        .extracting(TaskReport::status)
        .containsExactly("PENDING", "RUNNING", "STOPPED");
    assertThat(bench.reports.get(0).containers())
        .containsExactly(
            new ContainerReport("app", null, "PENDING", null, null, "sha256:app", List.of()));
    assertThat(bench.reports.get(1).containers())
        .containsExactly(
            new ContainerReport(
                "app", "docker-a-app", "RUNNING", null, null, "sha256:app", List.of()));
    assertThat(bench.reports.get(1).pullStartedAt()).isEqualTo(bench.now);
    assertThat(bench.reports.get(1).executionStoppedAt()).isNull();
    assertThat(bench.reports.get(2).containers())
        .containsExactly(
            new ContainerReport(
                "app", "docker-a-app", "STOPPED", 3, null, "sha256:app", List.of()));
    assertThat(bench.reports.get(2).executionStoppedAt()).isEqualTo(bench.now);
    assertThat(bench.reports).extracting(TaskReport::reason).containsOnly("");
  }

  @Test
  void a_process_that_ended_before_its_start_was_noted_has_ended() {
    bench.payload(task("a", container("app")));
    bench.resolve("a", "app");
    bench.pull("a", "app");
    bench.create("a", "app");
    ContainerView view =
        new Bench.View(Bench.dockerId("a", "app"))
            .startedAt(bench.now)
            .finished(bench.now.minusNanos(1), 21)
            .build();
    bench.step(new Event.ContainerStarted(arn("a"), "app", view));
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
    bench.settle("a");
    assertThat(bench.reports.getLast().containers().getFirst().exitCode()).isEqualTo(21);
  }

  @Test
  void without_a_digest_there_is_no_pending_report() {
    bench.payload(task("a", container("app")));
    bench.step(new Event.ManifestResolved(arn("a"), "app", null));
    bench.step(new Event.ImagePulled(arn("a"), "app", null, null));
    bench.create("a", "app");
    bench.start("a", "app");
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("RUNNING");
    assertThat(bench.reports.getFirst().pullStartedAt()).isNull();
  }

  @Test
  void a_second_payload_of_a_known_task_starts_nothing_and_is_acknowledged() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.effects.clear();
    bench.payload(task("a", container("app")));
    assertThat(bench.effects).hasExactlyElementsOfTypes(Effect.Acknowledge.class);
  }

  @Test
  void an_essential_exit_stops_the_others_before_the_task_is_reported() {
    bench.payload(task("a", container("app"), sidecar("log")));
    bench.run("a", "app");
    bench.run("a", "log");
    bench.settle("a");
    bench.reports.clear();
    bench.exit("a", "app", 0);
    assertThat(bench.asked(Effect.StopContainer.class))
        .extracting(Effect.StopContainer::container)
        .containsExactly("log");
    assertThat(bench.reports).isEmpty();
    bench.exit("a", "log", 143);
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("STOPPED");
    assertThat(bench.reports.getFirst().containers())
        .extracting(ContainerReport::containerName)
        .containsExactly("app", "log");
  }

  @Test
  void a_non_essential_exit_is_told_within_half_a_minute_and_changes_nothing_else() {
    bench.payload(task("a", container("app"), sidecar("log")));
    bench.run("a", "app");
    bench.run("a", "log");
    bench.settle("a");
    bench.reports.clear();
    bench.exit("a", "log", 0);
    assertThat(bench.reports).isEmpty();
    bench.pass(Duration.ofSeconds(9));
    assertThat(bench.reports).isEmpty();
    bench.pass(Duration.ofSeconds(21));
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("RUNNING");
    assertThat(bench.row("a").desired()).isEqualTo(DesiredStatus.RUNNING);
  }

  @Test
  void an_essential_failure_while_others_run_never_reports_the_task_running() {
    bench.payload(task("a", container("app"), sidecar("log")));
    bench.run("a", "log");
    bench.step(new Event.StepFailed(arn("a"), "app", Work.MANIFEST, "CannotPull…: no"));
    assertThat(bench.row("a").known()).isNotEqualTo(TaskStatus.RUNNING);
    bench.exit("a", "log", 137);
    bench.settle("a");
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("STOPPED");
  }

  @Test
  void a_stop_uses_the_containers_own_timeout_or_the_instances() {
    bench.payload(task("a", container("app", "'stopTimeout':2"), container("web")));
    bench.run("a", "app");
    bench.run("a", "web");
    bench.payload(stop("a"));
    assertThat(bench.asked(Effect.StopContainer.class))
        .extracting(Effect.StopContainer::timeout)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(30));
    bench.payload(stop("a"));
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(2);
  }

  @Test
  void a_stop_that_the_engine_refuses_is_tried_again_later() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.payload(stop("a"));
    bench.step(new Event.StopFailed(arn("a"), "app"));
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(1);
    bench.pass(Duration.ofMinutes(1));
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(2);
  }

  @Test
  void a_stop_before_the_start_ends_without_exit_code_or_runtime_id() {
    bench.payload(task("a", container("app")));
    bench.payload(stop("a"));
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
    assertThat(bench.reports.getLast().containers())
        .containsExactly(new ContainerReport("app", null, "STOPPED", null, null, null, List.of()));
  }

  @Test
  void a_stop_while_the_container_is_being_created_waits_to_learn_its_id() {
    bench.payload(task("a", container("app")));
    bench.resolve("a", "app");
    bench.pull("a", "app");
    bench.payload(stop("a"));
    assertThat(bench.row("a").known()).isNotEqualTo(TaskStatus.STOPPED);
    bench.create("a", "app");
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
    bench.settle("a");
    bench.pass(Duration.ofHours(3));
    assertThat(bench.asked(Effect.RemoveContainer.class))
        .extracting(Effect.RemoveContainer::dockerId)
        .containsExactly("docker-a-app");
  }

  @Test
  void a_stop_while_the_container_is_being_started_stops_it_once_it_runs() {
    bench.payload(task("a", container("app")));
    bench.resolve("a", "app");
    bench.pull("a", "app");
    bench.create("a", "app");
    bench.payload(stop("a"));
    assertThat(bench.asked(Effect.StopContainer.class)).isEmpty();
    bench.start("a", "app");
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(1);
  }

  @Test
  void a_container_that_dies_in_the_same_moment_it_starts_is_seen_running_and_stopped() {
    bench.payload(task("a", container("app")));
    bench.resolve("a", "app");
    bench.pull("a", "app");
    bench.create("a", "app");
    bench.step(
        new Event.ContainerStarted(
            arn("a"),
            "app",
            new Bench.View("docker-a-app").startedAt(bench.now).finished(bench.now, 3).build()));
    bench.settle("a");
    assertThat(bench.reports)
        .extracting(TaskReport::status)
        .containsExactly("PENDING", "RUNNING", "STOPPED");
    assertThat(bench.reports.getLast().containers().getFirst().exitCode()).isEqualTo(3);
  }

  @Test
  void an_out_of_memory_kill_says_so() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.step(
        new Event.Observed(
            arn("a"),
            "app",
            new Bench.View("docker-a-app")
                .startedAt(bench.now)
                .finished(bench.now, 137)
                .oomKilled()
                .build()));
    bench.settle("a");
    assertThat(bench.reports.getLast().containers().getFirst().reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void an_end_that_the_engine_tells_of_is_final_without_an_inspection() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.step(died(bench.now.plusSeconds(1)));
    bench.settle("a");
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
    assertThat(bench.reports.getLast().containers().getFirst().exitCode()).isEqualTo(137);
    int reports = bench.reports.size();
    bench.exit("a", "app", 137);
    assertThat(bench.reports).hasSize(reports);
  }

  @Test
  void an_end_without_memory_left_says_so_without_an_inspection() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.step(
        new Event.Died(arn("a"), "app", "docker-a-app", 137, true, bench.now.plusSeconds(1)));
    bench.settle("a");
    assertThat(bench.reports.getLast().containers().getFirst().reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void an_end_with_a_fixed_host_port_waits_until_the_engine_has_released_it() {
    bench.payload(
        task("a", container("app", "'portMappings':[{'containerPort':80,'hostPort':8080}]")));
    bench.run("a", "app");
    bench.step(died(bench.now.plusSeconds(1)));
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.RUNNING);
    bench.exit("a", "app", 137);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void an_end_that_is_told_again_does_not_end_the_next_run() {
    String policy =
        "'restartPolicy':{'enabled':true,'ignoredExitCodes':[],'restartAttemptPeriod':60}";
    bench.payload(task("a", container("app", policy)));
    bench.run("a", "app");
    bench.now = bench.now.plusSeconds(90);
    Event first = died(bench.now);
    bench.step(first);
    bench.now = bench.now.plusSeconds(1);
    bench.start("a", "app");
    bench.step(first);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.RUNNING);
    assertThat(bench.container("a", "app").restarts()).isEqualTo(1);
  }

  private static Event died(Instant at) {
    return new Event.Died(arn("a"), "app", "docker-a-app", 137, false, at);
  }

  @Test
  void a_container_removed_behind_our_back_has_vanished() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.step(new Event.Vanished(arn("a"), "app"));
    bench.settle("a");
    ContainerReport last = bench.reports.getLast().containers().getFirst();
    assertThat(last.reason())
        .isEqualTo("ContainerVanishedError: No container matching saved ID found");
    assertThat(last.exitCode()).isNull();
  }

  @Test
  void a_stopped_container_that_somebody_starts_is_stopped_again() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.exit("a", "app", 0);
    bench.now = bench.now.plusSeconds(5);
    bench.step(new Event.Observed(arn("a"), "app", bench.running("a", "app")));
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(1);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void a_restart_policy_starts_the_same_container_again_and_tells_nobody() {
    String policy =
        "'restartPolicy':{'enabled':true,'ignoredExitCodes':[7],'restartAttemptPeriod':60}";
    bench.payload(task("a", container("app", policy)));
    bench.run("a", "app");
    bench.settle("a");
    bench.reports.clear();
    bench.effects.clear();
    bench.now = bench.now.plusSeconds(60);
    bench.exit("a", "app", 1);
    assertThat(bench.effects)
        .containsExactly(new Effect.StartContainer(arn("a"), "app", "docker-a-app", "bridge"));
    bench.step(new Event.Observed(arn("a"), "app", bench.exited("a", "app", 1)));
    assertThat(bench.effects).hasSize(1);
    bench.start("a", "app");
    assertThat(bench.reports).isEmpty();
    assertThat(bench.container("a", "app").restarts()).isEqualTo(1);
    bench.now = bench.now.plusSeconds(59);
    bench.exit("a", "app", 1);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void an_ignored_exit_code_is_final_whatever_the_policy() {
    String policy =
        "'restartPolicy':{'enabled':true,'ignoredExitCodes':[7],'restartAttemptPeriod':60}";
    bench.payload(task("a", container("app", policy)));
    bench.run("a", "app");
    bench.now = bench.now.plusSeconds(600);
    bench.exit("a", "app", 7);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void health_is_told_at_once_and_only_when_it_changes() {
    bench.payload(task("a", container("app", "'healthCheckType':'docker'", CHECK)));
    bench.run("a", "app");
    bench.effects.clear();
    for (HealthStatus status :
        List.of(HealthStatus.UNKNOWN, HealthStatus.HEALTHY, HealthStatus.HEALTHY)) {
      bench.step(
          new Event.Observed(
              arn("a"),
              "app",
              new Bench.View("docker-a-app").startedAt(bench.now).health(status).build()));
    }
    assertThat(bench.asked(Effect.PublishHealth.class)).hasSize(2);
    assertThat(bench.container("a", "app").health()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void an_unhealthy_container_is_left_running() {
    bench.payload(task("a", container("app", "'healthCheckType':'docker'", CHECK)));
    bench.run("a", "app");
    bench.step(
        new Event.Observed(
            arn("a"),
            "app",
            new Bench.View("docker-a-app")
                .startedAt(bench.now)
                .health(HealthStatus.UNHEALTHY)
                .build()));
    assertThat(bench.asked(Effect.StopContainer.class)).isEmpty();
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void bindings_are_reported_without_the_ipv6_ones() {
    bench.payload(task("a", container("app", "'portMappings':[{'containerPort':80}]")));
    bench.resolve("a", "app");
    bench.pull("a", "app");
    bench.create("a", "app");
    bench.step(
        new Event.ContainerStarted(
            arn("a"),
            "app",
            new Bench.View("docker-a-app")
                .startedAt(bench.now)
                .ports(
                    new ContainerView.Port("127.0.1.1", 32768, 80, "tcp"),
                    new ContainerView.Port("::", 32768, 80, "tcp"))
                .build()));
    bench.settle("a");
    assertThat(bench.reports.getLast().containers().getFirst().networkBindings())
        .containsExactly(new NetworkBinding("127.0.1.1", 80, 80, 32768, 32768, "tcp"));
  }

  @Test
  void a_stopped_task_is_cleaned_up_when_told_and_when_its_time_has_come() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.exit("a", "app", 0);
    bench.pass(Duration.ofHours(4));
    assertThat(bench.asked(Effect.RemoveContainer.class)).isEmpty();
    bench.settle("a");
    assertThat(bench.asked(Effect.RemoveContainer.class)).hasSize(1);
    bench.step(new Event.ContainerRemoved(arn("a"), "app"));
    assertThat(bench.engine.tasks()).isEmpty();
  }

  @Test
  void a_report_nobody_takes_holds_the_clean_up_for_three_days_and_no_longer() {
    bench.payload(task("a", container("app")));
    bench.run("a", "app");
    bench.exit("a", "app", 0);
    bench.pass(Duration.ofHours(71));
    assertThat(bench.asked(Effect.RemoveContainer.class)).isEmpty();
    bench.pass(Duration.ofHours(1));
    bench.step(new Event.ContainerRemoved(arn("a"), "app"));
    assertThat(bench.engine.tasks()).isEmpty();
  }

  @Test
  void reports_refused_by_a_silent_control_plane_do_not_pile_up() {
    bench.payload(task("a", container("app"), sidecar("log")));
    bench.run("a", "app");
    bench.run("a", "log");
    for (int i = 0; i < 100; i++) {
      ContainerView.Port moved = new ContainerView.Port("127.0.1.1", 32768 + i, 80, "tcp");
      bench.now = bench.now.plusSeconds(60);
      bench.step(
          new Event.Observed(
              arn("a"),
              "app",
              new Bench.View("docker-a-app").startedAt(bench.now).ports(moved).build()));
      bench.pass(Duration.ofSeconds(30));
    }
    assertThat(bench.row("a").outbox()).hasSizeLessThanOrEqualTo(3);
  }
}
