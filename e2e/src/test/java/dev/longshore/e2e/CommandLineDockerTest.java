package dev.longshore.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class CommandLineDockerTest {

  @Test
  void the_aws_cli_takes_tasks_and_a_service_through_their_lives() throws Exception {
    String before = ecsContainers();
    try (Site site = Site.up()) {
      Shell aws = site.aws;
      assertThat(aws.ok("ecs", "create-cluster", "--cluster-name", "blue", "--output", "text"))
          .contains("cluster/blue");
      register(aws, "web", "sleep 3600");
      String task =
          aws.ok(
              "ecs",
              "run-task",
              "--task-definition",
              "web",
              "--query",
              "tasks[0].taskArn",
              "--output",
              "text");
      aws.ok("ecs", "wait", "tasks-running", "--tasks", task);
      assertThat(site.containers()).containsOnlyKeys(task);

      create(aws, "shop", "web", 3);
      aws.ok("ecs", "wait", "services-stable", "--services", "shop");
      assertThat(site.containers()).hasSize(4);
      aws.ok("ecs", "update-service", "--service", "shop", "--desired-count", "1");
      Await.stable(aws, "shop");
      register(aws, "web", "sleep 1800");
      aws.ok("ecs", "update-service", "--service", "shop", "--task-definition", "web:2");
      Await.stable(aws, "shop");
      assertThat(definitions(aws)).contains("web:2").contains("web:1");

      aws.ok("ecs", "stop-task", "--task", task, "--reason", "enough");
      aws.ok("ecs", "wait", "tasks-stopped", "--tasks", task);
      assertThat(
              aws.ok(
                  "ecs",
                  "describe-tasks",
                  "--tasks",
                  task,
                  "--query",
                  "tasks[0].[stoppedReason,stopCode,containers[0].exitCode]",
                  "--output",
                  "text"))
          .isEqualTo("enough\tUserInitiated\t137");
      aws.ok("ecs", "delete-service", "--service", "shop", "--force");
      aws.ok("ecs", "wait", "services-inactive", "--services", "shop");
      assertThat(site.containers()).isEmpty();
    }
    assertThat(ecsContainers()).isEqualTo(before);
  }

  @Test
  void exit_codes_reasons_and_failures_are_those_of_aws() throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      Shell aws = site.aws;
      register(aws, "three", "exit 3");
      String task =
          aws.ok(
              "ecs",
              "run-task",
              "--task-definition",
              "three",
              "--query",
              "tasks[0].taskArn",
              "--output",
              "text");
      Await.stopped(aws, task);
      assertThat(
              aws.ok(
                  "ecs",
                  "describe-tasks",
                  "--tasks",
                  task,
                  "--query",
                  "tasks[0].[stoppedReason,stopCode,containers[0].exitCode]",
                  "--output",
                  "text"))
          .isEqualTo("Essential container in task exited\tEssentialContainerExited\t3");
      Shell.Result unknown = aws.run("ecs", "run-task", "--task-definition", "nope");
      assertThat(unknown.status()).isNotZero();
      assertThat(unknown.err()).contains("(ClientException)").contains("TaskDefinition not found.");
      Shell.Result none = aws.run("ecs", "list-tasks", "--cluster", "nope");
      assertThat(none.err()).contains("(ClusterNotFoundException)").contains("Cluster not found.");
    }
  }

  @Test
  void a_container_killed_from_outside_is_replaced() throws Exception {
    try (Site site = Site.up()) {
      register(site.aws, "web", "sleep 3600");
      create(site.aws, "shop", "web", 2);
      Await.stable(site.aws, "shop");
      Map<String, String> first = site.containers();
      assertThat(first).hasSize(2);
      String victim = first.keySet().iterator().next();
      Site.DOCKER.ok("kill", requireNonNull(first.get(victim)));
      Site.until(
          "a replacement runs",
          () -> {
            Map<String, String> now = containers(site);
            return now.size() == 2 && !now.containsKey(victim);
          });
    }
  }

  @Test
  void kill_9_loses_no_task_and_doubles_none() throws Exception {
    try (Site site = Site.up()) {
      register(site.aws, "web", "sleep 3600");
      create(site.aws, "shop", "web", 5);
      site.aws.ok("ecs", "run-task", "--task-definition", "web", "--count", "10");
      Await.stable(site.aws, "shop");
      Site.until("15 containers run", () -> running(site) == 15);
      Map<String, String> before = site.containers();
      assertThat(before).hasSize(15);
      site.kill();
      site.startAgain("--instances", "3");
      Await.stable(site.aws, "shop");
      assertThat(site.containers()).isEqualTo(before);
      assertThat(
              site.aws.ok(
                  "ecs", "list-container-instances", "--query", "length(containerInstanceArns)"))
          .isEqualTo("3");
      assertThat(running(site)).isEqualTo(15);
      assertThat(allContainersOf(before)).isEqualTo(before);
    }
  }

  @Test
  void the_demo_ends_well_and_leaves_nothing() throws Exception {
    String before = ecsContainers();
    try (Program demo = Program.start(List.of(), "demo", "--exit")) {
      assertThat(demo.status()).isZero();
      assertThat(demo.printed()).anyMatch(line -> line.contains("replacement was RUNNING"));
      assertThat(demo.printed().stream().filter(line -> line.contains("Hello from container")))
          .hasSize(3);
    }
    assertThat(ecsContainers()).isEqualTo(before);
  }

  private static void register(Shell aws, String family, String command) throws Exception {
    aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        family,
        "--container-definitions",
        Site.container(command));
  }

  private static void create(Shell aws, String name, String definition, int count)
      throws Exception {
    aws.ok(
        "ecs",
        "create-service",
        "--service-name",
        name,
        "--task-definition",
        definition,
        "--desired-count",
        Integer.toString(count));
  }

  private static String definitions(Shell aws) throws Exception {
    String tasks = aws.ok("ecs", "list-tasks", "--query", "taskArns", "--output", "text");
    String[] words =
        ("ecs describe-tasks --query tasks[].taskDefinitionArn --output text --tasks " + tasks)
            .split("\\s+");
    return aws.ok(words);
  }

  private static Map<String, String> containers(Site site) {
    try {
      return site.containers();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int running(Site site) {
    try {
      String count =
          site.aws.ok(
              "ecs",
              "describe-clusters",
              "--query",
              "clusters[0].runningTasksCount",
              "--output",
              "text");
      return Integer.parseInt(count);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Every container of those tasks, stopped ones too: more than one each would be a double. */
  private static Map<String, String> allContainersOf(Map<String, String> tasks) throws Exception {
    Map<String, String> all = new TreeMap<>();
    String format = "{{.ID}} {{.Label \"com.amazonaws.ecs.task-arn\"}}";
    for (String line :
        Site.DOCKER.ok("ps", "-a", "--no-trunc", "--format", format).lines().toList()) {
      String[] words = line.split(" ", 2);
      if (words.length == 2 && tasks.containsKey(words[1])) {
        assertThat(all.put(words[1], words[0])).isNull();
      }
    }
    return all;
  }

  private static String ecsContainers() throws Exception {
    return Site.DOCKER.ok(
        "ps", "-a", "--filter", "label=com.amazonaws.ecs.task-arn", "--format", "{{.ID}}");
  }
}
