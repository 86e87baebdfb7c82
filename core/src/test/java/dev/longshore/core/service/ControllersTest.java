package dev.longshore.core.service;

import static dev.longshore.core.service.TaskSetCalls.controller;
import static dev.longshore.core.service.TaskSetCalls.external;
import static dev.longshore.core.service.TaskSetCalls.id;
import static dev.longshore.core.service.TaskSetCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.TaskSet;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Services whose deployments somebody else controls. */
class ControllersTest {
  private final Quay quay = new Quay().instance("i1", "a").instance("i2", "b");
  private final TaskSetCalls sets = new TaskSetCalls(quay);
  private final String first = quay.definition("web");
  private final String second = quay.definition("web");

  @Test
  void a_service_with_an_external_controller_does_not_say_what_its_task_sets_say() {
    refused(
        () -> quay.create(external(1).taskDefinition(first)),
        "TaskDefinition must be empty or null.");
    refused(() -> quay.create(external(1).launchType("EC2")), "LaunchType must be empty or null.");
    refused(
        () -> quay.create(external(1).loadBalancers(List.of(LoadBalancer.builder().build()))),
        "LoadBalancers must be empty or null.");
    refused(
        () -> quay.create(external(1).deploymentController(controller("SOMEBODY"))),
        "deployment controller type should be one of [ECS,CODE_DEPLOY,EXTERNAL]");
    DeploymentConfiguration breaker =
        DeploymentConfiguration.builder()
            .deploymentCircuitBreaker(
                DeploymentCircuitBreaker.builder().enable(true).rollback(false).build())
            .build();
    refused(
        () -> quay.create(external(1).deploymentConfiguration(breaker)),
        "Deployment circuit breaker feature can only be enabled with ECS deployment controller.");
  }

  @Test
  void percents_of_a_service_with_task_sets_are_the_usual_ones() {
    quay.create(external(1).deploymentConfiguration(Quay.percents(50, 150)));
    assertThat(Objects.requireNonNull(quay.describe().deploymentConfiguration()))
        .satisfies(configuration -> {
          assertThat(configuration.minimumHealthyPercent()).isEqualTo(100);
          assertThat(configuration.maximumPercent()).isEqualTo(200);
        });
  }

  @Test
  void code_deploys_service_begins_with_a_primary_task_set_of_its_task_definition() {
    quay.create(Quay.request("web", first, 3).deploymentController(controller("CODE_DEPLOY")));
    quay.settle();
    TaskSet blue = Objects.requireNonNull(sets.describe().taskSets()).getFirst();
    assertThat(blue.status()).isEqualTo("PRIMARY");
    assertThat(blue.computedDesiredCount()).isEqualTo(3);
    assertThat(blue.startedBy()).isNull();
    assertThat(sets.tasks(blue)).hasSize(3);
    assertThat(sets.make(second, 100).startedBy()).isEqualTo("CODE_DEPLOY");
  }

  @Test
  void code_deploys_service_is_updated_in_what_its_deployments_leave_alone() {
    quay.create(Quay.request("web", first, 1).deploymentController(controller("CODE_DEPLOY")));
    String cure = " deployment controller. Use AWS CodeDeploy to trigger a new deployment.";
    refused(
        () -> quay.update(request -> request.taskDefinition(second)),
        "Unable to update task definition on services with a CODE_DEPLOY" + cure);
    refused(
        () -> quay.update(request -> request.loadBalancers(List.of())),
        "Unable to update load balancers on services with a CODE_DEPLOY" + cure);
    refused(
        () -> quay.update(request -> request.forceNewDeployment(true)),
        "Cannot force a new deployment on services with a CODE_DEPLOY" + cure);
    quay.update(request -> request.deploymentConfiguration(Quay.percents(50, 150)));
    quay.update(UnaryOperator.identity());
    assertThat(quay.update(request -> request.desiredCount(2).enableECSManagedTags(true)))
        .satisfies(service -> {
          assertThat(service.desiredCount()).isEqualTo(2);
          assertThat(service.enableECSManagedTags()).isTrue();
        });
    assertThat(quay.live()).hasSize(2);
  }

  @Test
  void an_external_service_is_updated_in_what_its_task_sets_have_in_common() {
    quay.create(external(1));
    for (UnaryOperator<UpdateServiceRequest.Builder> wrong :
        List.<UnaryOperator<UpdateServiceRequest.Builder>>of(
            request -> request.taskDefinition(first),
            request -> request.platformVersion("1.4.0"),
            request -> request.deploymentConfiguration(Quay.percents(50, 150)))) {
      assertThatThrownBy(() -> quay.update(wrong))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("on services with a EXTERNAL deployment controller.");
    }
    assertThat(quay.update(request -> request.healthCheckGracePeriodSeconds(60)))
        .extracting(dev.longshore.shapes.ecs.Service::healthCheckGracePeriodSeconds)
        .isEqualTo(60);
  }

  @Test
  void a_service_goes_to_an_external_controller_and_back_and_no_task_notices() {
    quay.create(first, 3, 100, 200);
    quay.settle();
    List<Task> before = quay.live();
    String id = quay.primary().id();
    quay.update(request -> request.deploymentController(controller("EXTERNAL")));
    quay.settle();
    TaskSet taskSet = Objects.requireNonNull(sets.describe().taskSets()).getFirst();
    assertThat(id(taskSet)).isEqualTo(id);
    assertThat(taskSet.status()).isEqualTo("PRIMARY");
    assertThat(sets.described(taskSet).stabilityStatus()).isEqualTo("STEADY_STATE");
    assertThat(quay.live()).isEqualTo(before);
    quay.update(request -> request.deploymentController(controller("ECS")));
    quay.settle();
    assertThat(quay.primary().id()).isEqualTo(id);
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.live()).isEqualTo(before);
    quay.update(request -> request.taskDefinition(second));
    quay.settle();
    assertThat(quay.wanted(second)).hasSize(3);
    assertThat(quay.live()).hasSize(3);
  }

  @Test
  void controllers_change_only_between_deployments_and_where_they_can() {
    quay.create(first, 1, 100, 200);
    refused(
        () -> quay.update(request -> request.deploymentController(controller("EXTERNAL"))),
        "The deployment controller cannot be changed while a deployment is in progress.");
    quay.settle();
    refused(
        () -> quay.update(request -> request.deploymentController(controller("CODE_DEPLOY"))),
        "The deployment controller CODE_DEPLOY needs a load balancer.");
    quay.update(request -> request.deploymentController(controller("EXTERNAL")));
    refused(
        () -> quay.update(request -> request.deploymentController(controller("CODE_DEPLOY"))),
        "The deployment controller cannot be changed from EXTERNAL to CODE_DEPLOY.");
    sets.make(second, 0);
    refused(
        () -> quay.update(request -> request.deploymentController(controller("ECS"))),
        "The deployment controller cannot be changed unless the PRIMARY task set is the only one"
            + " and in a steady state.");
  }

  @Test
  void a_service_with_a_circuit_breaker_stays_with_ecs() {
    quay.create(
        Quay.request("web", first, 1)
            .deploymentConfiguration(
                DeploymentConfiguration.builder()
                    .deploymentCircuitBreaker(
                        DeploymentCircuitBreaker.builder().enable(true).rollback(true).build())
                    .build()));
    quay.settle();
    refused(
        () -> quay.update(request -> request.deploymentController(controller("EXTERNAL"))),
        "Deployment circuit breaker feature can only be enabled with ECS deployment controller.");
  }
}
