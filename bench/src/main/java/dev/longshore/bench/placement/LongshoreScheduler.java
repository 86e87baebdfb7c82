package dev.longshore.bench.placement;

import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.placement.Preference;
import dev.longshore.core.placement.language.Expression;
import java.util.ArrayList;
import java.util.List;

/** Our own placement, on a fleet that is told of tasks only by their number. */
final class LongshoreScheduler implements Scheduler {
  private static final List<Preference> SPREAD_THEN_BINPACK =
      List.of(
          new Preference.SpreadOverAttribute("ecs.availability-zone"),
          new Preference.BinpackMemory());

  /** By service. */
  private final List<Placement> placements = new ArrayList<>();

  LongshoreScheduler(Workload workload) {
    Fleet fleet = new Fleet();
    for (Host host : workload.hosts()) {
      fleet.instance(null, Instances.of(host));
    }
    for (int at = 0; at < workload.kinds().size(); at++) {
      Kind kind = workload.kinds().get(at);
      placements.add(new Placement(fleet, demand(kind), "service:" + kind.name(), at));
    }
  }

  private static Demand demand(Kind kind) {
    return new Demand(
        "EC2",
        kind.cpu(),
        kind.memory(),
        List.of(),
        0,
        0,
        List.of(),
        List.of(Expression.compile("attribute:stack == " + kind.stack())),
        true,
        SPREAD_THEN_BINPACK);
  }

  @Override
  public void put(int kind, int host) {
    placements.get(kind).take(host);
  }

  @Override
  public void place(int[] kinds, int[] hosts) {
    for (int at = 0; at < kinds.length; at++) {
      Placement placement = placements.get(kinds[at]);
      int host = placement.choose();
      hosts[at] = host;
      if (host >= 0) {
        placement.take(host);
      }
    }
  }

  @Override
  public void stop(int kind, int host) {
    placements.get(kind).giveBack(host);
  }

  @Override
  public void close() {}
}
