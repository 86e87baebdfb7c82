package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The instances that fit one demand, side by side in arrays, with what is left of them as the
 * copies of one call take their seats. Nothing is made per instance that was only looked at.
 */
final class Pool implements Candidates.Visitor {
  private final Demand demand;
  private final Company company;
  private final int enough;
  private final boolean counting;
  private final List<Buckets> buckets = new ArrayList<>();

  private ContainerInstance[] instances = new ContainerInstance[16];
  private InstanceUsage[] used = new InstanceUsage[16];
  private int[] companions = new int[16];
  private int size;

  /**
   * An empty pool.
   *
   * @param enough how many fitting instances it takes before it wants to see no more
   */
  Pool(Demand demand, Company company, int enough) {
    this.demand = demand;
    this.company = company;
    this.enough = enough;
    for (Preference preference : demand.preferences()) {
      if (preference instanceof Preference.SpreadOverAttribute spread) {
        buckets.add(new Buckets(spread.name()));
      }
    }
    counting = demand.distinctInstance() || !demand.preferences().isEmpty();
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Override
  public boolean visit(ContainerInstance instance, InstanceUsage usage) {
    int tasks = counting ? company.tasksOn(instance) : 0;
    for (int at = 0; at < buckets.size(); at++) {
      buckets.get(at).add(instance, tasks);
    }
    if (instance.isActive()
        && instance.launchType().equals(demand.launchType())
        && demand.obstacle(instance, usage, tasks) == null) {
      add(instance, usage, tasks);
    }
    return size < enough;
  }

  private void add(ContainerInstance instance, InstanceUsage usage, int tasks) {
    if (size == instances.length) {
      instances = Arrays.copyOf(instances, size * 2);
      used = Arrays.copyOf(used, size * 2);
      companions = Arrays.copyOf(companions, size * 2);
    }
    instances[size] = instance;
    used[size] = usage;
    companions[size] = tasks;
    size++;
  }

  /** Takes a seat on the best instance; null where none is left. */
  @Nullable Choice take(IntUnaryOperator chance) {
    if (size == 0) {
      return null;
    }
    int best = best(chance);
    ContainerInstance instance = instances[best];
    InstanceUsage share = demand.share(instance, used[best]);
    used[best] = used[best].plus(share);
    companions[best]++;
    buckets.forEach(bucket -> bucket.add(instance, 1));
    if (demand.obstacle(instance, used[best], companions[best]) != null) {
      remove(best);
    }
    return new Choice(instance, share);
  }

  private void remove(int at) {
    size--;
    instances[at] = instances[size];
    used[at] = used[size];
    companions[at] = companions[size];
  }

  /** Narrows by one preference after the other to the best, and leaves the rest to chance. */
  private int best(IntUnaryOperator chance) {
    if (demand.preferences().isEmpty()) {
      return chance.applyAsInt(size);
    }
    int[] left = new int[size];
    Arrays.setAll(left, at -> at);
    int count = size;
    int spreads = 0;
    for (Preference preference : demand.preferences()) {
      Buckets bucket =
          preference instanceof Preference.SpreadOverAttribute ? buckets.get(spreads++) : null;
      count = narrow(left, count, preference, bucket);
    }
    return left[chance.applyAsInt(count)];
  }

  private int narrow(int[] left, int count, Preference preference, @Nullable Buckets bucket) {
    int least = Integer.MAX_VALUE;
    int kept = 0;
    for (int at = 0; at < count; at++) {
      int score = score(left[at], preference, bucket);
      if (score < least) {
        least = score;
        kept = 0;
      }
      if (score == least) {
        left[kept++] = left[at];
      }
    }
    return kept;
  }

  private int score(int at, Preference preference, @Nullable Buckets bucket) {
    return switch (preference) {
      case Preference.SpreadOverInstances spread -> companions[at];
      case Preference.SpreadOverAttribute spread -> bucket == null ? 0 : bucket.of(instances[at]);
      case Preference.BinpackCpu binpack -> instances[at].cpu() - used[at].cpu();
      case Preference.BinpackMemory binpack -> instances[at].memory() - used[at].memory();
    };
  }
}
