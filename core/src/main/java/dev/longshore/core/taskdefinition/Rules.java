package dev.longshore.core.taskdefinition;

import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the rules for task definitions share. */
final class Rules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private Rules() {}

  /**
   * Refuses the definition with that text unless the rule holds.
   *
   * @throws ClientException it does not
   */
  static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new ClientException(otherwise);
    }
  }

  /** Whether a text can be the name of a family, a container or a volume. */
  static boolean isName(@Nullable String text) {
    return text != null && NAME.matcher(text).matches();
  }

  static boolean isAwsvpc(RegisterTaskDefinitionRequest request) {
    return "awsvpc".equals(request.networkMode());
  }

  static boolean isEssential(ContainerDefinition container) {
    return !Boolean.FALSE.equals(container.essential());
  }

  /** The container of that name, or null. */
  static @Nullable ContainerDefinition container(
      RegisterTaskDefinitionRequest request, @Nullable String name) {
    for (ContainerDefinition container : request.containerDefinitions()) {
      if (name != null && name.equals(container.name())) {
        return container;
      }
    }
    return null;
  }

  static boolean isBetween(int least, int most, @Nullable Integer number) {
    return number == null || (number >= least && number <= most);
  }
}
