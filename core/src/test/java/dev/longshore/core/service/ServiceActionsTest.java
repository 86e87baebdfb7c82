package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.AwsVpcConfiguration;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentAlarms;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DescribeServicesRequest;
import dev.longshore.shapes.ecs.DescribeServicesResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListServicesRequest;
import dev.longshore.shapes.ecs.ListServicesResponse;
import dev.longshore.shapes.ecs.NetworkConfiguration;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.ServiceNotActiveException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.ecs.ServiceRegistry;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ServiceActionsTest {
  private final Quay quay = new Quay().instance("a1", "a");
  private final String app = quay.definition("app");

  private AbstractThrowableAssert<?, ? extends Throwable> creating(
      UnaryOperator<CreateServiceRequest.Builder> with) {
    return assertThatThrownBy(() -> quay.create(with.apply(Quay.request("web", app, 1))));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> updating(
      UnaryOperator<UpdateServiceRequest.Builder> with) {
    return assertThatThrownBy(() -> quay.update(with));
  }

  private DescribeServicesResponse describe(String... names) {
    return quay.harbour.ask(
        new DescribeServices(), DescribeServicesRequest.builder().services(List.of(names)).build());
  }

  @Test
  void a_new_service_shows_what_was_asked_for_and_every_default() {
    var service = quay.create(Quay.request("web", "app", 1));
    assertThat(service.serviceArn())
        .isEqualTo("arn:aws:ecs:us-east-1:123456789012:service/default/web");
    assertThat(service.clusterArn()).endsWith("cluster/default");
    assertThat(service.status()).isEqualTo("ACTIVE");
    assertThat(service.desiredCount()).isEqualTo(1);
    assertThat(service.runningCount()).isZero();
    assertThat(service.launchType()).isEqualTo("EC2");
    assertThat(service.capacityProviderStrategy()).isNull();
    assertThat(service.taskDefinition()).isEqualTo(app);
    assertThat(service.schedulingStrategy()).isEqualTo("REPLICA");
    assertThat(service.propagateTags()).isEqualTo("NONE");
    assertThat(service.loadBalancers()).isEmpty();
    assertThat(service.serviceRegistries()).isEmpty();
    assertThat(service.events()).isEmpty();
    assertThat(service.createdAt()).isEqualTo(quay.harbour.now());
    assertThat(service.createdBy()).isEqualTo("arn:aws:iam::123456789012:root");
    DeploymentConfiguration configuration =
        Objects.requireNonNull(service.deploymentConfiguration());
    assertThat(configuration.minimumHealthyPercent()).isEqualTo(100);
    assertThat(configuration.maximumPercent()).isEqualTo(200);
    assertThat(configuration.deploymentCircuitBreaker())
        .isEqualTo(DeploymentCircuitBreaker.builder().enable(false).rollback(false).build());
    assertThat(Objects.requireNonNull(service.deployments()).getFirst().id())
        .matches("ecs-svc/[0-9]{19}");
  }

  @Test
  void the_same_request_twice_gives_the_same_service() {
    var first = quay.create(Quay.request("web", app, 1).clientToken("token"));
    quay.settle();
    var second = quay.create(Quay.request("web", app, 1).clientToken("token"));
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertThat(second.runningCount()).isEqualTo(1);
    assertThat(quay.live()).hasSize(1);
  }

  @Test
  void another_request_of_the_same_name_is_refused() {
    quay.create(Quay.request("web", app, 1));
    creating(request -> request.desiredCount(2))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Creation of service was not idempotent.");
    creating(request -> request.tags(List.of(new Tag("a", "b"))))
        .hasMessage("Creation of service was not idempotent.");
    creating(request -> request.deploymentConfiguration(Quay.percents(50, 200)))
        .hasMessage("Creation of service was not idempotent.");
  }

  @Test
  void a_name_can_be_used_again_only_after_its_service_drained() {
    quay.create(Quay.request("web", app, 1));
    quay.settle();
    final String before = quay.primary().id();
    quay.delete(true);
    creating(request -> request)
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Unable to Start a service that is still Draining.");
    quay.stopAll();
    assertThat(quay.describe().status()).isEqualTo("INACTIVE");
    var again = quay.create(Quay.request("web", app, 1));
    assertThat(again.status()).isEqualTo("ACTIVE");
    assertThat(again.events()).isEmpty();
    assertThat(quay.primary().id()).isNotEqualTo(before);
    assertThat(quay.events()).hasSize(1);
  }

  @Test
  void bad_parameters_are_the_callers_fault() {
    creating(request -> request.serviceName("we b")).isInstanceOf(InvalidParameterException.class);
    creating(request -> request.serviceName("w".repeat(256)))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.desiredCount(-1)).isInstanceOf(InvalidParameterException.class);
    creating(request -> request.desiredCount(null)).isInstanceOf(InvalidParameterException.class);
    creating(request -> request.clientToken("t".repeat(37)))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.taskDefinition(null))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("TaskDefinition can not be blank.");
    creating(request -> request.deploymentConfiguration(Quay.percents(101, 200)))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.deploymentConfiguration(Quay.percents(-1, 200)))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.deploymentConfiguration(Quay.percents(50, 99)))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.healthCheckGracePeriodSeconds(-1))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.propagateTags("ALL")).isInstanceOf(InvalidParameterException.class);
    creating(request -> request.platformVersion("LATEST"))
        .isInstanceOf(InvalidParameterException.class);
    creating(request ->
            request.placementStrategy(List.of(PlacementStrategy.builder().type("spread").build())))
        .isInstanceOf(InvalidParameterException.class);
    creating(request -> request.launchType("SHIP"))
        .isInstanceOf(ClientException.class)
        .hasMessage("launch type should be one of [EC2,FARGATE,EXTERNAL]");
    creating(request -> request.cluster("nowhere"))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessage("Cluster not found.");
    assertThat(quay.harbour.state().count(Service.KIND)).isZero();
  }

  @Test
  void the_task_definition_must_be_there_and_active() {
    creating(request -> request.taskDefinition("nothing"))
        .isInstanceOf(ClientException.class)
        .hasMessage("TaskDefinition not found.");
    quay.definitionStatus("app", 1, "INACTIVE");
    creating(request -> request)
        .isInstanceOf(ClientException.class)
        .hasMessage("TaskDefinition is inactive");
  }

  @Test
  void what_services_cannot_do_yet_is_refused_and_not_left_out() {
    List<UnaryOperator<CreateServiceRequest.Builder>> later =
        List.of(
            request -> request.serviceRegistries(List.of(ServiceRegistry.builder().build())),
            request ->
                request.capacityProviderStrategy(
                    List.of(new CapacityProviderStrategyItem("spot", 1, 0))),
            request -> request.launchType("FARGATE"),
            request -> request.role("ecsServiceRole"),
            request ->
                request.deploymentConfiguration(
                    DeploymentConfiguration.builder().strategy("BLUE_GREEN").build()));
    for (UnaryOperator<CreateServiceRequest.Builder> each : later) {
      creating(each)
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageEndingWith(" not supported yet.");
    }
    quay.create(Quay.request("web", app, 0));
    updating(request -> request.serviceRegistries(List.of(ServiceRegistry.builder().build())))
        .isInstanceOf(UnsupportedFeatureException.class);
  }

  @Test
  void what_is_only_switched_off_is_no_obstacle() {
    var service =
        quay.create(
            Quay.request("web", app, 0)
                .loadBalancers(List.of())
                .deploymentController(new DeploymentController("ECS"))
                .availabilityZoneRebalancing("DISABLED")
                .deploymentConfiguration(
                    DeploymentConfiguration.builder()
                        .strategy("ROLLING")
                        .alarms(new DeploymentAlarms(List.of(), false, false))
                        .build()));
    assertThat(service.deploymentController()).isEqualTo(new DeploymentController("ECS"));
    assertThat(Objects.requireNonNull(service.deploymentConfiguration()).alarms())
        .isEqualTo(new DeploymentAlarms(List.of(), false, false));
  }

  @Test
  void a_network_configuration_belongs_to_the_network_mode_awsvpc() {
    NetworkConfiguration network =
        NetworkConfiguration.builder()
            .awsvpcConfiguration(AwsVpcConfiguration.builder().subnets(List.of("subnet-1")).build())
            .build();
    creating(request -> request.networkConfiguration(network))
        .isInstanceOf(InvalidParameterException.class);
    String own = quay.networkDefinition("own", "awsvpc");
    creating(request -> request.taskDefinition(own))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    creating(request -> request.taskDefinition(own).networkConfiguration(network))
        .isInstanceOf(UnsupportedFeatureException.class);
  }

  @Test
  void an_update_changes_what_it_names_and_leaves_the_rest() {
    quay.create(
        Quay.request("web", app, 1)
            .placementStrategy(List.of(new PlacementStrategy("spread", "instanceId")))
            .deploymentConfiguration(Quay.percents(50, 150)));
    final String id = quay.primary().id();
    var service =
        quay.update(request ->
            request
                .deploymentConfiguration(
                    DeploymentConfiguration.builder().maximumPercent(300).build())
                .healthCheckGracePeriodSeconds(5)
                .enableECSManagedTags(true)
                .propagateTags("SERVICE")
                .placementConstraints(
                    List.of(PlacementConstraint.builder().type("distinctInstance").build())));
    assertThat(service.deploymentConfiguration())
        .isEqualTo(
            Objects.requireNonNull(service.deploymentConfiguration()).toBuilder()
                .minimumHealthyPercent(50)
                .maximumPercent(300)
                .build());
    assertThat(service.healthCheckGracePeriodSeconds()).isEqualTo(5);
    assertThat(service.enableECSManagedTags()).isTrue();
    assertThat(service.propagateTags()).isEqualTo("SERVICE");
    assertThat(service.placementConstraints()).hasSize(1);
    assertThat(service.placementStrategy()).hasSize(1);
    assertThat(service.desiredCount()).isEqualTo(1);
    assertThat(quay.primary().id()).isEqualTo(id);
    assertThat(quay.update(request -> request.placementStrategy(List.of())).placementStrategy())
        .isEmpty();
  }

  @Test
  void commands_can_be_executed_only_with_a_task_role() {
    creating(request -> request.enableExecuteCommand(true))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage(
            "The service couldn't be created because a valid taskRoleArn is not being used. Specify"
                + " a valid task role in your task definition and try again.");
    quay.create(Quay.request("web", app, 0));
    updating(request -> request.enableExecuteCommand(true))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void the_same_task_definition_starts_no_deployment_and_another_one_does() {
    quay.create(Quay.request("web", app, 1));
    final String id = quay.primary().id();
    quay.update(request -> request.taskDefinition("app").forceNewDeployment(false));
    assertThat(quay.primary().id()).isEqualTo(id);
    quay.definition("app");
    var service = quay.update(request -> request.taskDefinition("app"));
    assertThat(service.taskDefinition()).endsWith("app:2");
    assertThat(service.deployments()).hasSize(2);
    assertThat(quay.primary().id()).isNotEqualTo(id);
    assertThat(quay.primary().taskDefinitionArn()).endsWith("app:2");
  }

  @Test
  void only_an_active_service_can_be_updated() {
    updating(request -> request.desiredCount(1))
        .isInstanceOf(ServiceNotFoundException.class)
        .hasMessage("Service not found.");
    quay.create(Quay.request("web", app, 1));
    quay.delete(true);
    updating(request -> request.desiredCount(1))
        .isInstanceOf(ServiceNotActiveException.class)
        .hasMessage("Service was not ACTIVE.");
  }

  @Test
  void a_bad_update_changes_nothing() {
    quay.create(Quay.request("web", app, 1));
    final Service before = quay.web();
    updating(request -> request.desiredCount(-1)).isInstanceOf(InvalidParameterException.class);
    updating(request -> request.taskDefinition("app:7"))
        .isInstanceOf(ClientException.class)
        .hasMessage("TaskDefinition not found.");
    updating(request -> request.deploymentConfiguration(Quay.percents(0, 0)))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(quay.web()).isEqualTo(before);
  }

  @Test
  void a_service_above_zero_is_deleted_by_force_only() {
    quay.create(Quay.request("web", app, 2));
    quay.settle();
    assertThatThrownBy(() -> quay.delete(false))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The service cannot be stopped while it is scaled above 0.");
    var deleted = quay.delete(true);
    assertThat(deleted.status()).isEqualTo("DRAINING");
    assertThat(deleted.desiredCount()).isZero();
    assertThat(quay.stopping()).hasSize(2);
    assertThat(quay.delete(false).status()).isEqualTo("DRAINING");
    quay.stop(quay.stopping().getFirst());
    assertThat(quay.describe().status()).isEqualTo("DRAINING");
    quay.harbour.edit(draft -> {
      Task last = quay.stopping().getFirst();
      draft.put(Task.KIND, last.edit().lastStatus(TaskStatus.STOPPING).build());
    });
    assertThat(quay.describe().status()).isEqualTo("INACTIVE");
    assertThat(quay.describe().deployments()).isEmpty();
    assertThatThrownBy(() -> quay.delete(false))
        .isInstanceOf(ServiceNotFoundException.class)
        .hasMessage("Service not found.");
  }

  @Test
  void protection_does_not_keep_a_deleted_services_tasks() {
    quay.create(Quay.request("web", app, 1));
    quay.settle();
    quay.protect(quay.live().getFirst(), Duration.ofHours(1));
    quay.delete(true);
    assertThat(quay.stopping()).hasSize(1);
  }

  @Test
  void a_deleted_service_is_described_for_an_hour_and_then_forgotten() {
    quay.create(Quay.request("web", app, 0));
    quay.delete(false);
    assertThat(quay.describe().status()).isEqualTo("INACTIVE");
    quay.harbour.advance(Duration.ofMinutes(59));
    assertThat(describe("web").services()).hasSize(1);
    quay.harbour.advance(Duration.ofMinutes(1));
    assertThat(describe("web").failures())
        .containsExactly(
            Failure.builder()
                .arn("arn:aws:ecs:us-east-1:123456789012:service/default/web")
                .reason("MISSING")
                .build());
    assertThat(quay.harbour.state().count(ServiceEvent.KIND)).isZero();
  }

  @Test
  void services_are_found_by_name_and_arn_in_their_own_cluster() {
    quay.create(Quay.request("web", app, 0));
    quay.cluster("other");
    quay.create(Quay.request("api", app, 0).cluster("other"));
    String web = quay.web().arn();
    String api = web.replace("/default/web", "/other/api");
    DescribeServicesResponse response = describe(web, "web", api, "api", "web");
    assertThat(response.services()).hasSize(2);
    assertThat(response.failures())
        .extracting(Failure::arn)
        .containsExactly(api, web.replace("/web", "/api"));
  }

  @Test
  void one_to_ten_services_are_described_at_once() {
    assertThatThrownBy(() -> describe())
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Services cannot be empty.");
    assertThatThrownBy(() -> describe("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void tags_are_shown_only_if_asked_for() {
    quay.create(Quay.request("web", app, 0).tags(List.of(new Tag("team", "blue"))));
    assertThat(quay.describe().tags()).isNull();
    DescribeServicesRequest request =
        DescribeServicesRequest.builder().services(List.of("web")).include(List.of("TAGS")).build();
    var services =
        Objects.requireNonNull(quay.harbour.ask(new DescribeServices(), request).services());
    assertThat(services.getFirst().tags()).containsExactly(new Tag("team", "blue"));
  }

  @Test
  void services_are_listed_ten_a_page() {
    for (int at = 0; at < 25; at++) {
      quay.create(Quay.request("service-" + at, app, 0));
    }
    List<Integer> sizes = new ArrayList<>();
    List<String> arns = new ArrayList<>();
    String token = null;
    do {
      ListServicesResponse page =
          quay.harbour.ask(
              new ListServices(), ListServicesRequest.builder().nextToken(token).build());
      sizes.add(Objects.requireNonNull(page.serviceArns()).size());
      arns.addAll(page.serviceArns());
      token = page.nextToken();
    } while (token != null);
    assertThat(sizes).containsExactly(10, 10, 5);
    assertThat(arns).doesNotHaveDuplicates();
  }

  @Test
  void a_deleted_service_is_not_listed_and_filters_hold() {
    quay.create(Quay.request("web", app, 1));
    assertThat(list(request -> request)).hasSize(1);
    assertThat(list(request -> request.launchType("EC2"))).hasSize(1);
    assertThat(list(request -> request.launchType("FARGATE"))).isEmpty();
    assertThat(list(request -> request.schedulingStrategy("REPLICA"))).hasSize(1);
    assertThat(list(request -> request.schedulingStrategy("DAEMON"))).isEmpty();
    quay.delete(true);
    assertThat(list(request -> request)).isEmpty();
  }

  private List<String> list(UnaryOperator<ListServicesRequest.Builder> with) {
    ListServicesRequest request = with.apply(ListServicesRequest.builder()).build();
    return Objects.requireNonNull(quay.harbour.ask(new ListServices(), request).serviceArns());
  }
}
