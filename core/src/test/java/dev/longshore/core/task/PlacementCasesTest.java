package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.instance.PutAttributes;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.AwsVpcConfiguration;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.NetworkConfiguration;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.PutAttributesRequest;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What RunTask does with constraints, strategies and what instances have left, case by case. */
class PlacementCasesTest {
  private static final String REMOTE_API = "com.amazonaws.ecs.capability.docker-remote-api.1.18";

  private final Yard yard = new Yard();

  private static UnaryOperator<RunTaskRequest.Builder> memberOf(String expression) {
    return request ->
        request.placementConstraints(List.of(new PlacementConstraint("memberOf", expression)));
  }

  private static PlacementStrategy spread(String field) {
    return new PlacementStrategy("spread", field);
  }

  private static List<String> hosts(RunTaskResponse response) {
    return known(response.tasks()).stream()
        .map(task -> known(task.containerInstanceArn()))
        .toList();
  }

  private static List<String> reasons(RunTaskResponse response) {
    return known(response.failures()).stream().map(failure -> known(failure.reason())).toList();
  }

  @Test
  void spread_over_host_is_spread_over_instance_id() {
    yard.instance();
    yard.instance();
    yard.instance();
    yard.define("app", Yard.app().build());
    for (String field : List.of("host", "HOST", "instanceId")) {
      for (int call = 0; call < 5; call++) {
        String group = field + call;
        RunTaskResponse response =
            yard.run(
                "app",
                request -> request.count(3).group(group).placementStrategy(List.of(spread(field))));
        assertThat(hosts(response)).as(field).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void five_strategies_narrow_the_choice_one_after_the_other() {
    String other = yard.instance("us-east-1a", 1024, 1024);
    String best = yard.instance("us-east-1b", 512, 1024);
    String second = yard.instance("us-east-1b", 512, 2048);
    String third = yard.instance("us-east-1b", 1024, 512);
    yard.define("app", Yard.app().cpu(0).memory(8).build());
    yard.run("app", memberOf("attribute:ecs.availability-zone == us-east-1a"));
    List<PlacementStrategy> five =
        List.of(
            spread("attribute:ecs.availability-zone"),
            spread("attribute:nothing"),
            spread("instanceId"),
            new PlacementStrategy("binpack", "cpu"),
            new PlacementStrategy("binpack", "memory"));
    List<String> placed = new ArrayList<>();
    for (int call = 0; call < 5; call++) {
      placed.addAll(hosts(yard.run("app", request -> request.placementStrategy(five))));
    }
    assertThat(placed).containsExactly(best, second, other, third, other);
  }

  @Test
  void ten_constraints_are_allowed_with_those_of_the_task_definition() {
    yard.instance();
    var ofDefinition = new TaskDefinitionPlacementConstraint("memberOf", "runningTasksCount >= 0");
    yard.define(
        "app", definition -> definition.placementConstraints(Collections.nCopies(6, ofDefinition)));
    PlacementConstraint distinct = new PlacementConstraint("distinctInstance", null);
    assertThat(
            yard.run(
                    "app",
                    request -> request.placementConstraints(Collections.nCopies(4, distinct)))
                .tasks())
        .hasSize(1);
    assertThatThrownBy(() ->
            yard.run(
                "app", request -> request.placementConstraints(Collections.nCopies(5, distinct))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("At most 10 placement constraints");
  }

  @Test
  void strategies_and_constraints_are_refused_on_fargate() {
    yard.define("app", Yard.app().build());
    for (UnaryOperator<RunTaskRequest.Builder> with :
        List.<UnaryOperator<RunTaskRequest.Builder>>of(
            request -> request.placementStrategy(List.of(spread("instanceId"))),
            memberOf("attribute:a exists"))) {
      assertThatThrownBy(
              () -> yard.run("app", request -> with.apply(request.launchType("FARGATE"))))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessage(
              "Placement strategies and constraints are not supported with the FARGATE launch"
                  + " type.");
    }
  }

  @Test
  void each_examined_instance_is_a_failure_by_its_own_cause() {
    Map<String, String> causes = new LinkedHashMap<>();
    PortMapping port = PortMapping.builder().containerPort(80).hostPort(80).protocol("tcp").build();
    yard.define("web", Yard.app().portMappings(List.of(port)).build());
    causes.put(privileged("prod"), "RESOURCE:PORTS");
    yard.run("web");
    causes.put(yard.instance("us-east-1a", 32, 4096), "RESOURCE:CPU");
    causes.put(yard.instance("us-east-1a", 1024, 100), "RESOURCE:MEMORY");
    causes.put(yard.registered(request -> request), "AGENT");
    causes.put(yard.instance(), "ATTRIBUTE");
    causes.put(privileged("test"), "MemberOf placement constraint unsatisfied.");
    yard.define("app", Yard.app().cpu(64).privileged(true).portMappings(List.of(port)).build());
    RunTaskResponse response = yard.run("app", memberOf("attribute:stack == nothing"));
    Map<String, String> told = new LinkedHashMap<>();
    for (Failure failure : known(response.failures())) {
      told.put(known(failure.arn()), known(failure.reason()));
    }
    assertThat(told).containsExactlyInAnyOrderEntriesOf(causes);
    assertThat(told.values()).last().isEqualTo("AGENT");
  }

  private String privileged(String stack) {
    return yard.instance(request ->
        request.attributes(
            List.of(
                Yard.attribute("com.amazonaws.ecs.capability.privileged-container", ""),
                Yard.attribute("stack", stack))));
  }

  @Test
  void a_task_with_an_interface_of_its_own_takes_no_port_of_its_instance() {
    List<Resource> resources = new ArrayList<>(Yard.resources(1024, 1024));
    resources.add(Resource.builder().name("ENI").type("INTEGER").integerValue(2).build());
    yard.instance(request ->
        request
            .totalResources(resources)
            .attributes(
                List.of(
                    Yard.attribute("ecs.capability.task-eni", ""),
                    Yard.attribute(REMOTE_API, ""))));
    PortMapping port = PortMapping.builder().containerPort(22).build();
    yard.define(
        "vpc",
        definition ->
            definition
                .networkMode("awsvpc")
                .containerDefinitions(List.of(Yard.app().portMappings(List.of(port)).build())));
    NetworkConfiguration network =
        new NetworkConfiguration(
            AwsVpcConfiguration.builder().subnets(List.of("subnet-1")).build());
    RunTaskResponse response =
        yard.run("vpc", request -> request.count(2).networkConfiguration(network));
    assertThat(response.tasks()).hasSize(2);
    assertThat(response.failures()).isEmpty();
  }

  @Test
  void an_instance_has_a_hundred_reserved_ports_at_most() {
    yard.instance();
    List<PortMapping> most = new ArrayList<>();
    for (int port = 1000; port < 1095; port++) {
      most.add(PortMapping.builder().containerPort(port).hostPort(port).protocol("tcp").build());
    }
    yard.define("many", Yard.app().portMappings(most).build());
    PortMapping dns = PortMapping.builder().containerPort(53).hostPort(53).protocol("udp").build();
    yard.define("dns", Yard.app().portMappings(List.of(dns)).build());
    String many = yard.run("many");
    assertThat(reasons(yard.run("dns", request -> request))).containsExactly("RESOURCE:PORTS");
    yard.report(many, "STOPPED");
    assertThat(yard.run("dns", request -> request).tasks()).hasSize(1);
  }

  @Test
  void a_task_keeps_running_when_its_expression_no_longer_means_its_instance() {
    String arn = yard.instance();
    yard.define("app", Yard.app().build());
    stack(arn, "prod");
    String task =
        known(
            known(yard.run("app", memberOf("attribute:stack == prod")).tasks())
                .getFirst()
                .taskArn());
    yard.report(task, "RUNNING");
    stack(arn, "test");
    yard.harbour.advance(Duration.ofMinutes(1));
    assertThat(yard.row(task).desiredStatus()).isEqualTo("RUNNING");
    assertThat(reasons(yard.run("app", memberOf("attribute:stack == prod"))))
        .containsExactly("MemberOf placement constraint unsatisfied.");
  }

  private void stack(String instance, String value) {
    yard.harbour.call(
        new PutAttributes(),
        PutAttributesRequest.builder()
            .attributes(List.of(new Attribute("stack", value, null, instance)))
            .build());
  }

  @Test
  void without_strategies_no_instance_is_preferred() {
    Map<String, Integer> drawn = new LinkedHashMap<>();
    for (int at = 0; at < 4; at++) {
      drawn.put(yard.instance("us-east-1a", 1024 * (at + 1), 1024 * (at + 4)), 0);
    }
    yard.define("app", Yard.app().memory(8).build());
    for (int call = 0; call < 40; call++) {
      hosts(yard.run("app", request -> request.count(10)))
          .forEach(host -> drawn.merge(host, 1, Integer::sum));
    }
    assertThat(drawn).hasSize(4).allSatisfy((host, tasks) -> assertThat(tasks).isBetween(60, 140));
  }
}
