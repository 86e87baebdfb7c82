package dev.longshore.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.Attribute;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deciding a million times a second leaves no time to allocate. */
class PlacementAllocationTest {
  private static final int INSTANCES = 1_000;
  private static final int DECISIONS = 50_000;
  private static final List<List<Preference>> STRATEGIES =
      List.of(
          List.of(),
          List.of(new Preference.SpreadOverInstances()),
          List.of(
              new Preference.SpreadOverAttribute("ecs.availability-zone"),
              new Preference.BinpackMemory()),
          List.of(new Preference.BinpackCpu(), new Preference.SpreadOverInstances()));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Fleet fleet = new Fleet();

  @Test
  void deciding_booking_and_giving_back_allocate_nothing() {
    for (int at = 0; at < INSTANCES; at++) {
      fleet.instance(null, instance(at));
    }
    List<Placement> placements = new ArrayList<>();
    for (int at = 0; at < 2 * STRATEGIES.size(); at++) {
      Placement placement = new Placement(fleet, demand(at), "service:" + at, at);
      for (int task = 0; task < 100; task++) {
        placement.take(placement.choose());
      }
      placements.add(placement);
    }
    decide(placements);
    long before = threads.getCurrentThreadAllocatedBytes();
    decide(placements);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // Some index may grow now and then, as one instance holds more groups than any did before.
    assertThat(allocated / (double) DECISIONS).isLessThan(1);
  }

  private static void decide(List<Placement> placements) {
    for (int at = 0; at < DECISIONS; at++) {
      Placement placement = placements.get(at % placements.size());
      int chosen = placement.choose();
      placement.take(chosen);
      placement.giveBack(chosen);
    }
  }

  private static Demand demand(int at) {
    return new Demand(
        "EC2",
        100,
        100 + at,
        List.of(),
        0,
        0,
        List.of(),
        List.of(Expression.compile("attribute:stack == s" + at % 2)),
        at % 2 == 0,
        STRATEGIES.get(at / 2));
  }

  private static ContainerInstance instance(int at) {
    return new ContainerInstance(
        "arn:instance/" + at,
        "" + at,
        "arn:cluster",
        null,
        "ACTIVE",
        null,
        true,
        null,
        List.of(
            new Attribute("ecs.availability-zone", "az-" + at % 3, null, null),
            new Attribute("stack", "s" + at % 2, null, null)),
        List.of(),
        4096 + at % 7,
        8192 + at % 11,
        List.of(),
        List.of(),
        2,
        null,
        "EC2",
        Instant.EPOCH,
        List.of(),
        List.of(),
        null,
        1);
  }
}
