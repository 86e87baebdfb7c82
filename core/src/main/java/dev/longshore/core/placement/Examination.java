package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.Attribute;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds instances against what a placement asks for, one obstacle after the other. */
final class Examination {
  private static final List<Obstacle> IN_ORDER = List.of(Obstacle.values());

  private final Placement placement;
  private final Fleet fleet;
  private final Demand demand;
  private final Load load;
  private final @Nullable Group group;

  Examination(Placement placement) {
    this.placement = placement;
    fleet = placement.fleet;
    demand = placement.demand;
    load = placement.load;
    group = fleet.group(placement.groupName);
  }

  /**
   * The first thing in an instance's way; null: there is nothing.
   *
   * @param from what comes before it is not looked at
   */
  @Nullable Obstacle first(int number, ContainerInstance row, Obstacle from) {
    for (int at = 0; at < IN_ORDER.size(); at++) {
      Obstacle obstacle = IN_ORDER.get(at);
      if (obstacle.compareTo(from) >= 0 && hinders(obstacle, number, row)) {
        return obstacle;
      }
    }
    return null;
  }

  private boolean hinders(Obstacle obstacle, int number, ContainerInstance row) {
    Stock stock = fleet.stock;
    return switch (obstacle) {
      case STATUS -> !row.isActive();
      case LAUNCH_TYPE -> !row.launchType().equals(demand.launchType());
      case AGENT -> !row.agentConnected();
      case CPU -> stock.cpu[number] < load.cpu();
      case MEMORY -> stock.memory[number] < load.memory();
      case PORTS -> !stock.ports.areFree(number, load.ports());
      case GPU -> stock.gpus[number] < load.gpus();
      case NETWORK_INTERFACE -> stock.interfaces[number] < load.interfaces();
      case ATTRIBUTE -> placement.key.lacksAttribute(row);
      case MEMBER_OF -> !isMember(number);
      case DISTINCT_INSTANCE -> demand.distinctInstance() && groupTasks(number) > 0;
    };
  }

  private boolean isMember(int number) {
    for (Expression expression : demand.memberOf()) {
      if (!expression.matches(fleet.subject.at(number))) {
        return false;
      }
    }
    return true;
  }

  private int groupTasks(int number) {
    return group == null ? 0 : fleet.seats.tasks(number, group.number);
  }

  /** As {@link Placement#explain}. */
  Explanation explain(int limit) {
    List<Examined> all = new ArrayList<>();
    Map<Obstacle, Integer> obstacles = new EnumMap<>(Obstacle.class);
    for (int number = 0; number < fleet.capacity(); number++) {
      ContainerInstance row = fleet.row(number);
      if (row != null) {
        Obstacle first = first(number, row, Obstacle.STATUS);
        all.add(new Examined(number, row, first, ranks(number)));
        if (first != null) {
          obstacles.merge(first, 1, Integer::sum);
        }
      }
    }
    all.sort(Examined::closestFirst);
    return new Explanation(
        demand,
        placement.groupName,
        all.size() - obstacles.values().stream().mapToInt(count -> count).sum(),
        obstacles,
        all.stream().limit(limit).map(this::verdict).toList());
  }

  private record Examined(
      int number, ContainerInstance row, @Nullable Obstacle first, List<Integer> ranks) {
    /** Those that can take the task first and by rank, the others by how far they came. */
    static int closestFirst(Examined one, Examined other) {
      if (one.first != other.first) {
        return other.first == null || (one.first != null && one.first.compareTo(other.first) < 0)
            ? 1
            : -1;
      }
      for (int at = 0; one.first == null && at < one.ranks.size(); at++) {
        int order = Integer.compare(one.ranks.get(at), other.ranks.get(at));
        if (order != 0) {
          return order;
        }
      }
      return one.row.arn().compareTo(other.row.arn());
    }
  }

  private List<Integer> ranks(int number) {
    List<Integer> ranks = new ArrayList<>(placement.steps().length);
    for (Step step : placement.steps()) {
      ranks.add(
          switch (step.sort()) {
            case INSTANCES -> groupTasks(number);
            case ATTRIBUTE -> sharing(Objects.requireNonNull(step.domain()), number);
            case CPU -> fleet.stock.cpu[number];
            case MEMORY -> fleet.stock.memory[number];
          });
    }
    return ranks;
  }

  private int sharing(Domain domain, int number) {
    return group == null ? 0 : group.count(domain, domain.value(number));
  }

  private Verdict verdict(Examined examined) {
    int number = examined.number;
    List<Hindrance> hindrances = new ArrayList<>();
    for (Obstacle obstacle : IN_ORDER) {
      if (hinders(obstacle, number, examined.row)) {
        hindrances.add(new Hindrance(obstacle, detail(obstacle, number, examined.row)));
      }
    }
    return new Verdict(
        examined.row,
        List.copyOf(hindrances),
        fleet.stock.cpu[number],
        fleet.stock.memory[number],
        fleet.stock.gpus[number],
        fleet.stock.interfaces[number],
        groupTasks(number),
        examined.ranks);
  }

  private String detail(Obstacle obstacle, int number, ContainerInstance row) {
    Stock stock = fleet.stock;
    return switch (obstacle) {
      case STATUS -> "its status is " + row.status();
      case LAUNCH_TYPE -> "its launch type is " + row.launchType();
      case AGENT -> "its agent is not connected";
      case CPU -> wanted(load.cpu(), "CPU units", stock.cpu[number]);
      case MEMORY -> wanted(load.memory(), "MiB", stock.memory[number]);
      case PORTS -> ports(number);
      case GPU -> wanted(load.gpus(), "GPUs", stock.gpus[number]);
      case NETWORK_INTERFACE ->
          wanted(load.interfaces(), "network interfaces", stock.interfaces[number]);
      case ATTRIBUTE -> "missing: " + String.join(", ", missingAttributes(row));
      case MEMBER_OF -> "not met: " + String.join("; ", unmetExpressions(number));
      case DISTINCT_INSTANCE -> "tasks of its group there: " + groupTasks(number);
    };
  }

  private static String wanted(int wanted, String what, int left) {
    return what + ": " + wanted + " wanted, " + left + " left";
  }

  private String ports(int number) {
    List<String> taken = new ArrayList<>();
    for (HostPort port : demand.ports()) {
      if (fleet.stock.ports.isTaken(number, port)) {
        taken.add(port.port() + "/" + port.protocol());
      }
    }
    return taken.isEmpty()
        ? "more than " + Ports.MOST + " ports would be taken"
        : "taken: " + String.join(", ", taken);
  }

  private List<String> missingAttributes(ContainerInstance row) {
    List<String> missing = new ArrayList<>();
    for (Attribute wanted : demand.attributes()) {
      if (Eligibility.Key.lacks(row, wanted)) {
        missing.add(wanted.name() + (wanted.value() == null ? "" : "=" + wanted.value()));
      }
    }
    return missing;
  }

  private List<String> unmetExpressions(int number) {
    List<String> unmet = new ArrayList<>();
    for (Expression expression : demand.memberOf()) {
      if (!expression.matches(fleet.subject.at(number))) {
        unmet.add(expression.text());
      }
    }
    return unmet;
  }
}
