package dev.longshore.core.placement;

import org.jspecify.annotations.Nullable;

/** Draws one of the instances that fit, where no preference is left that could rank them. */
final class Draw implements Ranking.Visitor {
  /** So often one is drawn from all before those that fit are looked for. */
  private static final int TRIES = 96;

  /** Drawing from all is given up beforehand where fewer than one of so many can fit. */
  private static final int RARE = 16;

  /** So many that fit are enough to draw from. */
  private static final int ENOUGH = 256;

  private final Filter filter;
  private Load load = new Load(0, 0, new int[0], 0, 0);
  private Chance chance = new Chance();
  private int seen;
  private int drawn;

  Draw(Filter filter) {
    this.filter = filter;
  }

  void begin(Placement placement) {
    load = placement.load;
    chance = placement.chance();
  }

  /** One of those among the cohorts between two places of a stack; -1 for none. */
  int find(Cohort[] stack, int from, int to) {
    int all = 0;
    int size = 0;
    for (int at = from; at < to; at++) {
      all += stack[at].size;
      size += filter.size(stack[at]);
    }
    if (size == 0) {
      return Links.NONE;
    }
    boolean holders = filter.tasks > 0;
    if (holders || size * RARE >= all) {
      for (int tries = 0; tries < TRIES; tries++) {
        int number = at(stack, from, chance.below(holders ? size : all), holders);
        if (filter.fits(number)) {
          return number;
        }
      }
    }
    int start = chance.below(to - from);
    for (int turn = 0; turn < to - from; turn++) {
      int number = oneOf(stack[from + (start + turn) % (to - from)]);
      if (number >= 0) {
        return number;
      }
    }
    return Links.NONE;
  }

  private int at(Cohort[] stack, int from, int place, boolean holders) {
    int left = place;
    int at = from;
    while (left >= (holders ? filter.size(stack[at]) : stack[at].size)) {
      left -= holders ? filter.size(stack[at]) : stack[at].size;
      at++;
    }
    Crowd crowd = holders ? filter.crowd(stack[at]) : null;
    return crowd == null ? stack[at].members[left] : crowd.member(crowd.start(filter.tasks) + left);
  }

  private int oneOf(Cohort cohort) {
    int size = filter.size(cohort);
    if (size == 0) {
      return Links.NONE;
    }
    Crowd crowd = filter.tasks == Filter.ANY ? null : filter.crowd(cohort);
    seen = 0;
    drawn = Links.NONE;
    if (crowd != null && filter.tasks > 0) {
      drawFromHolders(crowd);
    } else if (crowd != null && filter.holders() != null && size < crowd.size()) {
      drawFromOthers(cohort, filter.holders());
    } else {
      drawInOrder(cohort);
    }
    return drawn;
  }

  private void drawFromHolders(Crowd crowd) {
    int start = crowd.start(filter.tasks);
    int size = crowd.start(filter.tasks + 1) - start;
    int first = chance.below(size);
    for (int turn = 0; turn < size && seen < ENOUGH; turn++) {
      draw(crowd.member(start + (first + turn) % size));
    }
  }

  private void drawFromOthers(Cohort cohort, @Nullable Bits holders) {
    int words = cohort.bits.words();
    int first = chance.below(words);
    for (int turn = 0; holders != null && turn < words && seen < ENOUGH; turn++) {
      int word = (first + turn) % words;
      for (long left = cohort.bits.without(holders, word); left != 0; left &= left - 1) {
        draw((word << 6) + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private void draw(int number) {
    if (filter.fits(number) && chance.below(++seen) == 0) {
      drawn = number;
    }
  }

  private void drawInOrder(Cohort cohort) {
    int need = load.cells();
    for (int at = need; at <= (Cohort.GPU | Cohort.INTERFACE); at++) {
      if ((at & need) == need) {
        long least = Ranking.key(load.memory(), load.cpu());
        cohort.cell(at).byMemory().first(least, Long.MAX_VALUE, load.cpu(), this);
      }
    }
  }

  /** Sees the next one that has enough CPU and memory; true when enough were seen. */
  @Override
  public boolean takes(int number) {
    if (filter.takes(number) && chance.below(++seen) == 0) {
      drawn = number;
    }
    return seen == ENOUGH;
  }
}
