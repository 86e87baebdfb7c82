package dev.longshore.core.placement;

import org.jspecify.annotations.Nullable;

/** Finds the instance with the least left of a resource, and then of the other, that fits. */
final class Closest {
  /** Instances are looked at one by one, not in their order, where they are one of so many. */
  private static final int FEW = 4;

  private final Fleet fleet;
  private final Filter filter;
  private Load load = new Load(0, 0, new int[0], 0, 0);
  private Chance chance = new Chance();
  private boolean byMemory;
  private long from;
  private long to;
  private int found;

  Closest(Fleet fleet, Filter filter) {
    this.fleet = fleet;
    this.filter = filter;
  }

  void begin(Placement placement) {
    load = placement.load;
    chance = placement.chance();
  }

  /**
   * The closest among the cohorts between two places of a stack; -1 for none.
   *
   * @param memoryFirst whether memory is looked at before CPU, where the filter settled on neither
   */
  int find(Cohort[] stack, int start, int end, boolean memoryFirst) {
    // With one amount settled, the ranking that begins with it shows the other in its order.
    byMemory = filter.memory != Filter.ANY ? true : filter.cpu != Filter.ANY ? false : memoryFirst;
    if (byMemory) {
      bound(filter.memory, load.memory(), filter.cpu, load.cpu());
    } else {
      bound(filter.cpu, load.cpu(), filter.memory, load.memory());
    }
    found = Links.NONE;
    int ties = 1;
    for (int at = start; at < end; at++) {
      int before = found;
      long bound = to;
      look(stack[at]);
      if (before >= 0 && found != before && to == bound) {
        ties++;
        found = chance.below(ties) == 0 ? found : before;
      } else if (found != before) {
        ties = 1;
      }
    }
    return found;
  }

  private void bound(int settledFirst, int leastFirst, int settledSecond, int leastSecond) {
    int second = settledSecond == Filter.ANY ? leastSecond : settledSecond;
    int first = settledFirst == Filter.ANY ? leastFirst : settledFirst;
    from = Ranking.key(first, second);
    int lastSecond = settledSecond == Filter.ANY ? Integer.MAX_VALUE : settledSecond;
    to = Ranking.key(settledFirst == Filter.ANY ? Integer.MAX_VALUE : settledFirst, lastSecond);
  }

  private long key(int number) {
    return byMemory ? fleet.stock.byMemory(number) : fleet.stock.byCpu(number);
  }

  /** Whatever is found from now on is not worse than this. */
  private void found(int number) {
    found = number;
    to = key(number);
  }

  private void look(Cohort cohort) {
    int size = filter.size(cohort);
    if (size == 0) {
      return;
    }
    Crowd crowd = filter.crowd(cohort);
    boolean few = filter.tasks != Filter.ANY && size * FEW < cohort.size && crowd != null;
    if (few && crowd != null && filter.tasks > 0) {
      lookAtHolders(crowd);
    } else if (few && filter.holders() != null) {
      lookAtOthers(cohort, filter.holders());
    } else {
      lookInOrder(cohort);
    }
  }

  private void lookInOrder(Cohort cohort) {
    int need = load.cells();
    for (int at = need; at <= (Cohort.GPU | Cohort.INTERFACE); at++) {
      if ((at & need) == need) {
        Cohort.Cell cell = cohort.cell(at);
        Ranking ranking = byMemory ? cell.byMemory() : cell.byCpu();
        int number = ranking.first(from, to, byMemory ? load.cpu() : load.memory(), filter);
        if (number >= 0) {
          found(number);
        }
      }
    }
  }

  private void lookAtHolders(Crowd crowd) {
    int end = crowd.start(filter.tasks + 1);
    for (int place = crowd.start(filter.tasks); place < end; place++) {
      look(crowd.member(place));
    }
  }

  private void lookAtOthers(Cohort cohort, @Nullable Bits holders) {
    for (int word = 0; holders != null && word < cohort.bits.words(); word++) {
      for (long left = cohort.bits.without(holders, word); left != 0; left &= left - 1) {
        look((word << 6) + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private void look(int number) {
    long key = key(number);
    if (key >= from && key <= to && filter.fits(number)) {
      found(number);
    }
  }
}
