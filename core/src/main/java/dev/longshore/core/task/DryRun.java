package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.Explanation;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Where tasks would go if they were started now, by the code that would place them; nothing is
 * started. Costs a walk over the cluster's instances and tasks.
 *
 * @param places by task in their order; fewer than asked for where there is no room for more
 * @param next of one task more, after those
 */
public record DryRun(List<ContainerInstance> places, Explanation next) {
  /**
   * Places tasks without starting them.
   *
   * @param count how many; 0 only explains
   * @param seed decides between instances that are equally good
   */
  public static DryRun of(View view, TaskPlan plan, int count, long seed) {
    Fleet fleet = Fleets.filled(view, plan.cluster().arn());
    Placement placement = new Placement(fleet, TaskLauncher.demand(plan), plan.group(), seed);
    List<ContainerInstance> places = new ArrayList<>();
    ContainerInstance instance = count > 0 ? placement.next() : null;
    while (instance != null) {
      placement.take(instance);
      places.add(instance);
      instance = places.size() < count ? placement.next() : null;
    }
    return new DryRun(List.copyOf(places), placement.explain());
  }
}
