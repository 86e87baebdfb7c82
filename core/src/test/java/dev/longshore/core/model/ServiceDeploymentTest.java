package dev.longshore.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Rows;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.ServiceDeploymentStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceDeploymentTest {
  private static final Instant WHEN = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PENDING, IN_PROGRESS ROLLBACK_REQUESTED STOP_REQUESTED STOPPED",
    "IN_PROGRESS," + " SUCCESSFUL STOP_REQUESTED ROLLBACK_REQUESTED ROLLBACK_IN_PROGRESS STOPPED",
    "STOP_REQUESTED, STOPPED",
    "ROLLBACK_REQUESTED, SUCCESSFUL ROLLBACK_IN_PROGRESS STOPPED",
    "ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCESSFUL ROLLBACK_FAILED",
    "SUCCESSFUL, ''",
    "STOPPED, ''",
    "ROLLBACK_SUCCESSFUL, ''",
    "ROLLBACK_FAILED, ''",
  })
  void a_status_is_followed_by_these_and_no_others(DeploymentStatus status, String followers) {
    List<String> allowed = List.of(followers.split(" "));
    for (DeploymentStatus next : DeploymentStatus.values()) {
      assertThat(status.mayBecome(next))
          .as(status + " to " + next)
          .isEqualTo(allowed.contains(next.name()));
    }
    assertThat(status.isFinal()).isEqualTo(followers.isEmpty());
  }

  @Test
  void the_statuses_are_those_of_the_api() {
    assertThat(Arrays.stream(DeploymentStatus.values()).map(DeploymentStatus::name))
        .containsExactlyInAnyOrderElementsOf(ServiceDeploymentStatus.VALUES);
  }

  @Test
  void each_step_is_dated() {
    ServiceDeployment pending =
        ServiceDeployment.pending(
            "arn",
            Rows.service("default", "web", Service.ACTIVE),
            0,
            List.of(),
            "revision",
            DeploymentConfiguration.builder().build(),
            List.of(),
            null,
            WHEN);
    assertThat(pending.startedAt()).isNull();
    ServiceDeployment started =
        pending.moved(DeploymentStatus.IN_PROGRESS, null, WHEN.plusSeconds(1));
    assertThat(started.startedAt()).isEqualTo(WHEN.plusSeconds(1));
    assertThat(started.finishedAt()).isNull();
    ServiceDeployment stopped = started.moved(DeploymentStatus.STOPPED, "so", WHEN.plusSeconds(2));
    assertThat(stopped.startedAt()).isEqualTo(WHEN.plusSeconds(1));
    assertThat(stopped.stoppedAt()).isEqualTo(WHEN.plusSeconds(2));
    assertThat(stopped.finishedAt()).isEqualTo(WHEN.plusSeconds(2));
    assertThat(stopped.statusReason()).isEqualTo("so");
    assertThatThrownBy(() -> stopped.moved(DeploymentStatus.SUCCESSFUL, null, WHEN))
        .isInstanceOf(IllegalStateException.class);
  }
}
