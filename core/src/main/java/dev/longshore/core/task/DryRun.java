package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.Explanation;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks would go if they were started now, by the code that would place them; nothing is
 * started. Costs a walk over the cluster's instances and tasks.
 *
 * @param places by task in their order; fewer than asked for where there is no room for more
 * @param next of one task more, after those
 */
public record DryRun(List<ContainerInstance> places, Explanation next) {
  /** So many tasks are placed at most, and so many instances told of one by one. */
  static final int MOST = 10_000;

  private static final int USUAL_LIMIT = 100;

  /**
   * Places tasks without starting them.
   *
   * @param count how many; 0 only explains
   * @param limit so many instances are told of one by one, at most
   * @param seed decides between instances that are equally good
   */
  public static DryRun of(View view, TaskPlan plan, int count, int limit, long seed) {
    Fleet fleet = Fleets.filled(view, plan.cluster().arn());
    Placement placement = new Placement(fleet, TaskLauncher.demand(plan), plan.group(), seed);
    List<ContainerInstance> places = new ArrayList<>();
    ContainerInstance instance = count > 0 ? placement.next() : null;
    while (instance != null) {
      placement.take(instance);
      places.add(instance);
      instance = places.size() < count ? placement.next() : null;
    }
    return new DryRun(List.copyOf(places), placement.explain(limit));
  }

  /**
   * How many tasks are asked for; 1 where nothing is said.
   *
   * @throws InvalidParameterException it is negative or more than 10,000
   */
  public static int count(@Nullable Integer given) {
    return checked("count", given == null ? 1 : given, 0);
  }

  /**
   * How many instances are asked for; 100 where nothing is said.
   *
   * @throws InvalidParameterException it is less than 1 or more than 10,000
   */
  public static int limit(@Nullable Integer given) {
    return checked("maxInstances", given == null ? USUAL_LIMIT : given, 1);
  }

  private static int checked(String name, int value, int least) {
    if (value < least || value > MOST) {
      throw new InvalidParameterException(
          name + " must be between " + least + " and " + MOST + ".");
    }
    return value;
  }
}
