package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Harbour;
import dev.longshore.core.Yard;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.cluster.DeleteCluster;
import dev.longshore.core.instance.UpdateContainerInstancesState;
import dev.longshore.core.model.Task;
import dev.longshore.core.taskdefinition.DeregisterTaskDefinition;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.AwsVpcConfiguration;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.DeregisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.NetworkConfiguration;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RunTaskTest {
  private final Yard yard = new Yard();

  @Test
  void run_task_with_count_0_or_11_is_invalid() {
    yard.define("app", Yard.app().build());
    for (int count : List.of(-1, 0, 11)) {
      assertInvalid("app", request -> request.count(count), "count must be between 1 and 10.");
    }
  }

  @Test
  void run_task_with_count_10_where_only_7_fit_gives_7_tasks_and_3_failures() {
    String instance = yard.instance("us-east-1a", 7 * 256 + 255, 4096);
    yard.define("app", Yard.app().cpu(256).build());
    RunTaskResponse response = yard.run("app", request -> request.count(10));
    assertThat(response.tasks()).hasSize(7);
    assertThat(response.failures()).hasSize(3);
    assertThat(response.failures())
        .allMatch(failure -> "RESOURCE:CPU".equals(failure.reason()))
        .allMatch(failure -> instance.equals(failure.arn()));
  }

  @Test
  void a_sum_of_sizes_beyond_all_bounds_is_more_than_an_instance_has_and_not_less_than_nothing() {
    yard.instance();
    int most = Integer.MAX_VALUE;
    yard.define("fast", Yard.app().cpu(most).build(), Yard.container("b").cpu(most).build());
    yard.define("fat", Yard.app().memory(most).build(), Yard.container("b").memory(most).build());
    assertThat(reasons(yard.run("fast", request -> request))).containsExactly("RESOURCE:CPU");
    assertThat(reasons(yard.run("fat", request -> request))).containsExactly("RESOURCE:MEMORY");
  }

  @Test
  void a_failure_stands_for_each_examined_instance() {
    String small = yard.instance("us-east-1a", 100, 4096);
    String poor = yard.instance("us-east-1b", 4096, 100);
    String offline = yard.registered(request -> request);
    yard.define("app", Yard.app().cpu(256).build());
    RunTaskResponse response = yard.run("app", request -> request);
    assertThat(response.tasks()).isEmpty();
    assertThat(response.failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactlyInAnyOrder(
            tuple(small, "RESOURCE:CPU"), tuple(poor, "RESOURCE:MEMORY"), tuple(offline, "AGENT"));
  }

  @Test
  void neither_launch_type_nor_strategy_and_no_cluster_default_means_launch_type_ec2() {
    yard.instance();
    yard.define("app", Yard.app().build());
    assertThat(yard.describe(yard.run("app")).launchType()).isEqualTo("EC2");
  }

  @Test
  void both_launch_type_and_capacity_provider_strategy_are_invalid() {
    yard.define("app", Yard.app().build());
    assertInvalid(
        "app",
        request ->
            request
                .launchType("EC2")
                .capacityProviderStrategy(
                    List.of(new CapacityProviderStrategyItem("FARGATE", 1, 0))),
        "Specify either Launch Type or Capacity Provider Strategy, but not both.");
  }

  @Test
  void a_strategy_may_not_name_a_provider_that_the_cluster_lacks() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() ->
            yard.run(
                "app",
                request ->
                    request.capacityProviderStrategy(
                        List.of(new CapacityProviderStrategyItem("mine", 1, 0)))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster.");
  }

  @Test
  void an_unknown_launch_type_is_refused() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app", request -> request.launchType("MOON")))
        .isInstanceOf(ClientException.class)
        .hasMessage("launch type should be one of [EC2,FARGATE,EXTERNAL]");
  }

  @Test
  void run_task_with_a_family_only_uses_the_latest_active_revision_and_group_family() {
    yard.instance();
    String first = yard.define("app", Yard.app().build());
    String second = yard.define("app", Yard.app().build());
    Task task = yard.row(yard.run("app"));
    assertThat(task.taskDefinitionArn()).isEqualTo(second);
    assertThat(task.group()).isEqualTo("family:app");
    yard.harbour.call(new DeregisterTaskDefinition(), new DeregisterTaskDefinitionRequest(second));
    assertThat(yard.row(yard.run("app")).taskDefinitionArn()).isEqualTo(first);
    assertInvalid(second, request -> request, "TaskDefinition is inactive");
  }

  @Test
  void an_unknown_task_definition_is_refused() {
    yard.instance();
    assertThatThrownBy(() -> yard.run("nope"))
        .isInstanceOf(ClientException.class)
        .hasMessage("TaskDefinition not found.");
  }

  @Test
  void run_task_with_no_cluster_and_no_default_finds_no_cluster() {
    Harbour empty = new Harbour();
    RunTaskRequest request = RunTaskRequest.builder().taskDefinition("app").build();
    assertThatThrownBy(() -> empty.call(new RunTask(), request))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessage("Cluster not found.");
  }

  @Test
  void run_task_on_the_inactive_cluster_finds_it_inactive() {
    yard.harbour.call(new DeleteCluster(), new DeleteClusterRequest("default"));
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app"))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessage("The referenced cluster was inactive.");
  }

  @Test
  void a_cluster_without_registered_instances_is_no_place_for_tasks() {
    yard.define("app", Yard.app().build());
    assertInvalid("app", request -> request, "No Container Instances were found in your cluster.");
  }

  @Test
  void where_all_registered_instances_are_draining_no_container_instances_are_found() {
    String arn = yard.instance();
    yard.harbour.call(
        new UpdateContainerInstancesState(),
        UpdateContainerInstancesStateRequest.builder()
            .containerInstances(List.of(arn))
            .status("DRAINING")
            .build());
    yard.define("app", Yard.app().build());
    assertInvalid("app", request -> request, "No Container Instances were found in your cluster.");
  }

  @Test
  void an_instance_whose_agent_is_offline_gives_the_failure_agent() {
    String arn = yard.instance();
    yard.connect(arn, false);
    yard.define("app", Yard.app().build());
    assertThat(reasons(yard.run("app", request -> request))).containsExactly("AGENT");
  }

  @Test
  void a_task_arn_names_cluster_and_32_hex_digits() {
    yard.harbour.call(
        new CreateCluster(), CreateClusterRequest.builder().clusterName("prod").build());
    yard.instance(request -> request.cluster("prod"));
    yard.define("app", Yard.app().build());
    RunTaskResponse response = yard.run("app", request -> request.cluster("prod"));
    assertThat(known(response.tasks()).getFirst().taskArn())
        .matches("^arn:aws:ecs:[a-z0-9-]+:\\d{12}:task/prod/[0-9a-f]{32}$");
    assertThat(known(known(response.tasks()).getFirst().containers()).getFirst().containerArn())
        .matches("^arn:aws:ecs:[a-z0-9-]+:\\d{12}:container/prod/[0-9a-f]{32}/[0-9a-f-]{36}$");
  }

  @Test
  void a_task_without_a_required_attribute_on_the_instance_fails_with_attribute() {
    yard.instance();
    yard.define(
        "app",
        definition ->
            definition.containerDefinitions(List.of(Yard.app().privileged(true).build())));
    assertThat(reasons(yard.run("app", request -> request))).containsExactly("ATTRIBUTE");
    yard.instance(request ->
        request.attributes(
            List.of(
                Attribute.builder()
                    .name("com.amazonaws.ecs.capability.privileged-container")
                    .build())));
    assertThat(yard.run("app", request -> request).failures()).isEmpty();
  }

  @Test
  void an_external_task_goes_to_external_instances_only() {
    yard.instance();
    yard.define("app", Yard.app().build());
    assertInvalid(
        "app",
        request -> request.launchType("EXTERNAL"),
        "No Container Instances were found in your cluster.");
    String external =
        yard.instance(request ->
            request.attributes(
                List.of(Attribute.builder().name("ecs.capability.external").build())));
    RunTaskResponse response = yard.run("app", request -> request.launchType("EXTERNAL").count(5));
    assertThat(response.tasks())
        .hasSize(5)
        .allMatch(task -> external.equals(task.containerInstanceArn()))
        .allMatch(task -> "EXTERNAL".equals(task.launchType()));
  }

  @Test
  void fargate_is_told_to_have_no_room_yet() {
    yard.instance();
    yard.define(
        "web",
        definition ->
            definition
                .requiresCompatibilities(List.of("FARGATE"))
                .networkMode("awsvpc")
                .cpu("256")
                .memory("512"));
    RunTaskResponse response =
        yard.run(
            "web", request -> request.launchType("FARGATE").count(2).networkConfiguration(vpc()));
    assertThat(response.tasks()).isEmpty();
    assertThat(reasons(response)).containsExactly("RESOURCE:FARGATE", "RESOURCE:FARGATE");
    yard.define("app", Yard.app().build());
    assertInvalid(
        "app",
        request -> request.launchType("FARGATE"),
        "Task definition does not support launch_type FARGATE.");
  }

  @Test
  void awsvpc_needs_a_network_configuration_and_nothing_else_may_have_one() {
    yard.instance();
    yard.define("vpc", definition -> definition.networkMode("awsvpc"));
    yard.define("app", Yard.app().build());
    assertInvalid(
        "vpc",
        request -> request,
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    assertInvalid(
        "vpc",
        request ->
            request.networkConfiguration(
                new NetworkConfiguration(AwsVpcConfiguration.builder().subnets(List.of()).build())),
        "subnets can not be empty.");
    assertInvalid(
        "app",
        request -> request.networkConfiguration(vpc()),
        "Network Configuration is not valid for the given networkMode of this task definition.");
  }

  @Test
  void group_and_started_by_are_kept_and_the_namespace_of_services_is_reserved() {
    yard.instance();
    yard.define("app", Yard.app().build());
    RunTaskResponse response =
        yard.run("app", request -> request.group("mine").startedBy("me/and_you-2"));
    Task task = yard.row(known(known(response.tasks()).getFirst().taskArn()));
    assertThat(task.group()).isEqualTo("mine");
    assertThat(task.startedBy()).isEqualTo("me/and_you-2");
    for (UnaryOperator<RunTaskRequest.Builder> wrong :
        List.<UnaryOperator<RunTaskRequest.Builder>>of(
            request -> request.group("service:web"),
            request -> request.group("g".repeat(256)),
            request -> request.startedBy("s".repeat(129)),
            request -> request.startedBy("a b"))) {
      assertThatThrownBy(() -> yard.run("app", wrong))
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void propagate_tags_service_is_invalid_on_run_task() {
    yard.instance();
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app", request -> request.propagateTags("SERVICE")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void explicit_tags_beat_those_of_the_definition_and_managed_ones_are_added() {
    yard.instance();
    yard.define(
        "app", definition -> definition.tags(List.of(new Tag("a", "1"), new Tag("b", "1"))));
    RunTaskResponse response =
        yard.run(
            "app",
            request ->
                request
                    .propagateTags("TASK_DEFINITION")
                    .enableECSManagedTags(true)
                    .tags(List.of(new Tag("a", "2"))));
    assertThat(known(response.tasks()).getFirst().tags())
        .containsExactlyInAnyOrder(
            new Tag("a", "2"), new Tag("b", "1"), new Tag("aws:ecs:clusterName", "default"));
    assertThat(yard.row(yard.run("app")).tags()).isEmpty();
  }

  @Test
  void the_execute_command_flag_needs_a_task_role() {
    yard.instance();
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> yard.run("app", request -> request.enableExecuteCommand(true)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("taskRoleArn");
  }

  @Test
  void a_platform_version_is_for_fargate_only() {
    yard.instance();
    yard.define("app", Yard.app().build());
    assertInvalid(
        "app",
        request -> request.platformVersion("LATEST"),
        "The platform version must be null when specifying an EC2 launch type.");
  }

  @Test
  void a_new_task_shows_all_that_is_known_of_it() {
    String instance =
        yard.instance(request ->
            request.attributes(
                List.of(
                    Yard.attribute("ecs.availability-zone", "us-east-1c"),
                    capability("docker-remote-api.1.21"))));
    yard.define("app", Yard.app().cpu(64).memoryReservation(64).build());
    RunTaskResponse response = yard.run("app", request -> request);
    dev.longshore.shapes.ecs.Task task = known(response.tasks()).getFirst();
    assertThat(task.lastStatus()).isEqualTo("PENDING");
    assertThat(task.desiredStatus()).isEqualTo("RUNNING");
    assertThat(task.containerInstanceArn()).isEqualTo(instance);
    assertThat(task.availabilityZone()).isEqualTo("us-east-1c");
    assertThat(task.cpu()).isEqualTo("64");
    assertThat(task.memory()).isEqualTo("64");
    assertThat(task.healthStatus()).isEqualTo("UNKNOWN");
    assertThat(task.connectivity()).isEqualTo("CONNECTED");
    assertThat(task.version()).isEqualTo(1);
    assertThat(task.createdAt()).isEqualTo(yard.harbour.now());
    assertThat(task.startedAt()).isNull();
    assertThat(task.attributes()).containsExactly(Yard.attribute("ecs.cpu-architecture", "x86_64"));
    dev.longshore.shapes.ecs.Container container = known(task.containers()).getFirst();
    assertThat(container.lastStatus()).isEqualTo("PENDING");
    assertThat(container.cpu()).isEqualTo("64");
    assertThat(container.memory()).isEqualTo("128");
    assertThat(container.memoryReservation()).isEqualTo("64");
    assertThat(container.exitCode()).isNull();
  }

  private void assertInvalid(
      String definition, UnaryOperator<RunTaskRequest.Builder> with, String message) {
    assertThatThrownBy(() -> yard.run(definition, with))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage(message);
  }

  private static List<String> reasons(RunTaskResponse response) {
    return known(response.failures()).stream().map(failure -> known(failure.reason())).toList();
  }

  private static Attribute capability(String name) {
    return Attribute.builder().name("com.amazonaws.ecs.capability." + name).build();
  }

  private static NetworkConfiguration vpc() {
    return new NetworkConfiguration(
        AwsVpcConfiguration.builder().subnets(List.of("subnet-1")).build());
  }
}
