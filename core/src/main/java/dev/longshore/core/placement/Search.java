package dev.longshore.core.placement;

import java.util.List;

/**
 * Finds the best instance for a placement. Preferences are followed one after the other: each
 * divides what is left into sets of equals, and the best set in which the rest of the preferences
 * find an instance is the one. Sets are not made but said: as cohorts, which stand side by side on
 * a stack, and a {@link Filter}. So what a decision costs depends on cohorts and on instances that
 * must be passed over, not on how many there are.
 */
final class Search {
  private final Fleet fleet;
  private final Filter filter;
  private final Closest closest;
  private final Draw draw;
  private Cohort[] stack = new Cohort[64];
  private Step[] steps = new Step[0];

  Search(Fleet fleet) {
    this.fleet = fleet;
    filter = new Filter(fleet);
    closest = new Closest(fleet, filter);
    draw = new Draw(filter);
  }

  /** The number of the instance; -1 where there is none. */
  int find(Placement placement) {
    filter.begin(placement);
    closest.begin(placement);
    draw.begin(placement);
    steps = placement.steps();
    List<Cohort> cohorts = placement.eligibility().cohorts();
    int most = cohorts.size() * (steps.length + 1);
    if (most > stack.length) {
      stack = new Cohort[most * 2];
    }
    int size = 0;
    for (int at = 0; at < cohorts.size(); at++) {
      Cohort cohort = cohorts.get(at);
      if (cohort.size > 0) {
        stack[size++] = cohort;
      }
    }
    return best(0, 0, size);
  }

  /** The best by the steps from that one on, among the cohorts between two places of the stack. */
  private int best(int step, int from, int to) {
    if (from == to) {
      return Links.NONE;
    }
    if (step == steps.length) {
      return any(from, to);
    }
    Domain domain = steps[step].domain();
    return switch (steps[step].sort()) {
      case INSTANCES -> bestByInstances(step, from, to);
      case ATTRIBUTE ->
          domain == null || filter.group == null
              ? best(step + 1, from, to)
              : domain.isWide()
                  ? bestByWideDomain(step, domain, from, to)
                  : bestByDomain(step, domain, filter.group, from, to);
      case CPU -> bestByAmount(step, false, from, to);
      case MEMORY -> bestByAmount(step, true, from, to);
    };
  }

  private int any(int from, int to) {
    if (filter.memory != Filter.ANY || filter.cpu != Filter.ANY) {
      return closest.find(stack, from, to, filter.memory != Filter.ANY);
    }
    return draw.find(stack, from, to);
  }

  private int bestByDomain(int step, Domain domain, Group group, int from, int to) {
    int done = -1;
    while (true) {
      int least = Integer.MAX_VALUE;
      int top = to;
      for (int at = from; at < to; at++) {
        Cohort cohort = stack[at];
        int count = group.count(domain, domain.value(cohort.members[0]));
        if (count > done && count <= least) {
          top = count < least ? to : top;
          least = count;
          stack[top++] = cohort;
        }
      }
      if (top == to) {
        return Links.NONE;
      }
      int found = best(step + 1, to, top);
      if (found >= 0) {
        return found;
      }
      done = least;
    }
  }

  private int bestByWideDomain(int step, Domain domain, int from, int to) {
    int count = leastAfter(domain, -1);
    while (count >= 0) {
      filter.push(domain, count);
      int found = best(step + 1, from, to);
      filter.pop();
      if (found >= 0) {
        return found;
      }
      count = leastAfter(domain, count);
    }
    return Links.NONE;
  }

  private int leastAfter(Domain domain, int done) {
    Group group = filter.group;
    int least = Integer.MAX_VALUE;
    for (int value = 0; group != null && value < domain.size(); value++) {
      int count = group.count(domain, value);
      if (count > done && count < least) {
        least = count;
      }
    }
    return least == Integer.MAX_VALUE ? -1 : least;
  }

  private int bestByInstances(int step, int from, int to) {
    if (filter.tasks != Filter.ANY || filter.group == null) {
      return best(step + 1, from, to);
    }
    int tasks = 0;
    do {
      filter.tasks = tasks;
      int found = best(step + 1, from, to);
      filter.tasks = Filter.ANY;
      if (found >= 0) {
        return found;
      }
      tasks = tasksAfter(tasks, from, to);
    } while (tasks > 0);
    return Links.NONE;
  }

  /** The next larger number of the group's tasks that an instance holds; 0 for none. */
  private int tasksAfter(int tasks, int from, int to) {
    int least = 0;
    for (int at = from; at < to; at++) {
      Crowd crowd = filter.crowd(stack[at]);
      int next = crowd == null ? 0 : crowd.countAfter(tasks);
      if (next > 0 && (least == 0 || next < least)) {
        least = next;
      }
    }
    return least;
  }

  private int bestByAmount(int step, boolean byMemory, int from, int to) {
    int settled = byMemory ? filter.memory : filter.cpu;
    if (settled != Filter.ANY) {
      return best(step + 1, from, to);
    }
    int found = closest.find(stack, from, to, byMemory);
    if (found < 0 || onlyAmountsFrom(step + 1)) {
      return found;
    }
    if (byMemory) {
      filter.memory = fleet.stock.memory[found];
    } else {
      filter.cpu = fleet.stock.cpu[found];
    }
    int best = best(step + 1, from, to);
    if (byMemory) {
      filter.memory = Filter.ANY;
    } else {
      filter.cpu = Filter.ANY;
    }
    return best;
  }

  /** Whether the other amount, by which equals are ranked anyway, is all that is still asked. */
  private boolean onlyAmountsFrom(int step) {
    for (int at = step; at < steps.length; at++) {
      if (steps[at].domain() != null || steps[at].sort() == Step.Sort.INSTANCES) {
        return false;
      }
    }
    return true;
  }
}
