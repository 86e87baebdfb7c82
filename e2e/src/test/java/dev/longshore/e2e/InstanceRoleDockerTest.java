package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Container instances act as the role of their instance profile, and as nobody else. */
@Tag("docker")
class InstanceRoleDockerTest {
  private static final String SESSION =
      "\"principal\":\"arn:aws:sts::123456789012:assumed-role/ecsInstanceRole/instance-1\"";

  @Test
  void an_instances_calls_carry_its_role_and_without_its_policy_it_does_not_come_back()
      throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      site.aws.ok(
          "ecs",
          "register-task-definition",
          "--family",
          "short",
          "--container-definitions",
          Site.container("true"));
      String task =
          site.aws.ok(
              "ecs",
              "run-task",
              "--task-definition",
              "short",
              "--query",
              "tasks[0].taskArn",
              "--output",
              "text");
      Await.stopped(site.aws, task);
      for (String action :
          List.of(
              "RegisterContainerInstance",
              "DiscoverPollEndpoint",
              "Poll",
              "StartTelemetrySession",
              "SubmitTaskStateChange")) {
        Site.until(action + " in the audit log", () -> isAudited(site, action));
      }
      assertThat(audit(site)).noneMatch(line -> line.contains("ecs:Submit") && isRoots(line));

      site.aws.ok(
          "iam",
          "detach-role-policy",
          "--role-name",
          "ecsInstanceRole",
          "--policy-arn",
          "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role");
      site.kill();
      // Its instance does not come back to clean up.
      String label = "label=com.amazonaws.ecs.task-arn=" + task;
      Site.DOCKER.ok("rm", Site.DOCKER.ok("ps", "-aq", "--filter", label));
      assertThat(site.refusesToStart())
          .anyMatch(line ->
              line.contains("AccessDeniedException")
                  && line.contains("assumed-role/ecsInstanceRole/instance-1 is not authorized")
                  && line.contains("ecs:RegisterContainerInstance"));
    }
  }

  private static boolean isRoots(String line) {
    return line.contains("\"principal\":\"arn:aws:iam::123456789012:root\"");
  }

  private static List<String> audit(Site site) throws IOException {
    return Files.readAllLines(site.data.resolve("audit").resolve("audit.jsonl"));
  }

  private static boolean isAudited(Site site, String action) throws IOException {
    return audit(site).stream()
        .anyMatch(line ->
            line.contains("\"action\":\"ecs:" + action + '"')
                && line.contains(SESSION)
                && line.contains("\"allowed\":true"));
  }
}
