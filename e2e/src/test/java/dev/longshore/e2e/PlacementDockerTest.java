package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Filters, constraints and strategies as the AWS CLI sends them, to container instances that only
 * pretend. It makes no container; but where tests with that tag run, the CLI is installed.
 */
@Tag("docker")
class PlacementDockerTest {
  private static final int INSTANCES = 6;

  @Test
  void the_aws_cli_filters_container_instances() throws Exception {
    try (Site site = Site.simulated(INSTANCES)) {
      Shell aws = site.aws;
      List<String> all = instances(aws, "agentConnected == true and runningTasksCount < 1");
      assertThat(all).hasSize(INSTANCES);
      put(aws, "stack", "blue", all.subList(0, 2));
      put(aws, "stack", "green", all.subList(2, 3));
      assertThat(instances(aws, "attribute:stack == blue"))
          .containsExactlyInAnyOrderElementsOf(all.subList(0, 2));
      assertThat(instances(aws, "attribute:stack =~ '(blue|green)'")).hasSize(3);
      assertThat(instances(aws, "attribute:stack != blue"))
          .containsExactlyElementsOf(all.subList(2, 3));
      assertThat(instances(aws, "not(attribute:stack == blue)")).hasSize(INSTANCES - 2);
      assertThat(filter(aws, "attribute:stack ==").err())
          .contains("(InvalidParameterException)")
          .contains("Invalid expression at position 19: a value is expected here.");
      assertThat(filter(aws, "(".repeat(1_999)).err())
          .contains("(InvalidParameterException)")
          .contains("it is nested more than 100 deep");
    }
  }

  @Test
  void the_aws_cli_places_tasks_by_constraints_and_strategies() throws Exception {
    try (Site site = Site.simulated(INSTANCES)) {
      Shell aws = site.aws;
      List<String> all = instances(aws, "agentConnected == true");
      put(aws, "stack", "blue", all.subList(0, 2));
      String definition = "[{\"name\":\"app\",\"image\":\"any\",\"memory\":32,\"cpu\":16}]";
      aws.ok(
          words("ecs register-task-definition --family app --container-definitions", definition));
      String blue = "type=memberOf,expression=attribute:stack == blue";

      Map<String, Integer> members = run(aws, 4, "--placement-constraints", blue);
      assertThat(all.subList(0, 2)).containsAll(members.keySet());
      assertThat(members.values().stream().mapToInt(tasks -> tasks).sum()).isEqualTo(4);

      Map<String, Integer> distinct =
          run(aws, 3, "--group", "d", "--placement-constraints", blue, "type=distinctInstance");
      assertThat(distinct.keySet()).containsExactlyInAnyOrderElementsOf(all.subList(0, 2));
      assertThat(distinct.values()).containsOnly(1);

      Map<String, Integer> packed =
          run(aws, 5, "--group", "p", "--placement-strategy", "type=binpack,field=memory");
      assertThat(packed.values()).containsExactly(5);

      String spread = "type=spread,field=attribute:ecs.availability-zone";
      Map<String, Integer> even =
          run(aws, 6, "--group", "s", "--placement-strategy", spread, "type=spread,field=host");
      assertThat(even.keySet()).containsExactlyInAnyOrderElementsOf(all);

      String wrong = "type=memberOf,expression=attribute:stack in blue";
      Shell.Result fault =
          aws.run(words("ecs run-task --task-definition app --placement-constraints", wrong));
      assertThat(fault.err())
          .contains("(InvalidParameterException)")
          .contains("Invalid expression at position 20: a list such as [a, b] is expected here.");
    }
  }

  private static Shell.Result filter(Shell aws, String expression) throws Exception {
    return aws.run(
        words(
            "ecs list-container-instances --query containerInstanceArns --output text --filter",
            expression));
  }

  private static List<String> instances(Shell aws, String expression) throws Exception {
    Shell.Result result = filter(aws, expression);
    assertThat(result.err()).isEmpty();
    return result.out().isBlank() ? List.of() : List.of(result.out().strip().split("\\s+"));
  }

  private static void put(Shell aws, String name, String value, List<String> instances)
      throws Exception {
    for (String instance : instances) {
      String attribute = "name=" + name + ",value=" + value + ",targetId=" + instance;
      aws.ok(words("ecs put-attributes --attributes", attribute));
    }
  }

  /** Runs so many copies; tells how many each instance got. */
  private static Map<String, Integer> run(Shell aws, int count, String... more) throws Exception {
    List<String> words = new ArrayList<>();
    Collections.addAll(words, words("ecs run-task --task-definition app --output text --query"));
    words.add("tasks[].containerInstanceArn");
    Collections.addAll(words, "--count", Integer.toString(count));
    Collections.addAll(words, more);
    Map<String, Integer> tasks = new TreeMap<>();
    for (String instance : aws.ok(words.toArray(String[]::new)).split("\\s+")) {
      tasks.merge(instance, 1, Integer::sum);
    }
    return tasks;
  }
}
