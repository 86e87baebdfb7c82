package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.instance.DescribeContainerInstances;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.AwsVpcConfiguration;
import dev.longshore.shapes.ecs.DescribeContainerInstancesRequest;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.NetworkBinding;
import dev.longshore.shapes.ecs.NetworkConfiguration;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TaskPlacementTest {
  private static final PlacementConstraint DISTINCT =
      PlacementConstraint.builder().type("distinctInstance").build();

  private final Yard yard = new Yard();

  @Test
  void run_task_with_6_strategies_or_11_constraints_is_invalid() {
    yard.define("app", Yard.app().build());
    assertInvalid(request -> request.placementStrategy(Collections.nCopies(6, spread("host"))));
    assertInvalid(request -> request.placementConstraints(Collections.nCopies(11, DISTINCT)));
    yard.instance();
    RunTaskResponse most =
        yard.run(
            "app",
            request ->
                request
                    .placementStrategy(Collections.nCopies(5, spread("host")))
                    .placementConstraints(Collections.nCopies(10, DISTINCT)));
    assertThat(most.tasks()).hasSize(1);
  }

  @Test
  void a_member_of_expression_of_2001_characters_is_invalid() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app", memberOf("x".repeat(2001))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("2000");
  }

  @Test
  void distinct_instance_with_an_expression_and_member_of_without_are_invalid() {
    yard.define("app", Yard.app().build());
    assertInvalid(request ->
        request.placementConstraints(
            List.of(new PlacementConstraint("distinctInstance", "x == y"))));
    assertInvalid(request ->
        request.placementConstraints(
            List.of(PlacementConstraint.builder().type("memberOf").build())));
    assertInvalid(
        request -> request.placementConstraints(List.of(new PlacementConstraint("near", null))));
  }

  @Test
  void run_task_with_member_of_that_means_no_instance_fails_by_that_constraint() {
    String arn = yard.instance();
    yard.define("app", Yard.app().build());
    RunTaskResponse response = yard.run("app", memberOf("attribute:stack == prod"));
    assertThat(known(response.tasks())).isEmpty();
    assertThat(known(response.failures()))
        .containsExactly(
            Failure.builder()
                .arn(arn)
                .reason("MemberOf placement constraint unsatisfied.")
                .build());
  }

  @Test
  void run_task_with_member_of_takes_an_instance_that_it_means() {
    yard.instance("us-east-1a", Yard.CPU, Yard.MEMORY);
    String wanted = yard.instance("us-east-1b", Yard.CPU, Yard.MEMORY);
    yard.define("app", Yard.app().build());
    for (int call = 0; call < 5; call++) {
      var task =
          known(yard.run("app", memberOf("attribute:ecs.availability-zone == us-east-1b")).tasks());
      assertThat(task.getFirst().containerInstanceArn()).isEqualTo(wanted);
    }
  }

  @Test
  void a_constraint_of_the_task_definition_is_binding_too() {
    String arn = yard.instance();
    yard.define(
        "app",
        request ->
            request.placementConstraints(
                List.of(
                    new TaskDefinitionPlacementConstraint(
                        "memberOf", "attribute:ecs.availability-zone == us-east-1b"))));
    assertThat(known(yard.run("app", request -> request).failures()))
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(tuple(arn, "MemberOf placement constraint unsatisfied."));
  }

  @Test
  void task_group_keeps_tasks_away_from_those_of_another_group_or_near_them() {
    String first = yard.instance();
    String second = yard.instance();
    yard.define("app", Yard.app().build());
    yard.define("other", Yard.app().build());
    String host = known(yard.row(yard.run("app")).containerInstanceArn());
    String rest = host.equals(first) ? second : first;
    for (int call = 0; call < 3; call++) {
      assertThat(hosts(yard.run("other", memberOf("not(task:group == family:app)"))))
          .containsExactly(rest);
      assertThat(hosts(yard.run("other", memberOf("task:group == family:app"))))
          .containsExactly(host);
    }
  }

  private static List<String> hosts(RunTaskResponse response) {
    return known(response.tasks()).stream()
        .map(task -> known(task.containerInstanceArn()))
        .toList();
  }

  @Test
  void an_expression_that_is_none_is_refused_with_the_position_of_the_fault() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app", memberOf("attribute:stack ==")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("Invalid expression");
  }

  @Test
  void strategies_without_or_with_a_wrong_field_are_invalid() {
    yard.define("app", Yard.app().build());
    for (PlacementStrategy wrong :
        List.of(
            new PlacementStrategy("spread", null),
            new PlacementStrategy("spread", "memory"),
            new PlacementStrategy("spread", "attribute:"),
            new PlacementStrategy("binpack", "instanceId"),
            new PlacementStrategy("pile", null))) {
      assertInvalid(request -> request.placementStrategy(List.of(wrong)));
    }
    yard.instance();
    for (PlacementStrategy right :
        List.of(
            new PlacementStrategy("random", "ignored"),
            new PlacementStrategy("spread", "INSTANCEID"),
            new PlacementStrategy("spread", "Attribute:ecs.availability-zone"),
            new PlacementStrategy("binpack", "MEMORY"))) {
      assertThat(yard.run("app", request -> request.placementStrategy(List.of(right))).tasks())
          .hasSize(1);
    }
  }

  @Test
  void run_task_with_group_g_twice_and_distinct_instance_on_one_instance_fails_the_second() {
    yard.instance();
    yard.define("app", Yard.app().build());
    UnaryOperator<RunTaskRequest.Builder> distinct =
        request -> request.group("g").placementConstraints(List.of(DISTINCT));
    assertThat(yard.run("app", distinct).failures()).isEmpty();
    assertThat(reasons(yard.run("app", distinct)))
        .containsExactly("DistinctInstance placement constraint unsatisfied.");
    assertThat(yard.run("app", request -> distinct.apply(request).group("h")).failures()).isEmpty();
  }

  @Test
  void an_old_task_with_desired_stopped_that_is_still_stopping_leaves_the_instance_usable() {
    yard.instance();
    yard.define("app", Yard.app().build());
    String old = yard.run("app");
    yard.report(old, "RUNNING");
    yard.harbour.call(new StopTask(), StopTaskRequest.builder().task(old).build());
    yard.harbour.call(new ReportToldToStop(), new ReportToldToStop.Report(List.of(old)));
    assertThat(yard.row(old).lastStatus().name()).isEqualTo("STOPPING");
    assertThat(yard.run("app", request -> request.placementConstraints(List.of(DISTINCT))).tasks())
        .hasSize(1);
  }

  @Test
  void the_copies_of_one_call_see_each_other() {
    yard.instance();
    yard.instance();
    yard.define("app", Yard.app().build());
    for (List<PlacementStrategy> strategies :
        List.of(List.<PlacementStrategy>of(), List.of(spread("instanceId")))) {
      RunTaskResponse response =
          yard.run(
              "app",
              request ->
                  request
                      .group("g" + strategies.size())
                      .count(3)
                      .placementStrategy(strategies)
                      .placementConstraints(List.of(DISTINCT)));
      assertThat(response.tasks()).hasSize(2);
      assertThat(response.failures()).hasSize(2);
    }
  }

  @Test
  void of_two_tasks_with_host_port_80_tcp_on_1_instance_the_second_fails_and_80_udp_succeeds() {
    yard.instance();
    yard.define("http", Yard.app().portMappings(List.of(port(80, 80, "tcp"))).build());
    yard.define("dns", Yard.app().portMappings(List.of(port(80, 80, "udp"))).build());
    String first = yard.run("http");
    assertThat(reasons(yard.run("http", request -> request))).containsExactly("RESOURCE:PORTS");
    assertThat(yard.run("dns", request -> request).tasks()).hasSize(1);
    yard.report(first, "STOPPED");
    assertThat(yard.run("http", request -> request).tasks()).hasSize(1);
  }

  @Test
  void host_port_22_is_reserved() {
    yard.instance();
    yard.define("ssh", Yard.app().portMappings(List.of(port(22, 22, "tcp"))).build());
    assertThat(reasons(yard.run("ssh", request -> request))).containsExactly("RESOURCE:PORTS");
  }

  @Test
  void in_host_mode_the_container_port_is_the_host_port() {
    yard.instance();
    yard.define(
        "host",
        definition ->
            definition
                .networkMode("host")
                .containerDefinitions(
                    List.of(
                        Yard.app()
                            .portMappings(
                                List.of(PortMapping.builder().containerPort(8080).build()))
                            .build())));
    assertThat(yard.run("host", request -> request).tasks()).hasSize(1);
    assertThat(reasons(yard.run("host", request -> request))).containsExactly("RESOURCE:PORTS");
  }

  @Test
  void container_memory_2000_with_reservation_500_on_600_free_is_placed() {
    yard.instance(request ->
        request
            .totalResources(Yard.resources(1024, 600))
            .attributes(
                List.of(
                    Yard.attribute("com.amazonaws.ecs.capability.docker-remote-api.1.21", ""))));
    yard.define("app", Yard.app().memory(2000).memoryReservation(500).build());
    assertThat(yard.run("app", request -> request).tasks()).hasSize(1);
  }

  @Test
  void task_memory_1024_with_containers_unset_on_1000_free_fails_by_memory() {
    yard.instance("us-east-1a", 1024, 1000);
    yard.define(
        "app",
        definition ->
            definition
                .memory("1024")
                .containerDefinitions(List.of(Yard.app().memory(null).build())));
    assertThat(reasons(yard.run("app", request -> request))).containsExactly("RESOURCE:MEMORY");
  }

  @Test
  void three_dynamic_port_tasks_share_an_instance_show_their_ports_and_leave_ports_unchanged() {
    String arn = yard.instance();
    yard.define("web", Yard.app().portMappings(List.of(port(80, 0, "tcp"))).build());
    List<String> before = ports(arn);
    RunTaskResponse response = yard.run("web", request -> request.count(3));
    List<Integer> shown = new ArrayList<>();
    int hostPort = 32_768;
    for (dev.longshore.shapes.ecs.Task task : known(response.tasks())) {
      NetworkBinding binding =
          NetworkBinding.builder().containerPort(80).hostPort(hostPort++).build();
      yard.report(
          known(task.taskArn()),
          report ->
              report
                  .status("RUNNING")
                  .containers(
                      List.of(
                          Yard.change("app", "RUNNING").toBuilder()
                              .networkBindings(List.of(binding))
                              .build())));
      var container = known(yard.describe(known(task.taskArn())).containers()).getFirst();
      shown.add(known(known(container.networkBindings()).getFirst().hostPort()));
    }
    assertThat(shown).containsExactly(32_768, 32_769, 32_770);
    assertThat(ports(arn)).isEqualTo(before).contains("22").doesNotContain("32768");
  }

  private List<String> ports(String arn) {
    var request =
        DescribeContainerInstancesRequest.builder().containerInstances(List.of(arn)).build();
    var answer = yard.harbour.ask(new DescribeContainerInstances(), request);
    List<Resource> remaining =
        known(known(answer.containerInstances()).getFirst().remainingResources());
    return remaining.stream()
        .filter(resource -> "PORTS".equals(resource.name()))
        .flatMap(resource -> known(resource.stringSetValue()).stream())
        .toList();
  }

  @Test
  void gpus_are_pinned_to_the_containers_that_ask_for_them() {
    yard.instance(request -> request.platformDevices(Yard.gpus("g0", "g1", "g2")));
    ResourceRequirement two = new ResourceRequirement("2", "GPU");
    ResourceRequirement one = new ResourceRequirement("1", "GPU");
    yard.define(
        "gpu",
        Yard.app().resourceRequirements(List.of(two)).build(),
        Yard.container("side").resourceRequirements(List.of(one)).build());
    Task task = yard.row(yard.run("gpu"));
    assertThat(task.containers().get(0).gpuIds()).containsExactly("g0", "g1");
    assertThat(task.containers().get(1).gpuIds()).containsExactly("g2");
    assertThat(reasons(yard.run("gpu", request -> request))).containsExactly("RESOURCE:GPU");
  }

  @Test
  void a_task_with_an_interface_of_its_own_needs_a_free_slot() {
    List<Resource> resources = new ArrayList<>(Yard.resources(1024, 1024));
    resources.add(Resource.builder().name("ENI").type("INTEGER").integerValue(1).build());
    yard.instance(request ->
        request
            .totalResources(resources)
            .attributes(
                List.of(
                    Yard.attribute("ecs.capability.task-eni", ""),
                    Yard.attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", ""))));
    yard.define("vpc", definition -> definition.networkMode("awsvpc"));
    NetworkConfiguration network =
        new NetworkConfiguration(
            AwsVpcConfiguration.builder().subnets(List.of("subnet-1")).build());
    RunTaskResponse response =
        yard.run("vpc", request -> request.count(2).networkConfiguration(network));
    assertThat(response.tasks()).hasSize(1);
    assertThat(reasons(response)).containsExactly("RESOURCE:ENI");
  }

  @Test
  void a_service_without_strategy_spreads_over_zones_and_then_instances() {
    String a1 = yard.instance("us-east-1a", 2048, 4096);
    String a2 = yard.instance("us-east-1a", 2048, 4096);
    String b1 = yard.instance("us-east-1b", 2048, 4096);
    yard.define("app", Yard.app().cpu(64).build());
    Map<String, Integer> counts = new TreeMap<>();
    yard.harbour.edit(draft -> {
      TaskLauncher launcher = new TaskLauncher(draft, servicePlan(), yard.harbour.context());
      for (int copy = 0; copy < 4; copy++) {
        Task task = known(launcher.launch());
        counts.merge(known(task.containerInstanceArn()), 1, Integer::sum);
      }
    });
    assertThat(counts).containsOnly(Map.entry(a1, 1), Map.entry(a2, 1), Map.entry(b1, 2));
  }

  @Test
  void the_closest_refusal_names_the_instance_that_passed_most_stages() {
    yard.instance("us-east-1a", 32, 4096);
    String close = yard.instance("us-east-1b", 2048, 100);
    yard.registered(request -> request);
    yard.define("app", Yard.app().cpu(64).build());
    yard.harbour.edit(draft -> {
      TaskLauncher launcher = new TaskLauncher(draft, servicePlan(), yard.harbour.context());
      assertThat(launcher.launch()).isNull();
      Refusal closest = launcher.refusals(1).getFirst();
      assertThat(closest.instance().arn()).isEqualTo(close);
      assertThat(closest.obstacle().reason()).isEqualTo("RESOURCE:MEMORY");
    });
  }

  private TaskPlan servicePlan() {
    var state = yard.harbour.state();
    return new TaskPlan(
        known(state.find(Cluster.KIND, yard.harbour.place().ecs("cluster/default"))),
        TaskDefinitions.find(state, yard.harbour.context(), "app").orElseThrow(),
        null,
        "EC2",
        "service:web",
        "ecs-svc/1234567890123456789",
        yard.harbour.place().ecs("service/default/web"),
        List.of(),
        false,
        PlacementRules.ANY.orEven());
  }

  private static UnaryOperator<RunTaskRequest.Builder> memberOf(String expression) {
    return request ->
        request.placementConstraints(List.of(new PlacementConstraint("memberOf", expression)));
  }

  private static PlacementStrategy spread(String field) {
    return new PlacementStrategy("spread", field);
  }

  private static PortMapping port(int containerPort, int hostPort, String protocol) {
    return PortMapping.builder()
        .containerPort(containerPort)
        .hostPort(hostPort)
        .protocol(protocol)
        .build();
  }

  private void assertInvalid(UnaryOperator<RunTaskRequest.Builder> with) {
    assertThatThrownBy(() -> yard.run("app", with)).isInstanceOf(InvalidParameterException.class);
  }

  private static List<String> reasons(RunTaskResponse response) {
    return known(response.failures()).stream().map(failure -> known(failure.reason())).toList();
  }
}
