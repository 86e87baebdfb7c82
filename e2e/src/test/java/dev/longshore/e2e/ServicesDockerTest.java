package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deployments of services as the newest AWS CLI sees them, with real containers. */
@Tag("docker")
class ServicesDockerTest {
  private static final String STUCK = "minimumHealthyPercent=100,maximumPercent=100";
  private static final String BREAKER = "deploymentCircuitBreaker={enable=true,rollback=true}";

  @Test
  void a_deployment_is_listed_described_and_stopped() throws Exception {
    try (Site site = Site.up()) {
      Shell aws = newest(site);
      register(aws, Site.container("sleep 3600"));
      create(aws, 2, STUCK);
      Map<String, String> before = site.containers();
      assertThat(before).hasSize(2);
      assertThat(list(aws)).containsExactly("SUCCESSFUL");

      register(aws, Site.container("sleep 1800"));
      aws.ok(words("ecs update-service --service shop --task-definition web:2"));
      assertThat(list(aws)).containsExactly("IN_PROGRESS", "SUCCESSFUL");
      String deployment = service(aws, "currentServiceDeployment");
      String described =
          "[status,targetServiceRevision.requestedTaskCount,sourceServiceRevisions[0]"
              + ".runningTaskCount,deploymentCircuitBreaker.status]";
      assertThat(deployment(aws, deployment, described)).isEqualTo("IN_PROGRESS\t2\t2\tDISABLED");
      String revision = deployment(aws, deployment, "targetServiceRevision.arn");
      assertThat(
              aws.ok(
                  words(
                      "ecs describe-service-revisions --output text --service-revision-arns",
                      revision,
                      "--query",
                      "serviceRevisions[0].taskDefinition")))
          .endsWith("task-definition/web:2");

      assertThat(
              aws.ok(
                  words(
                      "ecs stop-service-deployment --output text --service-deployment-arn",
                      deployment)))
          .isEqualTo(deployment);
      until(aws, deployment, "ROLLBACK_SUCCESSFUL");
      assertThat(service(aws, "taskDefinition")).endsWith("task-definition/web:1");
      assertThat(site.containers()).isEqualTo(before);
      Shell.Result again =
          aws.run(words("ecs stop-service-deployment --service-deployment-arn", deployment));
      assertThat(again.err()).contains("(ConflictException)");
      Await.stable(aws, "shop");
    }
  }

  @Test
  void a_broken_image_is_rolled_back_and_the_old_tasks_are_never_touched() throws Exception {
    try (Site site = Site.up()) {
      Shell aws = newest(site);
      register(aws, Site.container("sleep 3600"));
      create(aws, 2, BREAKER);
      Map<String, String> before = site.containers();
      assertThat(before).hasSize(2);
      String first = service(aws, "deployments[0].id");

      String nowhere = site.endpoint.substring(site.endpoint.indexOf("//") + 2);
      register(aws, Site.container("true").replace(Site.IMAGE, nowhere + "/missing:1"));
      // What the update answers: the next call may already find the deployment rolled back.
      String[] update =
          aws.ok(
                  words(
                      "ecs update-service --service shop --task-definition web:2 --output text",
                      "--query",
                      "service.[deployments[0].id,currentServiceDeployment]"))
              .split("\t");
      String failing = update[0];
      String deployment = update[1];
      until(aws, deployment, "ROLLBACK_SUCCESSFUL");

      assertThat(site.containers()).isEqualTo(before);
      assertThat(service(aws, "deployments[].[id,rolloutState,rolloutStateReason]"))
          .isEqualTo(first + "\tCOMPLETED\tECS deployment " + first + " completed.");
      List<String> events = new ArrayList<>(service(aws, "events[].[message]").lines().toList());
      assertThat(events.reversed())
          .containsSubsequence(
              "(service shop) (deployment "
                  + failing
                  + ") deployment failed: tasks failed to start.",
              "(service shop) rolling back to deployment " + first + '.',
              "(service shop) (deployment " + first + ") deployment completed.",
              "(service shop) has reached a steady state.");
      assertThat(deployment(aws, deployment, "[statusReason,rollback.reason]").split("\t"))
          .containsOnly(
              "Service deployment rolled back because the circuit breaker threshold was"
                  + " exceeded.");
      assertThat(deployment(aws, deployment, "deploymentCircuitBreaker.[status,threshold]"))
          .isEqualTo("TRIGGERED\t3");
      Await.stable(aws, "shop");
    }
  }

  private static Shell newest(Site site) throws Exception {
    Shell aws = site.aws.newest();
    // Debian's CLI is older than these operations; a skeleton is printed without any call.
    Shell.Result known =
        aws.run("ecs", "list-service-deployments", "--generate-cli-skeleton", "input");
    assumeTrue(known.status() == 0, "the AWS CLI knows service deployments");
    return aws;
  }

  private static void register(Shell aws, String containers) throws Exception {
    aws.ok(words("ecs register-task-definition --family web --container-definitions", containers));
  }

  private static void create(Shell aws, int count, String configuration) throws Exception {
    aws.ok(
        words(
            "ecs create-service --service-name shop --task-definition web --desired-count",
            Integer.toString(count),
            "--deployment-configuration",
            configuration));
    Await.stable(aws, "shop");
  }

  private static List<String> list(Shell aws) throws Exception {
    return List.of(
        aws.ok(
                words(
                    "ecs list-service-deployments --service shop --output text --query",
                    "serviceDeployments[].status"))
            .split("\\s+"));
  }

  private static String service(Shell aws, String what) throws Exception {
    return aws.ok(
        words(
            "ecs describe-services --services shop --output text --query", "services[0]." + what));
  }

  private static String deployment(Shell aws, String arn, String what) throws Exception {
    return aws.ok(
        words(
            "ecs describe-service-deployments --output text --service-deployment-arns",
            arn,
            "--query",
            "serviceDeployments[0]." + what));
  }

  private static void until(Shell aws, String arn, String status) {
    Site.until("the deployment is " + status, () -> deployment(aws, arn, "status").equals(status));
  }
}
