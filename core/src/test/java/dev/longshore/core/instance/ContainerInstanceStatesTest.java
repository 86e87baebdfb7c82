package dev.longshore.core.instance;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.task.StopTask;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerInstance;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceResponse;
import dev.longshore.shapes.ecs.DescribeContainerInstancesRequest;
import dev.longshore.shapes.ecs.DescribeContainerInstancesResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListContainerInstancesRequest;
import dev.longshore.shapes.ecs.ListContainerInstancesResponse;
import dev.longshore.shapes.ecs.NoUpdateAvailableException;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.UpdateContainerAgentRequest;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateRequest;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateResponse;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ContainerInstanceStatesTest {
  private final Yard yard = new Yard();

  @Test
  void update_container_instances_state_inactive_names_active_and_draining() {
    String arn = yard.instance();
    assertThatThrownBy(() -> update("INACTIVE", arn))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Container instance status should be one of [ACTIVE, DRAINING]");
  }

  @Test
  void draining_and_active_again_are_shown_and_repeating_changes_nothing() {
    String arn = yard.instance();
    assertThat(known(update("DRAINING", arn).containerInstances()).getFirst().status())
        .isEqualTo("DRAINING");
    long version = yard.instanceRow(arn).version();
    update("DRAINING", arn);
    assertThat(yard.instanceRow(arn).version()).isEqualTo(version);
    update("ACTIVE", arn);
    assertThat(describe(arn).status()).isEqualTo("ACTIVE");
  }

  @Test
  void of_several_instances_those_that_are_not_there_are_failures() {
    String arn = yard.instance();
    String gone = yard.instance();
    deregister(gone, false);
    UpdateContainerInstancesStateResponse response = update("DRAINING", arn, "0123", gone);
    assertThat(response.containerInstances()).hasSize(1);
    assertThat(response.failures())
        .extracting(Failure::reason)
        .containsExactly("MISSING", "INACTIVE");
    String[] eleven = Collections.nCopies(11, arn).toArray(new String[0]);
    assertThatThrownBy(() -> update("DRAINING", eleven))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> update("DRAINING")).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void draining_leaves_standalone_tasks_alone() {
    String arn = yard.instance();
    yard.define("app", Yard.app().build());
    String task = yard.run("app");
    yard.report(task, "RUNNING");
    update("DRAINING", arn);
    yard.harbour.advance(Duration.ofDays(1));
    assertThat(yard.row(task).desiredStatus()).isEqualTo("RUNNING");
    assertThat(describe(arn).status()).isEqualTo("DRAINING");
  }

  @Test
  void deregister_without_force_while_a_task_runs_finds_running_tasks() {
    String arn = yard.instance();
    yard.define("app", Yard.app().build());
    String task = yard.run("app");
    assertThatThrownBy(() -> deregister(arn, false))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Found running tasks on the instance.");
    yard.harbour.call(new StopTask(), StopTaskRequest.builder().task(task).build());
    assertThat(known(deregister(arn, false).containerInstance()).status()).isEqualTo("INACTIVE");
    assertThat(yard.row(task).isStopped()).isTrue();
  }

  @Test
  void a_deregistered_instance_is_described_for_an_hour_and_not_listed() {
    String arn = yard.instance();
    deregister(arn, true);
    assertThat(describe(arn).status()).isEqualTo("INACTIVE");
    assertThat(describe(arn).agentConnected()).isFalse();
    assertThat(list(request -> request)).isEmpty();
    assertThatThrownBy(() -> deregister(arn, true)).isInstanceOf(InvalidParameterException.class);
    yard.harbour.advance(Duration.ofHours(1));
    assertThat(describing(arn).failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(tuple(arn, "MISSING"));
  }

  @Test
  void an_agent_offline_10_s_leaves_statuses_unchanged_and_is_seen_false_then_true() {
    String arn = yard.instance();
    yard.define("app", Yard.app().build());
    String task = yard.run("app");
    yard.report(task, "RUNNING");
    yard.connect(arn, false);
    assertThat(describe(arn).agentConnected()).isFalse();
    yard.harbour.advance(Duration.ofSeconds(10));
    assertThat(yard.row(task).lastStatus().name()).isEqualTo("RUNNING");
    assertThat(yard.row(task).desiredStatus()).isEqualTo("RUNNING");
    yard.connect(arn, true);
    assertThat(describe(arn).agentConnected()).isTrue();
    assertThat(describe(arn).status()).isEqualTo("ACTIVE");
  }

  @Test
  void only_transitions_of_the_link_are_kept() {
    String arn = yard.instance();
    long version = yard.instanceRow(arn).version();
    yard.connect(arn, true);
    assertThat(yard.instanceRow(arn).version()).isEqualTo(version);
    VersionInfo versions = VersionInfo.builder().agentVersion("1.102.0").build();
    ReportConnectivity.Report report = new ReportConnectivity.Report(arn, true, versions);
    assertThat(yard.harbour.call(new ReportConnectivity(), report)).isTrue();
    assertThat(describe(arn).versionInfo()).isEqualTo(versions);
    deregister(arn, true);
    assertThat(yard.harbour.call(new ReportConnectivity(), report)).isFalse();
    assertThat(describe(arn).agentConnected()).isFalse();
  }

  @Test
  void remaining_resources_and_counts_follow_the_tasks() {
    String arn = yard.instance();
    PortMapping port =
        PortMapping.builder().containerPort(80).hostPort(8080).protocol("tcp").build();
    yard.define("app", Yard.app().cpu(100).portMappings(List.of(port)).build());
    String task = yard.run("app");
    assertThat(describe(arn).pendingTasksCount()).isEqualTo(1);
    assertThat(describe(arn).runningTasksCount()).isEqualTo(1);
    yard.report(task, "RUNNING");
    ContainerInstance shown = describe(arn);
    assertThat(shown.pendingTasksCount()).isZero();
    assertThat(remaining(shown, "CPU").integerValue()).isEqualTo(Yard.CPU - 100);
    assertThat(remaining(shown, "MEMORY").integerValue()).isEqualTo(Yard.MEMORY - 128);
    assertThat(remaining(shown, "PORTS").stringSetValue())
        .containsExactly("22", "2375", "2376", "51678", "51679", "8080");
    yard.report(task, "STOPPED");
    assertThat(describe(arn).remainingResources())
        .isEqualTo(known(describe(arn).registeredResources()));
  }

  @Test
  void health_is_the_worst_of_what_was_told_and_shown_where_included() {
    String arn = yard.instance();
    assertThat(describe(arn).healthStatus()).isNull();
    assertThat(health(arn)).isEqualTo("INSUFFICIENT_DATA");
    tell(arn, "CONTAINER_RUNTIME", "OK");
    assertThat(health(arn)).isEqualTo("OK");
    long version = yard.instanceRow(arn).version();
    tell(arn, "CONTAINER_RUNTIME", "OK");
    assertThat(yard.instanceRow(arn).version()).isEqualTo(version);
    tell(arn, "DAEMON", "INITIALIZING");
    assertThat(health(arn)).isEqualTo("INITIALIZING");
    tell(arn, "CONTAINER_RUNTIME", "IMPAIRED");
    assertThat(health(arn)).isEqualTo("IMPAIRED");
  }

  private void tell(String arn, String type, String status) {
    InstanceHealthCheckResult result =
        InstanceHealthCheckResult.builder()
            .type(type)
            .status(status)
            .lastUpdated(yard.harbour.now())
            .build();
    yard.harbour.call(
        new ReportInstanceHealth(), new ReportInstanceHealth.Report(arn, List.of(result)));
  }

  private String health(String arn) {
    var request =
        DescribeContainerInstancesRequest.builder()
            .containerInstances(List.of(arn))
            .include(List.of("CONTAINER_INSTANCE_HEALTH"))
            .build();
    var answer = yard.harbour.ask(new DescribeContainerInstances(), request);
    ContainerInstance instance = known(answer.containerInstances()).getFirst();
    return known(known(instance.healthStatus()).overallStatus());
  }

  @Test
  void tags_are_shown_where_included_and_empty_describes_are_refused() {
    String arn = yard.instance(request -> request.tags(List.of(new Tag("a", "1"))));
    assertThat(describe(arn).tags()).isEmpty();
    var tagged =
        DescribeContainerInstancesRequest.builder()
            .containerInstances(List.of(arn))
            .include(List.of("TAGS"))
            .build();
    var answer = yard.harbour.ask(new DescribeContainerInstances(), tagged);
    assertThat(known(answer.containerInstances()).getFirst().tags())
        .containsExactly(new Tag("a", "1"));
    assertThatThrownBy(() -> describing())
        .isInstanceOf(ClientException.class)
        .hasMessage("Container Instances cannot be empty.");
    String[] many = Collections.nCopies(101, arn).toArray(new String[0]);
    assertThatThrownBy(() -> describing(many)).isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void instances_are_listed_by_status_and_in_pages() {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      all.add(yard.instance());
    }
    update("DRAINING", all.get(0), all.get(1));
    assertThat(list(request -> request)).hasSize(5);
    assertThat(list(request -> request.status("DRAINING")))
        .containsExactlyInAnyOrder(all.get(0), all.get(1));
    assertThat(list(request -> request.status("ACTIVE"))).hasSize(3);
    assertThatThrownBy(() -> list(request -> request.status("ODD")))
        .isInstanceOf(InvalidParameterException.class);
    List<String> seen = new ArrayList<>();
    ListContainerInstancesResponse page = page(request -> request.maxResults(2));
    seen.addAll(known(page.containerInstanceArns()));
    while (page.nextToken() != null) {
      String token = page.nextToken();
      page = page(request -> request.maxResults(2).nextToken(token));
      seen.addAll(known(page.containerInstanceArns()));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void no_update_is_available_for_an_agent() {
    String arn = yard.instance();
    var request = UpdateContainerAgentRequest.builder();
    assertThatThrownBy(() ->
            yard.harbour.call(new UpdateContainerAgent(), request.containerInstance(arn).build()))
        .isInstanceOf(NoUpdateAvailableException.class);
    assertThatThrownBy(() ->
            yard.harbour.call(
                new UpdateContainerAgent(), request.containerInstance("0123").build()))
        .isInstanceOf(InvalidParameterException.class);
  }

  private UpdateContainerInstancesStateResponse update(String status, String... arns) {
    return yard.harbour.call(
        new UpdateContainerInstancesState(),
        UpdateContainerInstancesStateRequest.builder()
            .containerInstances(List.of(arns))
            .status(status)
            .build());
  }

  private DeregisterContainerInstanceResponse deregister(String arn, boolean force) {
    return yard.harbour.call(
        new DeregisterContainerInstance(),
        DeregisterContainerInstanceRequest.builder().containerInstance(arn).force(force).build());
  }

  private DescribeContainerInstancesResponse describing(String... arns) {
    return yard.harbour.ask(
        new DescribeContainerInstances(),
        DescribeContainerInstancesRequest.builder().containerInstances(List.of(arns)).build());
  }

  private ContainerInstance describe(String arn) {
    return known(describing(arn).containerInstances()).getFirst();
  }

  private List<String> list(UnaryOperator<ListContainerInstancesRequest.Builder> with) {
    return known(page(with).containerInstanceArns());
  }

  private ListContainerInstancesResponse page(
      UnaryOperator<ListContainerInstancesRequest.Builder> with) {
    return yard.harbour.ask(
        new ListContainerInstances(), with.apply(ListContainerInstancesRequest.builder()).build());
  }

  private static Resource remaining(ContainerInstance instance, String name) {
    return known(instance.remainingResources()).stream()
        .filter(resource -> name.equals(resource.name()))
        .findFirst()
        .orElseThrow();
  }
}
