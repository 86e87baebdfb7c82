package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A DAEMON service as the AWS CLI sees it, with real containers on instances that come and go. */
@Tag("docker")
class DaemonDockerTest {
  @Test
  void a_daemon_follows_instances_that_join_drain_leave_and_change_attributes() throws Exception {
    try (Site site = Site.up("--instances", "2")) {
      Shell aws = site.aws;
      aws.ok(
          words(
              "ecs register-task-definition --family probe --container-definitions",
              Site.container("sleep 3600")));
      aws.ok(
          words(
              "ecs create-service --service-name probe --task-definition probe"
                  + " --scheduling-strategy DAEMON"));
      Await.stable(aws, "probe");
      List<String> first = instances(aws);
      assertThat(first).hasSize(2);
      assertThat(hosts(aws)).containsExactlyElementsOf(first);
      assertThat(service(aws, "[desiredCount,runningCount,schedulingStrategy]"))
          .isEqualTo("2\t2\tDAEMON");
      assertThat(site.containers()).hasSize(2);

      try (Program agent = join(site)) {
        agent.line("Longshore's agent is");
        Site.until("an instance that joins has a task", () -> hosts(aws).size() == 3);
        List<String> all = instances(aws);
        assertThat(hosts(aws)).containsExactlyElementsOf(all);
        assertThat(service(aws, "desiredCount")).isEqualTo("3");
        followsAttributes(aws, all);
        leavesADrainingInstanceLast(aws, all);
        String joined = all.stream().filter(arn -> !first.contains(arn)).findFirst().orElseThrow();
        aws.ok(words("ecs deregister-container-instance --force --container-instance", joined));
        Site.until("the daemon is on the others", () -> hosts(aws).equals(first));
        assertThat(service(aws, "desiredCount")).isEqualTo("2");
      }
      aws.ok(words("ecs delete-service --service probe"));
      Site.until("no container is left", () -> site.containers().isEmpty());
    }
  }

  private static void followsAttributes(Shell aws, List<String> all) throws Exception {
    put(aws, all.get(0), "prod");
    put(aws, all.get(1), "prod");
    aws.ok(
        words(
            "ecs update-service --service probe --placement-constraints",
            "type=memberOf,expression=attribute:stack == prod"));
    Site.until("two of three are prod", () -> hosts(aws).equals(all.subList(0, 2)));
    put(aws, all.get(0), "test");
    put(aws, all.get(2), "prod");
    Site.until("attributes are followed", () -> hosts(aws).equals(all.subList(1, 3)));
    assertThat(service(aws, "events[].[message]"))
        .contains("no longer meets the placement constraints of the service on");
    aws.ok(words("ecs update-service --service probe --placement-constraints", "[]"));
    Site.until("without constraints it is everywhere", () -> hosts(aws).equals(all));
  }

  private static void leavesADrainingInstanceLast(Shell aws, List<String> all) throws Exception {
    String other =
        aws.ok(
            words(
                "ecs start-task --task-definition probe --output text --query tasks[0].taskArn"
                    + " --container-instances",
                all.get(0)));
    Await.running(aws, other);
    state(aws, all.get(0), "DRAINING");
    assertThat(service(aws, "desiredCount")).isEqualTo("2");
    assertThat(hosts(aws)).isEqualTo(all);
    aws.ok(words("ecs stop-task --task", other));
    Site.until("the daemon goes last", () -> hosts(aws).equals(all.subList(1, 3)));
    state(aws, all.get(0), "ACTIVE");
    Site.until("and comes back", () -> hosts(aws).equals(all));
  }

  private static Program join(Site site) throws Exception {
    List<String> variables = new ArrayList<>();
    for (String name : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) {
      variables.add(name + "=" + site.aws.variable(name));
    }
    variables.add("AWS_DEFAULT_REGION=us-east-1");
    variables.add("ECS_CLUSTER=default");
    variables.add("ECS_BACKEND_HOST=" + site.endpoint);
    variables.add("ECS_DATADIR=" + site.data.resolve("joined"));
    variables.add("ECS_IMAGE_PULL_BEHAVIOR=prefer-cached");
    variables.add("LONGSHORE_BIND_ADDRESS=127.0.1.9");
    return Program.start(variables, "agent", "--drop");
  }

  private static void put(Shell aws, String instance, String stack) throws Exception {
    aws.ok(
        words(
            "ecs put-attributes --attributes",
            "name=stack,value=" + stack + ",targetId=" + instance));
  }

  private static void state(Shell aws, String instance, String status) throws Exception {
    aws.ok(
        words(
            "ecs update-container-instances-state --status",
            status,
            "--container-instances",
            instance));
  }

  private static List<String> instances(Shell aws) throws Exception {
    return sorted(
        aws.ok(
            words(
                "ecs list-container-instances --output text --query containerInstanceArns[]"
                    + " --filter",
                "agentConnected == true")));
  }

  /** The instances of the daemon's RUNNING tasks, sorted. */
  private static List<String> hosts(Shell aws) throws Exception {
    String tasks =
        aws.ok(
            words(
                "ecs list-tasks --service-name probe --desired-status RUNNING --output text"
                    + " --query taskArns[]"));
    if (tasks.isBlank() || tasks.equals("None")) {
      return List.of();
    }
    return sorted(
        aws.ok(
            words(
                "ecs describe-tasks --output text --tasks " + String.join(" ", tasks.split("\\s+")),
                "--query",
                "tasks[?lastStatus=='RUNNING'].containerInstanceArn")));
  }

  private static List<String> sorted(String words) {
    return words.isBlank() ? List.of() : Arrays.stream(words.split("\\s+")).sorted().toList();
  }

  private static String service(Shell aws, String what) throws Exception {
    return aws.ok(
        words(
            "ecs describe-services --services probe --output text --query", "services[0]." + what));
  }
}
