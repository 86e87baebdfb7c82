package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.language.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Places tasks of one group that are alike, one after another, each seeing what the ones before it
 * took.
 *
 * <p>What is asked for is binding and can explain itself; preferences only rank what fits, one
 * after the other, and a seeded hash decides what they leave open.
 *
 * <p>Whoever asks puts the task on the instance it is given before asking for the next one. May be
 * kept for as long as its fleet is.
 */
public final class Placement {
  final Fleet fleet;
  final Demand demand;
  final String groupName;
  final Load load;

  /** The expressions whose answer changes with the tasks of an instance. */
  final List<Expression> moving = new ArrayList<>();

  final Eligibility.Key key;
  private final Chance chance = new Chance();
  private Eligibility eligibility;
  private Step[] steps;
  private long epoch;

  /**
   * A placement of tasks with that demand.
   *
   * @param group whose tasks are spread, and kept apart where distinct instances are asked for
   * @param seed decides between instances that are equally good
   */
  public Placement(Fleet fleet, Demand demand, String group, long seed) {
    this.fleet = fleet;
    this.demand = demand;
    this.groupName = group;
    load = Load.of(demand);
    key = Eligibility.Key.of(demand);
    demand.memberOf().stream().filter(Expression::readsTasks).forEach(moving::add);
    chance.seed(seed);
    steps = new Step[demand.preferences().size()];
    eligibility = resolve();
  }

  /** Asks for what the demand needs to be known of instances, until none of it was forgotten. */
  private Eligibility resolve() {
    Eligibility resolved;
    do {
      epoch = fleet.features.epoch();
      resolved = fleet.features.eligibility(key);
      for (int at = 0; at < steps.length; at++) {
        steps[at] = Step.of(demand.preferences().get(at), fleet);
      }
    } while (epoch != fleet.features.epoch());
    return resolved;
  }

  /** Chooses an instance for one more task; null: {@link #refusals} tells why there is none. */
  public @Nullable ContainerInstance next() {
    int number = choose();
    return number < 0 ? null : fleet.row(number);
  }

  /** As {@link #next}, by number; -1 for none. */
  public int choose() {
    if (epoch != fleet.features.epoch()) {
      eligibility = resolve();
    }
    return fleet.search.find(this);
  }

  /** Books a task on an instance that was chosen, for who keeps no rows. */
  public void take(ContainerInstance instance) {
    take(fleet.number(instance.arn()));
  }

  /** As {@link #take(ContainerInstance)}, by number. */
  public void take(int number) {
    fleet.take(number, load, groupName);
  }

  /** Takes back {@link #take(int)}. */
  public void giveBack(int number) {
    fleet.giveBack(number, load, groupName);
  }

  /**
   * By value of an attribute: how many tasks of the group stand on instances that have it. Only
   * values of available instances that meet the constraints are told.
   */
  public SortedMap<String, Integer> spread(String attribute) {
    Domain domain = fleet.features.domain(attribute);
    if (epoch != fleet.features.epoch()) {
      eligibility = resolve();
      domain = fleet.features.domain(attribute);
    }
    Group group = fleet.group(groupName);
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Cohort cohort : eligibility.cohorts()) {
      for (int at = 0; at < (domain.isWide() ? cohort.size : Math.min(1, cohort.size)); at++) {
        int number = cohort.members[at];
        ContainerInstance row = fleet.row(number);
        String value = row == null ? null : row.attribute(attribute);
        if (value != null) {
          counts.put(value, group == null ? 0 : group.count(domain, domain.value(number)));
        }
      }
    }
    return counts;
  }

  Eligibility eligibility() {
    return eligibility;
  }

  Step[] steps() {
    return steps;
  }

  Chance chance() {
    return chance;
  }

  /**
   * Why one more task cannot go to an instance, with the constraints on where it may go; null: it
   * can. Its status and its launch type are not looked at.
   */
  public @Nullable Obstacle obstacle(ContainerInstance instance) {
    int number = fleet.number(instance.arn());
    ContainerInstance row = number < 0 ? null : fleet.row(number);
    return row == null ? Obstacle.AGENT : examination().first(number, row, Obstacle.AGENT);
  }

  /**
   * Explains, of every registered instance, whether it can take the next task and why not.
   *
   * @param limit so many of them are told one by one, those that came furthest first; the others
   *     are counted
   */
  public Explanation explain(int limit) {
    return examination().explain(limit);
  }

  /**
   * Explains, instance by instance and the closest first, why the next task fits nowhere. Only
   * ACTIVE instances of the launch type are examined.
   *
   * @param limit that many instances at most
   */
  public List<Refusal> refusals(int limit) {
    Examination examination = examination();
    List<Refusal> all = new ArrayList<>();
    for (int number = 0; number < fleet.capacity(); number++) {
      ContainerInstance row = fleet.row(number);
      if (row != null && row.isActive() && row.launchType().equals(demand.launchType())) {
        Obstacle obstacle = examination.first(number, row, Obstacle.AGENT);
        if (obstacle != null) {
          all.add(new Refusal(row, obstacle));
        }
      }
    }
    all.sort(Refusal.CLOSEST_FIRST);
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  private Examination examination() {
    if (epoch != fleet.features.epoch()) {
      eligibility = resolve();
    }
    return new Examination(this);
  }
}
