package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Task sets as the real AWS CLI makes them, with real containers. */
@Tag("docker")
class TaskSetsDockerTest {
  private static final String OF_WEB = " --cluster default --service web";

  @Test
  void somebody_else_deploys_blue_then_green() throws Exception {
    try (Site site = Site.up()) {
      register(site, "sleep 3600");
      register(site, "sleep 1800");
      site.aws.ok(
          words(
              "ecs create-service --service-name web --desired-count 2 --deployment-controller"
                  + " type=EXTERNAL"));
      String blue = make(site, "web:1", 100);
      until(site, blue, "STEADY_STATE");
      site.aws.ok(
          words("ecs update-service-primary-task-set" + OF_WEB + " --primary-task-set", blue));
      Set<String> blues = new TreeSet<>(site.containers().values());
      assertThat(blues).hasSize(2);

      String green = make(site, "web:2", 50);
      assertThat(describe(site, green, "computedDesiredCount")).isEqualTo("1");
      until(site, green, "STEADY_STATE");
      assertThat(site.containers()).hasSize(3);
      assertThat(
              site.aws.ok(
                  words(
                      "ecs list-tasks --output text --query length(taskArns) --started-by", green)))
          .isEqualTo("1");
      scale(site, green, 100);
      until(site, green, "STEADY_STATE");
      site.aws.ok(
          words("ecs update-service-primary-task-set" + OF_WEB + " --primary-task-set", green));
      scale(site, blue, 0);
      until(site, blue, "STEADY_STATE");
      assertThat(site.containers().values()).hasSize(2).doesNotContainAnyElementsOf(blues);

      site.aws.ok(words("ecs delete-task-set" + OF_WEB + " --task-set", blue));
      // It drains until the last of its tasks is STOPPED.
      Site.until("only green is left", () -> all(site).equals(green + "\tPRIMARY\t2"));
      site.kill();
      site.startAgain();
      assertThat(all(site)).isEqualTo(green + "\tPRIMARY\t2");
      Shell.Result refused =
          site.aws.run(words("ecs delete-task-set" + OF_WEB + " --task-set", green));
      assertThat(refused.err()).contains("(InvalidParameterException)");
    }
  }

  private static void register(Site site, String command) throws Exception {
    site.aws.ok(
        words(
            "ecs register-task-definition --family web --container-definitions",
            Site.container(command)));
  }

  private static String all(Site site) throws Exception {
    return site.aws.ok(
        words(
            "ecs describe-task-sets --output text --query taskSets[].[id,status,runningCount]"
                + OF_WEB));
  }

  private static String make(Site site, String definition, int percent) throws Exception {
    return site.aws.ok(
        words(
            "ecs create-task-set --output text --query taskSet.id --task-definition "
                + definition
                + OF_WEB
                + " --scale value="
                + percent
                + ",unit=PERCENT"));
  }

  private static void scale(Site site, String taskSet, int percent) throws Exception {
    site.aws.ok(
        words(
            "ecs update-task-set" + OF_WEB + " --scale value=" + percent + ",unit=PERCENT",
            "--task-set",
            taskSet));
  }

  private static String describe(Site site, String taskSet, String what) throws Exception {
    return site.aws.ok(
        words(
            "ecs describe-task-sets" + OF_WEB + " --output text --query taskSets[0]." + what,
            "--task-sets",
            taskSet));
  }

  private static void until(Site site, String taskSet, String stability) {
    Site.until(
        "the task set is in " + stability,
        () -> describe(site, taskSet, "stabilityStatus").equals(stability));
  }
}
