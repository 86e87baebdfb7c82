package dev.longshore.core.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlacementOracleTest {
  private final Map<String, Long> happened = new TreeMap<>();

  @Test
  void in_a_million_random_decisions_no_instance_would_have_been_better() {
    for (int seed = 0; seed < 1_000; seed++) {
      live(new World(seed, 1 + seed % 16, 4), 1_000, "seed " + seed);
    }
    assertThat(times("placed") + times("no room")).isEqualTo(1_000_000);
    assertThat(times("placed")).isGreaterThan(400_000);
    assertThat(times("stopped")).isGreaterThan(400_000);
    for (String each :
        new String[] {
          "told to stop",
          "drained",
          "disconnected",
          "attributes changed",
          "resources changed",
          "available again",
          "registered",
          "deregistered"
        }) {
      assertThat(times(each)).as(each).isGreaterThan(1_000);
    }
  }

  private long times(String what) {
    return happened.getOrDefault(what, 0L);
  }

  @Test
  void in_larger_clusters_with_many_racks_likewise() {
    for (int seed = 0; seed < 6; seed++) {
      live(new World(seed, 300, seed % 2 == 0 ? 150 : 10), 4_000, "large seed " + seed);
    }
  }

  private void live(World world, int decisions, String name) {
    for (int at = 0; at < decisions; at++) {
      if (!world.decide()) {
        fail("%s: decision %d differs", name, at);
      }
      world.happen();
      if (at % 16 == 0 && !world.explain()) {
        fail("%s: explanation after decision %d differs", name, at);
      }
      if (at % 256 == 0 && !world.explainAll()) {
        fail("%s: explanation of all instances after decision %d differs", name, at);
      }
    }
    world.happenings().forEach((what, times) -> happened.merge(what, times, Long::sum));
  }
}
