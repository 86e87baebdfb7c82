package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Arn;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.LogDriver;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules for where a container's output goes. */
final class LogRules {
  private static final List<String> AWSLOGS_NEEDS = List.of("awslogs-region", "awslogs-group");

  private LogRules() {}

  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    checkRouter(container.firelensConfiguration());
    LogConfiguration log = container.logConfiguration();
    if (log == null) {
      return;
    }
    demand(
        LogDriver.VALUES.contains(log.logDriver()),
        log.logDriver()
            + " is not a valid log driver. Must be one of ["
            + String.join(", ", LogDriver.VALUES)
            + "]");
    if (log.logDriver().equals(LogDriver.AWSLOGS)) {
      List<String> missing =
          AWSLOGS_NEEDS.stream().filter(option -> !has(log.options(), option)).toList();
      demand(
          missing.isEmpty(), "Log driver awslogs requires options: " + String.join(", ", missing));
    }
    demand(
        !log.logDriver().equals(LogDriver.AWSFIRELENS) || hasRouter(request),
        "When awsfirelens log driver is specified in log configuration, a firelens configuration"
            + " object must be specified");
  }

  private static void checkRouter(@Nullable FirelensConfiguration router) {
    if (router == null) {
      return;
    }
    String type = option(router.options(), "config-file-type");
    demand(
        type == null || type.equals("s3") || type.equals("file"),
        "Invalid 'config-file-type' option of firelensConfiguration. Must be one of [s3, file]");
    String value = option(router.options(), "config-file-value");
    demand(
        !"s3".equals(type) || (value != null && Arn.parse(value).isPresent()),
        "Invalid arn syntax");
  }

  private static boolean hasRouter(RegisterTaskDefinitionRequest request) {
    return request.containerDefinitions().stream()
        .anyMatch(container -> container.firelensConfiguration() != null);
  }

  static boolean has(@Nullable Map<String, String> options, String name) {
    return option(options, name) != null;
  }

  static @Nullable String option(@Nullable Map<String, String> options, String name) {
    return options == null ? null : options.get(name);
  }
}
