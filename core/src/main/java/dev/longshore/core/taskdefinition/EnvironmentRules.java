package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.EnvironmentFile;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Secret;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules for a container's environment: its files, its secrets, and the role to fetch them. */
final class EnvironmentRules {
  private static final int MOST_FILES = 10;

  private EnvironmentRules() {}

  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    checkSecretNames(container);
    checkFiles(Given.list(container.environmentFiles()));
    boolean role = request.executionRoleArn() != null;
    demand(role || !hasSecrets(container), needsRole("secrets"));
    demand(
        role || Given.list(container.environmentFiles()).isEmpty(), needsRole("environmentFiles"));
    demand(role || container.repositoryCredentials() == null, needsRole("repositoryCredentials"));
  }

  private static void checkSecretNames(ContainerDefinition container) {
    Set<String> names = new TreeSet<>();
    Given.list(container.environment()).forEach(pair -> names.add(Given.text(pair.name())));
    for (Secret secret : Given.list(container.secrets())) {
      demand(
          names.add(secret.name()),
          "The secret name must be unique and not shared with any new or existing environment"
              + " variables set on the container, such as '"
              + secret.name()
              + "'.");
    }
  }

  private static void checkFiles(List<EnvironmentFile> files) {
    demand(
        files.size() <= MOST_FILES,
        "The maximum number of environment files was exceeded. Specify ten or less and try again");
    for (EnvironmentFile file : files) {
      demand(Arn.parse(file.value()).isPresent(), "Invalid arn syntax");
      demand(
          file.value().endsWith(".env"),
          "The environment file '" + file.value() + "' must have the extension '.env'.");
    }
  }

  private static boolean hasSecrets(ContainerDefinition container) {
    LogConfiguration log = container.logConfiguration();
    return !Given.list(container.secrets()).isEmpty()
        || (log != null && !Given.list(log.secretOptions()).isEmpty());
  }

  private static String needsRole(String what) {
    return "When you are specifying container "
        + what
        + ", you must also specify a value for 'executionRoleArn'.";
  }
}
