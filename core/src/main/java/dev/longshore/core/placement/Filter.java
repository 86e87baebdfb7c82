package dev.longshore.core.placement;

import dev.longshore.core.placement.language.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search has settled on so far and its cohorts do not say by themselves: the number of the
 * group's tasks on an instance, amounts left, and values of attributes that have too many to split
 * cohorts.
 */
final class Filter implements Ranking.Visitor {
  /** No amount or number was settled on. */
  static final int ANY = -1;

  private final Fleet fleet;
  private Load load = new Load(0, 0, new int[0], 0, 0);
  private List<Expression> moving = List.of();
  private final @Nullable Domain[] domains = new Domain[PlacementRules.MAX_STRATEGIES];
  private final int[] domainTasks = new int[PlacementRules.MAX_STRATEGIES];
  private int wide;

  @Nullable Group group;

  /** So many tasks of the group the instance holds. */
  int tasks = ANY;

  /** So much is left of the instance. */
  int cpu = ANY;

  int memory = ANY;

  Filter(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Begins anew. */
  void begin(Placement placement) {
    load = placement.load;
    moving = placement.moving;
    group = fleet.group(placement.groupName);
    tasks = placement.demand.distinctInstance() ? 0 : ANY;
    cpu = ANY;
    memory = ANY;
    wide = 0;
  }

  /** Only instances whose value of the attribute so many tasks of the group share. */
  void push(Domain domain, int count) {
    domains[wide] = domain;
    domainTasks[wide++] = count;
  }

  void pop() {
    wide--;
  }

  /** Whether an instance passes that has enough CPU and memory. */
  @Override
  public boolean takes(int number) {
    return fleet.stock.holdsRest(number, load) && passes(number);
  }

  /** Whether an instance passes that nothing is known of. */
  boolean fits(int number) {
    return fleet.stock.holds(number, load) && passes(number);
  }

  private boolean passes(int number) {
    if (tasks != ANY && group != null && !holdsSettled(number, group)) {
      return false;
    }
    for (int at = 0; at < wide; at++) {
      Domain domain = domains[at];
      if (domain != null
          && group != null
          && group.count(domain, domain.value(number)) != domainTasks[at]) {
        return false;
      }
    }
    for (int at = 0; at < moving.size(); at++) {
      if (!moving.get(at).matches(fleet.subject.at(number))) {
        return false;
      }
    }
    return true;
  }

  private boolean holdsSettled(int number, Group settled) {
    Bits holders = settled.holders();
    if (tasks == 0 && holders != null) {
      return !holders.has(number);
    }
    return fleet.seats.tasks(number, settled.number) == tasks;
  }

  /** The group's available instances as a set, while they are many; else null. */
  @Nullable Bits holders() {
    return group == null ? null : group.holders();
  }

  /** The group's instances in a cohort; null where it has none there. */
  @Nullable Crowd crowd(Cohort cohort) {
    return group == null ? null : group.crowd(cohort);
  }

  /** How many instances of a cohort hold the settled number of tasks, or all. */
  int size(Cohort cohort) {
    Crowd crowd = tasks == ANY ? null : crowd(cohort);
    if (crowd == null) {
      return tasks <= 0 ? cohort.size : 0;
    }
    return tasks == 0 ? cohort.size - crowd.size() : crowd.start(tasks + 1) - crowd.start(tasks);
  }
}
