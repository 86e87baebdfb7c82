package dev.longshore.gateway.route;

import java.util.List;

/** A listener of one table: finds what becomes of a request. */
public final class Gate {
  private record Step(int priority, List<Criterion> criteria, Outcome outcome) {}

  private final LoadBalancer loadBalancer;
  private final BalancerSettings settings;
  private final Listener spec;
  private final List<Step> steps;
  private final Outcome otherwise;

  Gate(
      LoadBalancer loadBalancer,
      BalancerSettings settings,
      Listener spec,
      List<Rule> rules,
      java.util.function.BiFunction<String, Action, Outcome> ready) {
    this.loadBalancer = loadBalancer;
    this.settings = settings;
    this.spec = spec;
    this.steps =
        rules.stream()
            .map(rule ->
                new Step(
                    rule.priority(),
                    rule.conditions().stream().map(Criterion::of).toList(),
                    ready.apply(rule.arn(), rule.action())))
            .toList();
    this.otherwise = ready.apply(spec.arn(), spec.defaultAction());
  }

  public LoadBalancer loadBalancer() {
    return loadBalancer;
  }

  public BalancerSettings settings() {
    return settings;
  }

  public Listener spec() {
    return spec;
  }

  /** What the first rule whose conditions are all met says, or the default. */
  public Outcome outcome(Asked asked) {
    for (Step step : steps) {
      if (meets(step, asked)) {
        return step.outcome();
      }
    }
    return otherwise;
  }

  /** The priority of the rule that says this; 0 for the default one. */
  @SuppressWarnings("ReferenceEquality") // Two rules may say the same; asked is which one did.
  public int priority(Outcome outcome) {
    for (Step step : steps) {
      if (step.outcome() == outcome) {
        return step.priority();
      }
    }
    return 0;
  }

  /** What becomes of connections and datagrams, which no rule can tell apart. */
  public Outcome outcome() {
    return otherwise;
  }

  private static boolean meets(Step step, Asked asked) {
    for (Criterion each : step.criteria()) {
      if (!each.meets(asked)) {
        return false;
      }
    }
    return true;
  }
}
