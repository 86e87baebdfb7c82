package dev.longshore.gateway.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes made ready to be followed. Immutable but for what members count and what their health is;
 * members are taken over from the table before.
 */
public final class Table {
  private final Routes routes;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, Gate> gates = new LinkedHashMap<>();
  private final List<Member> left = new ArrayList<>();

  private Table(Routes routes) {
    this.routes = routes;
  }

  /** Knows no listener. */
  public static Table empty() {
    return new Table(Routes.none());
  }

  /**
   * Makes routes ready. Whoever still uses {@code previous} finds its targets as they were, so that
   * no request is refused for want of a target; once the new table is used by all that begins,
   * {@link #retire} is to follow.
   *
   * @throws IllegalArgumentException for an expression, CIDR block, or ARN that means nothing; then
   *     nothing has changed
   */
  public static Table of(Routes routes, Table previous) {
    Table table = new Table(routes);
    Set<String> used = used(routes);
    for (TargetGroup group : routes.targetGroups()) {
      table.groups.put(group.arn(), table.group(group, previous, used.contains(group.arn())));
    }
    for (LoadBalancer each : routes.loadBalancers()) {
      for (Listener listener : each.listeners()) {
        Map<String, String> attributes = new LinkedHashMap<>(each.attributes());
        attributes.putAll(listener.attributes());
        BalancerSettings settings = BalancerSettings.of(attributes);
        table.gates.put(listener.arn(), table.gate(each, settings, listener));
      }
    }
    table.welcome();
    return table;
  }

  private Group group(TargetGroup spec, Table previous, boolean inUse) {
    List<Member> here = new ArrayList<>();
    for (Target target : spec.targets()) {
      Addresses.parse(target.address());
      String key = Member.key(spec.arn(), target);
      Member known = previous.members.get(key);
      Member member = known == null ? new Member(spec.arn(), target) : known;
      members.put(key, member);
      here.add(member);
    }
    return new Group(spec, here, inUse, previous.groups.get(spec.arn()));
  }

  private Gate gate(LoadBalancer loadBalancer, BalancerSettings settings, Listener listener) {
    List<Rule> rules =
        listener.rules().stream().sorted(Comparator.comparingInt(Rule::priority)).toList();
    return new Gate(loadBalancer, settings, listener, rules, this::outcome);
  }

  private Outcome outcome(String arn, Action action) {
    return switch (action) {
      case Action.FixedResponse each -> new Outcome.Answer(each);
      case Action.Redirect each -> new Outcome.Elsewhere(each);
      case Action.Forward each -> {
        if (each.groups().isEmpty()) {
          throw new IllegalArgumentException("a forward without a target group: " + arn);
        }
        yield new Outcome.Onward(
            each.groups().stream().map(group -> known(group.targetGroupArn())).toList(),
            each.groups().stream().map(Action.WeightedGroup::weight).toList(),
            each.stickinessSeconds(),
            31 * arn.hashCode() + (int) routes.version() * 0x85EBCA6B);
      }
    };
  }

  private Group known(String arn) {
    Group group = groups.get(arn);
    if (group == null) {
      throw new IllegalArgumentException("no such target group: " + arn);
    }
    return group;
  }

  /**
   * Lets those that get requests know it: the only step of making a table that changes anything.
   */
  private void welcome() {
    states(Target.State.REGISTERED);
    groups.values().forEach(Group::refresh);
  }

  /** Lets those of this table and the one before know it that get no more requests. */
  public void retire(Table previous) {
    states(Target.State.DRAINING);
    previous.members.forEach((key, member) -> {
      if (!members.containsKey(key)) {
        member.leave();
        left.add(member);
      }
    });
    groups.values().forEach(Group::refresh);
  }

  private void states(Target.State state) {
    for (TargetGroup group : routes.targetGroups()) {
      for (Target target : group.targets()) {
        Member member = members.get(Member.key(group.arn(), target));
        if (member != null && target.state() == state) {
          member.state(state);
        }
      }
    }
  }

  private static Set<String> used(Routes routes) {
    Set<String> used = new LinkedHashSet<>();
    for (LoadBalancer each : routes.loadBalancers()) {
      for (Listener listener : each.listeners()) {
        used(listener.defaultAction(), used);
        listener.rules().forEach(rule -> used(rule.action(), used));
      }
    }
    return used;
  }

  private static void used(Action action, Set<String> used) {
    if (action instanceof Action.Forward forward) {
      forward.groups().forEach(group -> used.add(group.targetGroupArn()));
    }
  }

  public Routes routes() {
    return routes;
  }

  public Collection<Group> groups() {
    return groups.values();
  }

  public Collection<Gate> gates() {
    return gates.values();
  }

  /** The members that the table before had and this one has not. */
  public List<Member> left() {
    return left;
  }

  public @Nullable Group group(String arn) {
    return groups.get(arn);
  }

  public @Nullable Gate gate(String listenerArn) {
    return gates.get(listenerArn);
  }
}
