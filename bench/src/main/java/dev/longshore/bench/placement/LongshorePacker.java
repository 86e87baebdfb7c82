package dev.longshore.bench.placement;

import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.placement.Preference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our own placement, with strategies that pack. */
final class LongshorePacker implements Packer {
  private final Fleet fleet = new Fleet();
  private final List<Preference> strategies;
  private final Map<Packing.Item, Placement> placements = new HashMap<>();

  LongshorePacker(Packing packing, List<Preference> strategies) {
    this.strategies = strategies;
    for (Host host : packing.hosts()) {
      fleet.instance(null, Instances.of(host));
    }
  }

  @Override
  public int host(Packing.Item item) {
    Placement placement = placements.computeIfAbsent(item, this::placement);
    int host = placement.choose();
    if (host >= 0) {
      placement.take(host);
    }
    return host;
  }

  private Placement placement(Packing.Item item) {
    Demand demand =
        new Demand(
            "EC2",
            item.cpu(),
            item.memory(),
            List.of(),
            item.gpus(),
            0,
            List.of(),
            List.of(),
            false,
            strategies);
    return new Placement(fleet, demand, "family:packed", placements.size());
  }
}
