package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.sidecar;
import static dev.longshore.agent.task.Bench.stop;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependenciesTest {
  private static final String CHECKED =
      "'healthCheckType':'docker',"
          + "'dockerConfig':{'config':'{\\'Healthcheck\\':{\\'Test\\':[\\'CMD\\',\\'true\\']}}'}";

  private final Bench bench = new Bench();

  private static String dependsOn(String name, String condition) {
    return "'dependsOn':[{'containerName':'" + name + "','condition':'" + condition + "'}]";
  }

  private boolean pulling(String name) {
    return bench.asked(Effect.PullImage.class).stream()
        .anyMatch(pull -> pull.container().equals(name));
  }

  private ContainerReport lastReportOf(String name) {
    bench.settle("a");
    return bench.reports.getLast().containers().stream()
        .filter(entry -> entry.containerName().equals(name))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void digests_are_resolved_up_front_and_images_wait_for_the_dependency_to_start() {
    bench.payload(task("a", container("b", dependsOn("a", "START")), container("a")));
    assertThat(bench.asked(Effect.ResolveManifest.class)).hasSize(2);
    bench.resolve("a", "b");
    bench.resolve("a", "a");
    bench.pull("a", "a");
    bench.create("a", "a");
    assertThat(pulling("b")).isFalse();
    bench.start("a", "a");
    assertThat(pulling("b")).isTrue();
  }

  @Test
  void complete_takes_any_exit_code() {
    bench.payload(task("a", sidecar("a"), container("b", dependsOn("a", "COMPLETE"))));
    bench.resolve("a", "b");
    bench.run("a", "a");
    assertThat(pulling("b")).isFalse();
    bench.exit("a", "a", 9);
    assertThat(pulling("b")).isTrue();
  }

  @Test
  void success_lets_the_dependent_go_on_after_an_exit_of_zero() {
    bench.payload(task("a", sidecar("a"), container("b", dependsOn("a", "SUCCESS"))));
    bench.resolve("a", "b");
    bench.run("a", "a");
    bench.exit("a", "a", 0);
    assertThat(pulling("b")).isTrue();
  }

  @Test
  void success_fails_the_dependent_with_143_and_says_why() {
    bench.payload(task("a", sidecar("a"), container("b", dependsOn("a", "SUCCESS"))));
    bench.resolve("a", "b");
    bench.run("a", "a");
    bench.exit("a", "a", 4);
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.STOPPED);
    ContainerReport report = lastReportOf("b");
    assertThat(report.exitCode()).isEqualTo(143);
    assertThat(report.reason())
        .startsWith(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering"
                + " dependency [a(busybox:latest) (STOPPED->")
        .contains(" - Exit: 4] for target [b(busybox:latest) (MANIFEST_PULLED->")
        .endsWith("] as dependency did not exit successfully.");
  }

  @Test
  void healthy_waits_for_the_health_check() {
    bench.payload(task("a", container("a", CHECKED), container("b", dependsOn("a", "HEALTHY"))));
    bench.resolve("a", "b");
    bench.run("a", "a");
    assertThat(pulling("b")).isFalse();
    bench.step(
        new Event.Observed(
            arn("a"),
            "a",
            new Bench.View("docker-a-a")
                .startedAt(bench.now)
                .health(HealthStatus.HEALTHY)
                .build()));
    assertThat(pulling("b")).isTrue();
  }

  @Test
  void the_start_timeout_is_measured_from_the_dependencys_start() {
    bench.payload(
        task(
            "a",
            container("a", CHECKED, "'startTimeout':5"),
            container("b", dependsOn("a", "HEALTHY"))));
    bench.resolve("a", "b");
    bench.pass(Duration.ofSeconds(60));
    bench.run("a", "a");
    assertThat(bench.engine.wakeAt()).contains(bench.now.plusSeconds(5));
    bench.pass(Duration.ofSeconds(4));
    assertThat(bench.container("a", "b").known()).isEqualTo(ContainerStatus.MANIFEST_PULLED);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.container("a", "b").reason()).endsWith("] has timed out.");
  }

  @Test
  void a_dependency_that_never_starts_ends_its_dependents() {
    bench.payload(task("a", sidecar("a"), container("b", dependsOn("a", "START"))));
    bench.resolve("a", "b");
    bench.step(new Event.StepFailed(arn("a"), "a", Work.MANIFEST, "CannotPull"));
    assertThat(bench.container("a", "b").reason()).endsWith("because dependency will never start");
    assertThat(bench.container("a", "b").exitCode()).isEqualTo(143);
  }

  @Test
  void links_wait_for_the_start_and_volumes_from_for_the_creation() {
    bench.payload(
        task(
            "a",
            container("a"),
            container("b", "'links':['a:database']"),
            container("c", "'volumesFrom':[{'sourceContainer':'a'}]")));
    bench.resolve("a", "a");
    bench.resolve("a", "b");
    bench.resolve("a", "c");
    bench.pull("a", "a");
    assertThat(pulling("c")).isFalse();
    bench.create("a", "a");
    assertThat(pulling("c")).isTrue();
    assertThat(pulling("b")).isFalse();
    bench.start("a", "a");
    assertThat(pulling("b")).isTrue();
  }

  @Test
  void containers_stop_only_after_those_that_need_them() {
    bench.payload(
        task(
            "a",
            container("a"),
            container("b", dependsOn("a", "START")),
            container("c", dependsOn("b", "START"))));
    bench.run("a", "a");
    bench.run("a", "b");
    bench.run("a", "c");
    bench.payload(stop("a"));
    assertThat(stops()).containsExactly("c");
    bench.exit("a", "c", 0);
    assertThat(stops()).containsExactly("c", "b");
    bench.exit("a", "b", 0);
    assertThat(stops()).containsExactly("c", "b", "a");
  }

  private List<String> stops() {
    return bench.asked(Effect.StopContainer.class).stream()
        .map(Effect.StopContainer::container)
        .toList();
  }

  @Test
  void a_circle_stops_the_task_and_names_it() {
    bench.payload(
        task(
            "a", container("a", dependsOn("b", "START")), container("b", dependsOn("a", "START"))));
    assertThat(bench.reports).extracting(TaskReport::status).containsExactly("STOPPED");
    assertThat(bench.reports.getFirst().reason())
        .isEqualTo("Task dependencies cannot be resolved, taskArn: " + arn("a"));
  }

  @Test
  void an_unknown_dependency_cannot_be_resolved_either() {
    bench.payload(task("a", container("a", dependsOn("nobody", "START"))));
    assertThat(bench.reports.getFirst().reason())
        .isEqualTo("Task dependencies cannot be resolved, taskArn: " + arn("a"));
  }
}
