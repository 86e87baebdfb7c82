package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.AttachmentStateChange;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.SubmitAttachmentStateChangesRequest;
import dev.longshore.shapes.ecs.SubmitContainerStateChangeRequest;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskReportsTest {
  private final Yard yard = new Yard();
  private String instance = "";

  @BeforeEach
  void open() {
    instance = yard.instance();
  }

  @Test
  void an_essential_container_that_exits_3_stops_the_task_with_the_exact_reason() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.report(arn, "RUNNING");
    yard.harbour.advance(Duration.ofSeconds(1));
    Instant ended = yard.harbour.now();
    yard.report(
        arn,
        report ->
            report
                .status("STOPPED")
                .reason("")
                .executionStoppedAt(ended)
                .containers(List.of(Yard.exit("app", 3))));
    dev.longshore.shapes.ecs.Task task = yard.describe(arn);
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.desiredStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCode()).isEqualTo("EssentialContainerExited");
    assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(known(task.containers()).getFirst().exitCode()).isEqualTo(3);
    assertThat(task.executionStoppedAt()).isEqualTo(ended);
    assertThat(task.stoppedAt()).isEqualTo(ended);
  }

  @Test
  void of_two_containers_the_non_essential_exits_0_and_the_task_stays_running() {
    yard.define("two", Yard.app().build(), Yard.container("side").essential(false).build());
    String arn = yard.run("two");
    yard.report(arn, "RUNNING");
    yard.report(arn, report -> report.status("RUNNING").containers(List.of(Yard.exit("side", 0))));
    dev.longshore.shapes.ecs.Task task = yard.describe(arn);
    assertThat(task.lastStatus()).isEqualTo("RUNNING");
    assertThat(task.desiredStatus()).isEqualTo("RUNNING");
    assertThat(known(task.containers()).get(1).exitCode()).isZero();
  }

  @Test
  void a_bad_image_never_runs_and_fails_to_start_with_cannot_pull_container_error() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    ContainerStateChange failed =
        Yard.change("app", "STOPPED").toBuilder()
            .reason("CannotPullContainerError: manifest unknown")
            .build();
    yard.report(arn, report -> report.status("STOPPED").reason("").containers(List.of(failed)));
    dev.longshore.shapes.ecs.Task task = yard.describe(arn);
    assertThat(task.stopCode()).isEqualTo("TaskFailedToStart");
    assertThat(task.stoppedReason()).startsWith("CannotPullContainerError");
    assertThat(known(task.containers()).getFirst().reason()).startsWith("CannotPullContainerError");
    assertThat(task.startedAt()).isNull();
  }

  @Test
  void an_out_of_memory_kill_shows_exit_137_and_its_reason() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.report(arn, "RUNNING");
    ContainerStateChange killed =
        Yard.exit("app", 137).toBuilder()
            .reason("OutOfMemoryError: Container killed due to memory usage")
            .build();
    yard.report(arn, report -> report.status("STOPPED").containers(List.of(killed)));
    dev.longshore.shapes.ecs.Container container =
        known(yard.describe(arn).containers()).getFirst();
    assertThat(container.exitCode()).isEqualTo(137);
    assertThat(container.reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void the_version_is_strictly_larger_at_each_of_pending_running_stopped() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    long pending = yard.row(arn).version();
    yard.report(arn, "RUNNING");
    long running = yard.row(arn).version();
    yard.report(arn, "STOPPED");
    long stopped = yard.row(arn).version();
    assertThat(pending).isEqualTo(1);
    assertThat(List.of(pending, running, stopped)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_late_report_never_moves_a_task_backwards() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.report(arn, "STOPPED");
    Task stopped = yard.row(arn);
    yard.report(arn, "RUNNING");
    yard.report(arn, "STOPPED");
    assertThat(yard.row(arn)).isEqualTo(stopped);
  }

  @Test
  void a_report_of_an_unknown_task_is_an_invalid_parameter_so_that_the_agent_drops_it() {
    assertThatThrownBy(() -> yard.report("arn:aws:ecs:us-east-1:1:task/x/y", "RUNNING"))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> yard.report("", "RUNNING"))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void a_report_of_no_known_status_is_refused() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    assertThatThrownBy(() -> yard.report(arn, report -> report.status("DEAD")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() ->
            yard.report(arn, report -> report.containers(List.of(Yard.change("app", "DEAD")))))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void the_whole_arn_decides_whatever_cluster_an_agent_was_configured_with() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.report(arn, report -> report.cluster("some-other-name").status("RUNNING"));
    assertThat(yard.row(arn).lastStatus().name()).isEqualTo("RUNNING");
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    yard.report(id, report -> report.cluster(null).status("STOPPED"));
    assertThat(yard.row(arn).isStopped()).isTrue();
  }

  @Test
  void an_older_agents_container_report_moves_only_the_container() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.harbour.call(
        new SubmitContainerStateChange(),
        SubmitContainerStateChangeRequest.builder()
            .task(arn)
            .containerName("app")
            .status("RUNNING")
            .runtimeId("abc")
            .build());
    dev.longshore.shapes.ecs.Task task = yard.describe(arn);
    assertThat(task.lastStatus()).isEqualTo("PENDING");
    assertThat(known(task.containers()).getFirst().lastStatus()).isEqualTo("RUNNING");
    assertThat(known(task.containers()).getFirst().runtimeId()).isEqualTo("abc");
  }

  @Test
  void attachments_that_were_never_handed_out_are_unknown() {
    var request =
        SubmitAttachmentStateChangesRequest.builder()
            .attachments(List.of(new AttachmentStateChange("arn:attachment/1", "ATTACHED")))
            .build();
    assertThatThrownBy(() -> yard.harbour.call(new SubmitAttachmentStateChanges(), request))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void resources_are_held_from_placement_until_stopped() {
    yard.define("app", Yard.app().cpu(100).build());
    String arn = yard.run("app");
    assertThat(usage().cpu()).isEqualTo(100);
    assertThat(usage().pending()).isEqualTo(1);
    yard.report(arn, "RUNNING");
    assertThat(usage().memory()).isEqualTo(128);
    assertThat(usage().pending()).isZero();
    assertThat(usage().running()).isEqualTo(1);
    yard.report(arn, "STOPPED");
    assertThat(usage()).isEqualTo(InstanceUsage.NONE);
  }

  private InstanceUsage usage() {
    return yard.harbour.state().total(Task.USAGE, instance);
  }

  @Test
  void a_stopped_task_is_described_for_exactly_an_hour() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    yard.report(arn, "STOPPED");
    yard.harbour.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(yard.describe(arn).lastStatus()).isEqualTo("STOPPED");
    yard.harbour.advance(Duration.ofMillis(1));
    assertThat(yard.harbour.state().find(Task.KIND, arn)).isNull();
  }

  @Test
  void health_comes_from_the_agents_checks_and_only_changes_count() {
    HealthCheck check = HealthCheck.builder().command(List.of("CMD", "true")).build();
    Yard capable = new Yard();
    capable.instance(request ->
        request.attributes(
            List.of(
                Yard.attribute("ecs.capability.container-health-check", ""),
                Yard.attribute("com.amazonaws.ecs.capability.docker-remote-api.1.24", ""))));
    capable.define("app", Yard.app().healthCheck(check).build());
    String arn = capable.run("app");
    capable.report(arn, "RUNNING");
    ReportTaskHealth.Report healthy =
        new ReportTaskHealth.Report(
            arn, List.of(new ReportTaskHealth.ContainerHealth("app", "HEALTHY")));
    assertThat(capable.harbour.call(new ReportTaskHealth(), healthy)).isTrue();
    long version = capable.row(arn).version();
    assertThat(capable.describe(arn).healthStatus()).isEqualTo("HEALTHY");
    capable.harbour.call(new ReportTaskHealth(), healthy);
    assertThat(capable.row(arn).version()).isEqualTo(version);
    assertThat(
            capable.harbour.call(
                new ReportTaskHealth(), new ReportTaskHealth.Report("arn:none", List.of())))
        .isFalse();
  }

  @Test
  void a_living_task_is_connected_as_its_instance_is() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    Instant created = yard.harbour.now();
    yard.harbour.advance(Duration.ofSeconds(5));
    yard.connect(instance, false);
    assertThat(yard.describe(arn).connectivity()).isEqualTo("DISCONNECTED");
    assertThat(yard.describe(arn).connectivityAt()).isEqualTo(created);
    yard.connect(instance, true);
    assertThat(yard.describe(arn).connectivity()).isEqualTo("CONNECTED");
    assertThat(yard.describe(arn).connectivityAt()).isEqualTo(created.plusSeconds(5));
  }

  @Test
  void a_report_that_only_confirms_attachments_changes_no_status() {
    yard.define("app", Yard.app().build());
    String arn = yard.run("app");
    Task before = yard.row(arn);
    SubmitTaskStateChangeRequest request =
        SubmitTaskStateChangeRequest.builder()
            .task(arn)
            .attachments(List.of(new AttachmentStateChange("arn:attachment/1", "ATTACHED")))
            .build();
    assertThat(yard.harbour.call(new SubmitTaskStateChange(), request).acknowledgment())
        .isNotEmpty();
    assertThat(yard.row(arn)).isEqualTo(before);
  }
}
