package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskDefinitionFamily;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecs.ClientException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the revision of a task definition that a request means. */
public final class TaskDefinitions {
  private TaskDefinitions() {}

  /**
   * The revision with that identifier: {@code family} (its highest active revision), {@code
   * family:revision} or an ARN. A revision that is named may have any status.
   *
   * @throws ClientException the revision is no number
   */
  public static Optional<TaskDefinition> find(View view, Context context, String identifier) {
    Revision named = Revision.parse(context.place(), identifier).orElse(null);
    if (named == null) {
      return Optional.empty();
    }
    if (named.number() == null) {
      return Optional.ofNullable(latest(view, named.family()));
    }
    int number = revisionNumber(named.number()).orElseThrow(() -> invalid(named.number()));
    return Optional.ofNullable(revision(view, named.family(), number));
  }

  /**
   * The active revision with that identifier, to start tasks or a service with.
   *
   * @param inactive makes the error for a revision that is not active: RunTask answers with an
   *     InvalidParameterException, the actions on services with a ClientException
   * @throws ClientException there is no such revision
   */
  public static TaskDefinition findActive(
      View view,
      Context context,
      String identifier,
      Function<String, ? extends ServiceException> inactive) {
    TaskDefinition found =
        find(view, context, identifier)
            .orElseThrow(() -> new ClientException("TaskDefinition not found."));
    if (!found.status().equals(TaskDefinition.ACTIVE)) {
      throw inactive.apply("TaskDefinition is inactive");
    }
    return found;
  }

  /**
   * The revision with that ARN, as rows of tasks and services carry it; null once it is gone.
   *
   * @param arn with revision
   */
  public static @Nullable TaskDefinition row(View view, String arn) {
    return view.find(TaskDefinition.KIND, TaskDefinition.keyOfArn(arn));
  }

  static @Nullable TaskDefinition revision(View view, String family, int number) {
    return view.find(TaskDefinition.KIND, TaskDefinition.key(family, number));
  }

  /** Whether the family has a revision of that status. */
  static boolean has(View view, String family, String status) {
    return view.count(TaskDefinition.BY_FAMILY_STATUS, family + ' ' + status) > 0;
  }

  /**
   * Steps down from the newest number ever given: the newest revision is nearly always active, and
   * walking up an index would pass every older one.
   */
  private static @Nullable TaskDefinition latest(View view, String family) {
    TaskDefinitionFamily row = view.find(TaskDefinitionFamily.KIND, family);
    if (row == null || !has(view, family, TaskDefinition.ACTIVE)) {
      return null;
    }
    for (int number = row.lastRevision(); number > 0; number--) {
      TaskDefinition revision = revision(view, family, number);
      if (revision != null && revision.status().equals(TaskDefinition.ACTIVE)) {
        return revision;
      }
    }
    return null;
  }

  static Optional<Integer> revisionNumber(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text);
    return number > 0 ? Optional.of(number) : Optional.empty();
  }

  private static ClientException invalid(@Nullable String number) {
    return new ClientException("Invalid revision number. Number: " + number);
  }

  /**
   * An identifier taken apart.
   *
   * @param number as written; null where the identifier has none
   */
  record Revision(String family, @Nullable String number) {
    /** Empty for the ARN of something else or of another place. */
    static Optional<Revision> parse(Place place, String identifier) {
      if (!Arn.isMeant(identifier)) {
        return Optional.of(split(identifier));
      }
      return Arn.parse(identifier)
          .filter(arn -> arn.isIn(place) && arn.resource().startsWith("task-definition/"))
          .map(arn -> split(arn.resource().substring("task-definition/".length())));
    }

    private static Revision split(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Revision(text, null)
          : new Revision(text.substring(0, colon), text.substring(colon + 1));
    }
  }
}
