package dev.longshore.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementOracleTest {
  @Test
  void in_a_million_random_decisions_no_instance_would_have_been_better() {
    for (int seed = 0; seed < 1_000; seed++) {
      live(new World(seed, 1 + seed % 16, 4), 1_000, "seed " + seed);
    }
  }

  @Test
  void in_larger_clusters_with_many_racks_likewise() {
    for (int seed = 0; seed < 6; seed++) {
      live(new World(seed, 300, seed % 2 == 0 ? 150 : 10), 4_000, "large seed " + seed);
    }
  }

  private static void live(World world, int decisions, String name) {
    for (int at = 0; at < decisions; at++) {
      if (!world.decide()) {
        assertThat(at).as("%s: decision that differs", name).isEqualTo(-1);
      }
      if (at % 2 == 0) {
        world.happen();
      }
      if (at % 16 == 0) {
        assertThat(world.explain()).as("%s: explanation %d", name, at).isTrue();
      }
    }
  }
}
