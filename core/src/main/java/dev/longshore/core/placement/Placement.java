package dev.longshore.core.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Places the copies of one call, one after another, each seeing what the ones before it took.
 *
 * <p>Filters are binding and can explain themselves; preferences only rank what fits. Where no
 * preference is given, a handful of fitting instances from a chance position on is seen and one of
 * them drawn, so that a placement costs the same in a large cluster as in a small one; all others
 * are looked at only if those few do not suffice.
 *
 * <p>Whoever asks puts the task on the instance it is given before asking for the next one.
 */
public final class Placement {
  /** Fitting instances to draw from, so that the draw hides how unevenly ids are spaced. */
  private static final int HANDFUL = 8;

  private final Demand demand;
  private final Candidates candidates;
  private final Company company;
  private final int copies;
  private final IntUnaryOperator chance;
  private @Nullable Pool pool;
  private boolean sawAll;

  /**
   * A placement of copies with that demand.
   *
   * @param copies how many will be asked for, or about
   * @param chance draws a number from 0 to its argument - 1
   */
  public Placement(
      Demand demand, Candidates candidates, Company company, int copies, IntUnaryOperator chance) {
    this.demand = demand;
    this.candidates = candidates;
    this.company = company;
    this.copies = copies;
    this.chance = chance;
  }

  /** Chooses an instance for one more copy; null: {@link #refusals} tells why there is none. */
  public @Nullable Choice next() {
    if (pool == null) {
      pool = fill(demand.preferences().isEmpty() ? HANDFUL + 2 * copies : Integer.MAX_VALUE);
    }
    if (pool.isEmpty() && !sawAll) {
      pool = fill(Integer.MAX_VALUE);
    }
    return pool.take(chance);
  }

  private Pool fill(int enough) {
    Pool filled = new Pool(demand, company, enough);
    candidates.visit(filled);
    sawAll = enough == Integer.MAX_VALUE;
    return filled;
  }

  /**
   * Explains, instance by instance and the closest first, why the next copy fits nowhere.
   *
   * @param limit that many instances at most
   */
  public List<Refusal> refusals(int limit) {
    List<Refusal> all = new ArrayList<>();
    candidates.visit((instance, used) -> {
      if (instance.isActive() && instance.launchType().equals(demand.launchType())) {
        int tasks = demand.distinctInstance() ? company.tasksOn(instance) : 0;
        Obstacle obstacle = demand.obstacle(instance, used, tasks);
        if (obstacle != null) {
          all.add(new Refusal(instance, obstacle));
        }
      }
      return true;
    });
    all.sort(Refusal.CLOSEST_FIRST);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
