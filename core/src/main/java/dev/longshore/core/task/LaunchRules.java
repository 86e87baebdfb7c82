package dev.longshore.core.task;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.AwsVpcConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.NetworkConfiguration;
import dev.longshore.shapes.ecs.TaskOverride;
import dev.longshore.shapes.ecs.TaskVolumeConfiguration;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import dev.longshore.shapes.ecs.Volume;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What RunTask, StartTask and services refuse alike. */
public final class LaunchRules {
  private static final int MAX_GROUP = 255;
  private static final int MAX_SUBNETS = 16;
  private static final int MAX_SECURITY_GROUPS = 5;
  private static final Pattern STARTER = Pattern.compile("[a-zA-Z0-9\\-/_]*");

  private LaunchRules() {}

  /** The group of the tasks: what was asked for, else the definition's family. */
  static String group(@Nullable String group, TaskDefinition definition) {
    if (group == null || group.isEmpty()) {
      return "family:" + definition.family();
    }
    if (group.length() > MAX_GROUP) {
      throw new InvalidParameterException("The group may have at most 255 characters.");
    }
    if (group.startsWith("service:")) {
      throw new InvalidParameterException(
          "Invalid namespace for group. The namespace 'service:' is reserved for services.");
    }
    return group;
  }

  static void checkStartedBy(@Nullable String startedBy, int most) {
    if (startedBy != null && (startedBy.length() > most || !STARTER.matcher(startedBy).matches())) {
      throw new InvalidParameterException(
          "startedBy may have at most "
              + most
              + " letters, digits, hyphens, slashes and"
              + " underscores.");
    }
  }

  /**
   * Refuses a definition for tasks of that launch type.
   *
   * @throws InvalidParameterException the definition cannot be launched so
   */
  public static void checkLaunchType(TaskDefinition definition, String launchType) {
    List<String> compatible = Given.list(definition.definition().compatibilities());
    if (!compatible.isEmpty() && !compatible.contains(launchType)) {
      throw new InvalidParameterException(
          "Task definition does not support launch_type " + launchType + ".");
    }
  }

  /**
   * Refuses a network configuration that the definition's network mode does not go with.
   *
   * @throws InvalidParameterException it is missing, not wanted, or breaks a limit
   */
  public static void checkNetwork(TaskDefinition definition, @Nullable NetworkConfiguration given) {
    AwsVpcConfiguration vpc = given == null ? null : given.awsvpcConfiguration();
    boolean awsvpc = "awsvpc".equals(definition.definition().networkMode());
    if (vpc == null) {
      if (awsvpc) {
        throw new InvalidParameterException(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
      }
      return;
    }
    if (!awsvpc) {
      throw new InvalidParameterException(
          "Network Configuration is not valid for the given networkMode of this task definition.");
    }
    if (vpc.subnets().isEmpty()) {
      throw new InvalidParameterException("subnets can not be empty.");
    }
    if (vpc.subnets().size() > MAX_SUBNETS) {
      throw new InvalidParameterException("subnets can have at most 16 items.");
    }
    if (Given.list(vpc.securityGroups()).size() > MAX_SECURITY_GROUPS) {
      throw new InvalidParameterException("securityGroups can have at most 5 items.");
    }
  }

  /** Commands run with the task's role, so there must be one. */
  static void checkExecuteCommand(
      TaskDefinition definition, @Nullable TaskOverride override, @Nullable Boolean enabled) {
    String overridden = override == null ? null : override.taskRoleArn();
    String role = overridden == null ? definition.definition().taskRoleArn() : overridden;
    if (Boolean.TRUE.equals(enabled) && Given.text(role).isEmpty()) {
      throw new InvalidParameterException(
          "The service couldn't start the task because a valid taskRoleArn is not being used."
              + " Specify a valid task role in your task definition and try again.");
    }
  }

  /**
   * Refuses volumes that the definition leaves open and the request does not configure, or the
   * other way round.
   *
   * @throws InvalidParameterException their names differ
   * @throws UnsupportedFeatureException there are any
   */
  public static void checkVolumes(
      TaskDefinition definition, @Nullable List<TaskVolumeConfiguration> configurations) {
    List<String> awaited =
        Given.list(definition.definition().volumes()).stream()
            .filter(volume -> Boolean.TRUE.equals(volume.configuredAtLaunch()))
            .map(Volume::name)
            .map(Given::text)
            .toList();
    List<String> given =
        Given.list(configurations).stream().map(TaskVolumeConfiguration::name).toList();
    if (!awaited.equals(given)) {
      throw new InvalidParameterException(
          "volumeConfigurations must name the volumes that the task definition leaves to be"
              + " configured at launch: "
              + awaited);
    }
    if (!given.isEmpty()) {
      throw new UnsupportedFeatureException(
          "Volumes that are configured at launch are not supported yet.");
    }
  }
}
