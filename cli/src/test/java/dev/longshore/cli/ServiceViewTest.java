package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.ecs.Deployment;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.Service;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.ServiceEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceViewTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Deployment deployment(String status, int revision, int running, int pending) {
    return Deployment.builder()
        .id("ecs-svc/" + revision)
        .status(status)
        .taskDefinition("arn:aws:ecs:us-east-1:123456789012:task-definition/web:" + revision)
        .runningCount(running)
        .pendingCount(pending)
        .failedTasks(2)
        .build();
  }

  private static ServiceView view(String status, @Nullable String reason) {
    Service service =
        Service.builder()
            .serviceName("shop")
            .status("ACTIVE")
            .desiredCount(7)
            .deploymentConfiguration(
                DeploymentConfiguration.builder()
                    .minimumHealthyPercent(60)
                    .maximumPercent(130)
                    .build())
            .deployments(List.of(deployment("PRIMARY", 2, 3, 1), deployment("ACTIVE", 1, 5, 0)))
            .events(
                List.of(
                    ServiceEvent.builder().message("newer").build(),
                    ServiceEvent.builder().message("older").build()))
            .build();
    ServiceDeployment deployment =
        ServiceDeployment.builder()
            .serviceDeploymentArn("arn")
            .status(status)
            .statusReason(reason)
            .startedAt(NOW.minusSeconds(6))
            .deploymentCircuitBreaker(new ServiceDeploymentCircuitBreaker("MONITORING", 2, 4))
            .build();
    return new ServiceView(service, deployment, NOW);
  }

  @Test
  void a_deployment_is_shown_with_its_bounds_pace_and_failures() {
    assertThat(view("IN_PROGRESS", null).lines())
        .containsExactly(
            "service shop  ACTIVE  7 tasks desired, 5 to 9 allowed",
            "deployment IN_PROGRESS for 6.00 s, about 8.00 s left; 2 of 4 failures",
            "  new  web:2                [############++++..............]  3 running, 1 pending",
            "  old  web:1                [#####################.........]  5 running, 0 pending",
            "  older",
            "  newer");
    assertThat(view("IN_PROGRESS", null).isOver()).isFalse();
  }

  @Test
  void its_end_is_seen_and_told_apart() {
    assertThat(view("SUCCESSFUL", null).isGood()).isTrue();
    for (String status : List.of("STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")) {
      ServiceView view = view(status, "because");
      assertThat(view.isOver()).isTrue();
      assertThat(view.isGood()).isFalse();
      assertThat(view.left()).isNull();
      assertThat(view.lines().get(1)).contains(status).endsWith("; because");
    }
  }

  @Test
  void programs_are_told_the_same() {
    assertThat(view("IN_PROGRESS", null).json().write())
        .startsWith(
            "{\"service\":\"shop\",\"status\":\"ACTIVE\",\"desiredCount\":7,\"leastHealthy\":5,"
                + "\"mostTasks\":9,\"deployments\":[{\"id\":\"ecs-svc/2\",\"status\":\"PRIMARY\","
                + "\"taskDefinition\":\"web:2\",\"running\":3,\"pending\":1}")
        .endsWith("\"threshold\":4,\"events\":[\"newer\",\"older\"]}");
    assertThat(view("IN_PROGRESS", null).timedJson().write())
        .endsWith(",\"time\":\"2026-01-01T00:00:00Z\",\"secondsLeft\":8}");
  }

  @Test
  void a_service_without_a_deployment_is_over() {
    ServiceView gone = new ServiceView(Service.builder().serviceName("shop").build(), null, NOW);
    assertThat(gone.isOver()).isTrue();
    assertThat(gone.lines()).contains("no deployment");
  }
}
