package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlacementStrategy;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SchedulingTest {
  private final Quay quay = new Quay().instance("a1", "a");
  private final String app = quay.definition("app");

  private static CreateServiceRequest.Builder request(String definition) {
    return CreateServiceRequest.builder()
        .serviceName("web")
        .taskDefinition(definition)
        .schedulingStrategy("DAEMON");
  }

  @Test
  void what_daemons_do_not_have_is_refused_by_name() {
    refused(
        request -> request.desiredCount(0),
        "a desired count for services. Remove the desired count value and try again");
    refused(
        request -> request.placementStrategy(List.of(new PlacementStrategy("random", null))),
        "placement strategies. Remove the placement strategy and try again");
    refused(
        request -> request.deploymentConfiguration(Quay.percents(0, 150)),
        "values above 100 for maximumPercent on a deployment configuration. Change the"
            + " maximumPercent value to 100, and try again");
    refused(
        request -> request.launchType("FARGATE"),
        "the FARGATE launch type. Change the launch type to EC2 and try again");
    refused(
        request -> request.deploymentController(new DeploymentController("EXTERNAL")),
        "the EXTERNAL deployment controller. Change the deployment controller to ECS and try"
            + " again");
    refused(
        request -> request.availabilityZoneRebalancing("ENABLED"),
        "Availability Zone rebalancing. Remove the Availability Zone rebalancing value and try"
            + " again");
    assertThatThrownBy(() -> quay.create(request(app).schedulingStrategy("SOMETIMES")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Scheduling strategy should be one of [REPLICA,DAEMON]");
    assertThat(quay.live()).isEmpty();
  }

  private void refused(UnaryOperator<CreateServiceRequest.Builder> with, String text) {
    assertThatThrownBy(() -> quay.create(with.apply(request(app))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The daemon scheduling strategy does not support " + text);
  }

  @Test
  void an_update_cannot_ask_for_what_daemons_do_not_have() {
    quay.create(request(app));
    assertThatThrownBy(() -> quay.update(update -> update.desiredCount(2)))
        .hasMessage(
            "The daemon scheduling strategy does not support a desired count for services. Remove"
                + " the desired count value and try again");
    assertThatThrownBy(
            () -> quay.update(update -> update.deploymentConfiguration(Quay.percents(0, 200))))
        .hasMessageContaining("values above 100 for maximumPercent");
    DeploymentController external = new DeploymentController("EXTERNAL");
    assertThatThrownBy(() -> quay.update(update -> update.deploymentController(external)))
        .hasMessageContaining("the EXTERNAL deployment controller");
  }
}
