package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.AlarmState;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DeploymentAlarms;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeploymentAlarms;
import dev.longshore.shapes.ecs.ServiceDeploymentRollbackMonitorsStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What alarms have to say about deployments. */
final class Alarms {
  /** So long a rolling deployment with alarms is watched after all its tasks run. */
  static final Duration USUAL_BAKE_TIME = Duration.ofMinutes(3);

  private Alarms() {}

  /**
   * @throws InvalidParameterException they are on and there are none
   */
  static void check(@Nullable DeploymentConfiguration configuration) {
    DeploymentAlarms alarms = configuration == null ? null : configuration.alarms();
    if (alarms != null && alarms.enable() && alarms.alarmNames().isEmpty()) {
      throw new InvalidParameterException(
          "At least one alarm name must be specified when deployment alarms are enabled.");
    }
  }

  private static List<String> names(DeploymentConfiguration configuration) {
    DeploymentAlarms alarms = configuration.alarms();
    return alarms == null || !alarms.enable() ? List.of() : list(alarms.alarmNames());
  }

  /** The alarms of a configuration that are in ALARM now. */
  static List<String> ringing(View view, DeploymentConfiguration configuration) {
    List<String> ringing = new ArrayList<>();
    for (String name : names(configuration)) {
      AlarmState state = view.find(AlarmState.KIND, name);
      if (state != null && state.isAlarm()) {
        ringing.add(name);
      }
    }
    return List.copyOf(ringing);
  }

  /** The alarms that end a deployment: those that did not ring before it began. */
  static List<String> ending(View view, ServiceDeployment deployment) {
    return ringing(view, deployment.configuration()).stream()
        .filter(name -> !deployment.ignoredAlarms().contains(name))
        .toList();
  }

  /** Whether a deployment watches that alarm. */
  static boolean watches(ServiceDeployment deployment, String alarm) {
    return names(deployment.configuration()).contains(alarm);
  }

  static boolean rollsBack(DeploymentConfiguration configuration) {
    return configuration.alarms() != null && configuration.alarms().rollback();
  }

  /** How long a deployment is watched after all its tasks run; zero where nobody watches. */
  static Duration bakeTime(DeploymentConfiguration configuration) {
    Integer minutes = configuration.bakeTimeInMinutes();
    if (minutes != null && minutes > 0) {
      return Duration.ofMinutes(minutes);
    }
    return names(configuration).isEmpty() ? Duration.ZERO : USUAL_BAKE_TIME;
  }

  /** As the API shows them. */
  static ServiceDeploymentAlarms shown(ServiceDeployment deployment) {
    return ServiceDeploymentAlarms.builder()
        .status(status(deployment))
        .alarmNames(names(deployment.configuration()))
        .triggeredAlarmNames(deployment.triggeredAlarms())
        .build();
  }

  private static String status(ServiceDeployment deployment) {
    if (names(deployment.configuration()).isEmpty()) {
      return ServiceDeploymentRollbackMonitorsStatus.DISABLED;
    }
    if (!deployment.triggeredAlarms().isEmpty()) {
      return ServiceDeploymentRollbackMonitorsStatus.TRIGGERED;
    }
    return deployment.status().isFinal()
        ? ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE
        : ServiceDeploymentRollbackMonitorsStatus.MONITORING;
  }
}
