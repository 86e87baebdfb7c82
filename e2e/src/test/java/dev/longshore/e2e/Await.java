package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits for what the CLI's own waiters wait for, which look every 6 or 15 seconds only. That those
 * end is {@link CommandLineDockerTest}'s.
 */
final class Await {
  private Await() {}

  /** Until the task runs; it must not end instead. */
  static void running(Shell aws, String task) {
    Site.until(
        "the task runs",
        () -> {
          String status = status(aws, task);
          assertThat(status).isNotIn("DEPROVISIONING", "STOPPED");
          return status.equals("RUNNING");
        });
  }

  static void stopped(Shell aws, String task) {
    Site.until("the task is stopped", () -> status(aws, task).equals("STOPPED"));
  }

  private static String status(Shell aws, String task) throws Exception {
    return aws.ok(
        Shell.words("ecs describe-tasks --query tasks[0].lastStatus --output text --tasks", task));
  }

  /** Until the service has one deployment only, and all tasks that it should have. */
  static void stable(Shell aws, String service) {
    String stable = "services[?length(deployments)==`1`&&runningCount==desiredCount].serviceName";
    Site.until(
        "the service is stable",
        () ->
            aws.ok(
                    Shell.words(
                        "ecs describe-services --output text --query " + stable + " --services",
                        service))
                .equals(service));
  }
}
