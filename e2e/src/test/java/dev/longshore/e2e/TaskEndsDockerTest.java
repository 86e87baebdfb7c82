package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How real containers end, as a user reads it: the cases that only a kernel can bring about. */
@Tag("docker")
class TaskEndsDockerTest {
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    site = Site.up("--instances", "1");
  }

  @AfterAll
  static void end() throws Exception {
    site.close();
  }

  private static String run(String family, String command, String... more) throws Exception {
    site.aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        family,
        "--container-definitions",
        Site.container(command)
            .replace(
                "\"memory\":32",
                "\"memory\":64,\"environment\":[{\"name\":\"A\",\"value\":\"1\"},"
                    + "{\"name\":\"B\",\"value\":\"1\"}]"));
    String[] words = {
      "ecs",
      "run-task",
      "--task-definition",
      family,
      "--query",
      "tasks[0].taskArn",
      "--output",
      "text"
    };
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return site.aws.ok(all);
  }

  private static String stopped(String task, String what) throws Exception {
    Await.stopped(site.aws, task);
    return site.aws.ok(
        "ecs",
        "describe-tasks",
        "--tasks",
        task,
        "--query",
        "tasks[0].[" + what + "]",
        "--output",
        "text");
  }

  @Test
  void a_container_that_ignores_sigterm_is_killed_after_its_stop_timeout() throws Exception {
    String task = run("deaf", "trap '' TERM; while :; do sleep 1; done");
    Await.running(site.aws, task);
    site.aws.ok("ecs", "stop-task", "--task", task, "--reason", "bye");
    assertThat(stopped(task, "stoppedReason,stopCode,containers[0].exitCode"))
        .isEqualTo("bye\tUserInitiated\t137");
  }

  @Test
  void a_container_beyond_its_memory_is_killed_and_says_so() throws Exception {
    String task = run("greedy", "dd if=/dev/zero of=/dev/null bs=200M count=1");
    assertThat(stopped(task, "containers[0].[exitCode,reason]"))
        .isEqualTo("137\tOutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void overrides_reach_the_container_over_what_its_definition_says() throws Exception {
    String task =
        run(
            "env",
            "[ \"$A-$B\" = 2-1 ] && exit 21; exit 1",
            "--overrides",
            "{\"containerOverrides\":[{\"name\":\"app\",\"environment\":"
                + "[{\"name\":\"A\",\"value\":\"2\"}]}]}");
    assertThat(stopped(task, "containers[0].exitCode")).isEqualTo("21");
  }

  @Test
  void an_image_that_cannot_be_pulled_is_a_task_that_failed_to_start() throws Exception {
    site.aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        "missing",
        "--container-definitions",
        "[{\"name\":\"app\",\"image\":\"127.0.0.1:9/missing\",\"memory\":32}]");
    String task =
        site.aws.ok(
            "ecs",
            "run-task",
            "--task-definition",
            "missing",
            "--query",
            "tasks[0].taskArn",
            "--output",
            "text");
    assertThat(stopped(task, "stopCode,startedAt")).isEqualTo("TaskFailedToStart\tNone");
    assertThat(stopped(task, "containers[0].reason")).startsWith("CannotPullImageManifestError");
  }
}
