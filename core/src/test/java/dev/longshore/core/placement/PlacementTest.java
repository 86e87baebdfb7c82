package dev.longshore.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.operation.Ids;
import dev.longshore.shapes.ecs.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Preference ZONES =
      new Preference.SpreadOverAttribute("ecs.availability-zone");
  private static final Preference INSTANCES = new Preference.SpreadOverInstances();
  private static final Preference MEMORY = new Preference.BinpackMemory();
  private static final Preference CPU = new Preference.BinpackCpu();

  private static final String GROUP = "service:web";

  private final Map<String, ContainerInstance> instances = new LinkedHashMap<>();
  private Fleet fleet = new Fleet();
  private Ids ids = Ids.seeded(7);

  @Test
  void of_four_tasks_spread_over_zones_each_zone_gets_two() {
    worked();
    assertThat(zones(place(task(ZONES), 4))).containsExactly(Map.entry("a", 2), Map.entry("b", 2));
  }

  @Test
  void spread_over_zones_then_binpack_memory_fills_a2_and_b1_by_turns() {
    worked();
    assertThat(counted(place(task(ZONES, MEMORY), 4)))
        .containsExactly(Map.entry("A2", 2), Map.entry("B1", 2));
  }

  @Test
  void binpack_memory_fills_a2_then_b1() {
    worked();
    assertThat(place(task(MEMORY), 4)).containsExactly("A2", "A2", "B1", "B1");
  }

  @Test
  void binpack_cpu_fills_one_of_the_two_smallest_until_it_is_full() {
    worked();
    List<String> placed = place(task(CPU), 2);
    assertThat(placed.getFirst()).isIn("A2", "B1");
    assertThat(placed.get(1)).isEqualTo(placed.getFirst());
  }

  @Test
  void spread_over_instances_takes_each_once_and_then_any() {
    worked();
    List<String> placed = place(task(INSTANCES), 4);
    assertThat(placed.subList(0, 3)).containsExactlyInAnyOrder("A1", "A2", "B1");
    assertThat(placed.get(3)).isIn("A1", "A2", "B1");
  }

  @Test
  void binpack_memory_then_spread_over_zones_spreads_only_ties() {
    worked();
    assertThat(place(task(MEMORY, ZONES), 4)).containsExactly("A2", "A2", "B1", "B1");
  }

  @Test
  void with_distinct_instance_three_tasks_take_three_instances_and_the_fourth_fails() {
    worked();
    Demand demand = demand(256, 500, true, List.of(INSTANCES));
    assertThat(place(demand, 4)).containsExactlyInAnyOrder("A1", "A2", "B1", "none");
    assertThat(refusals(demand)).containsOnly("DistinctInstance placement constraint unsatisfied.");
  }

  @Test
  void six_tasks_spread_over_three_zones_of_one_ample_instance_each_are_2_2_2() {
    add("A", "a", 4096, 8192);
    add("B", "b", 4096, 8192);
    add("C", "c", 4096, 8192);
    assertThat(counted(place(task(ZONES), 6)).values()).containsExactly(2, 2, 2);
  }

  @Test
  void with_the_third_zones_instance_full_they_are_3_3_0() {
    add("A", "a", 4096, 8192);
    add("B", "b", 4096, 8192);
    add("C", "c", 100, 100);
    assertThat(counted(place(task(ZONES), 6)))
        .containsExactly(Map.entry("A", 3), Map.entry("B", 3));
  }

  @Test
  void binpack_memory_of_1000_on_900_1500_and_4000_free_takes_the_one_with_1500() {
    add("P", "a", 4096, 900);
    add("Q", "a", 4096, 1500);
    add("R", "a", 4096, 4000);
    assertThat(place(demand(0, 1000, false, List.of(MEMORY)), 1)).containsExactly("Q");
  }

  @Test
  void by_a_services_default_zone_a_with_a1_and_a2_gets_one_each_and_b1_two_of_four() {
    add("A1", "a", 4096, 8192);
    add("A2", "a", 4096, 8192);
    add("B1", "b", 4096, 8192);
    List<Preference> even = PlacementRules.ANY.orEven().preferences();
    assertThat(counted(place(demand(256, 500, false, even), 4)))
        .containsExactly(Map.entry("A1", 1), Map.entry("A2", 1), Map.entry("B1", 2));
  }

  @Test
  void tasks_of_the_group_on_instances_that_do_not_fit_count_for_their_zone() {
    add("A1", "a", 0, 0);
    add("A2", "a", 4096, 8192);
    add("B1", "b", 4096, 8192);
    Placement tiny = placement(demand(0, 0, false, List.of()));
    tiny.take(fleet.number("A1"));
    tiny.take(fleet.number("A1"));
    assertThat(place(task(ZONES), 2)).containsExactly("B1", "B1");
  }

  @Test
  void instances_without_the_attribute_are_one_bucket() {
    add("P", null, 4096, 8192);
    add("Q", null, 4096, 8192);
    add("R", "a", 4096, 8192);
    assertThat(counted(place(task(ZONES, INSTANCES), 4)))
        .containsExactly(Map.entry("P", 1), Map.entry("Q", 1), Map.entry("R", 2));
  }

  @Test
  void static_ports_conflict_by_number_and_protocol() {
    add("A", "a", 4096, 8192);
    Demand http = withPorts(new HostPort("tcp", 80));
    assertThat(place(http, 2)).containsExactly("A", "none");
    assertThat(refusals(http)).containsExactly("RESOURCE:PORTS");
    assertThat(place(withPorts(new HostPort("udp", 80)), 1)).containsExactly("A");
    assertThat(place(withPorts(new HostPort("tcp", 22)), 1)).containsExactly("none");
  }

  @Test
  void each_obstacle_is_named_and_the_first_in_order_wins() {
    Demand all =
        new Demand(
            "EC2",
            256,
            500,
            List.of(new HostPort("tcp", 22)),
            1,
            1,
            List.of(Attribute.builder().name("x").build()),
            List.of(),
            false,
            List.of());
    add("A", "a", 255, 499);
    assertThat(refusals(all)).containsExactly("RESOURCE:CPU");
    add("A", "a", 256, 499);
    assertThat(refusals(all)).containsExactly("RESOURCE:MEMORY");
    add("A", "a", 256, 500);
    assertThat(refusals(all)).containsExactly("RESOURCE:PORTS");
    ContainerInstance free = instance("A", "a", 256, 500, List.of(), List.of(), 0);
    put(free);
    assertThat(refusals(all)).containsExactly("RESOURCE:GPU");
    put(instance("A", "a", 256, 500, List.of(), List.of("gpu-0"), 0));
    assertThat(refusals(all)).containsExactly("RESOURCE:ENI");
    put(instance("A", "a", 256, 500, List.of(), List.of("gpu-0"), 1));
    assertThat(refusals(all)).containsExactly("ATTRIBUTE");
    put(free.edit().disconnected().build());
    assertThat(refusals(all)).containsExactly("AGENT");
  }

  @Test
  void an_attributes_value_counts_where_one_is_asked_for() {
    add("A", "a", 256, 500);
    for (String[] wanted : new String[][] {{"b", "ATTRIBUTE"}, {"a", null}}) {
      Demand demand =
          new Demand(
              "EC2",
              0,
              0,
              List.of(),
              0,
              0,
              List.of(new Attribute("ecs.availability-zone", wanted[0], null, null)),
              List.of(),
              false,
              List.of());
      assertThat(refusals(demand)).isEqualTo(wanted[1] == null ? List.of() : List.of(wanted[1]));
    }
  }

  @Test
  void gpus_and_interfaces_are_given_as_long_as_there_are_some() {
    put(instance("A", "a", 4096, 8192, List.of(), List.of("g0", "g1", "g2"), 1));
    put(instance("B", "a", 4096, 8192, List.of(), List.of(), 1));
    assertThat(place(devices(2, 0), 2)).containsExactly("A", "none");
    assertThat(place(devices(1, 0), 2)).containsExactly("A", "none");
    assertThat(place(devices(0, 1), 3)).containsExactlyInAnyOrder("A", "B", "none");
  }

  private static Demand devices(int gpus, int interfaces) {
    return new Demand(
        "EC2", 0, 0, List.of(), gpus, interfaces, List.of(), List.of(), false, List.of());
  }

  @Test
  void draining_and_other_launch_types_are_not_examined() {
    add("A", "a", 4096, 8192);
    put(known("A").edit().status("DRAINING").build());
    assertThat(place(task(), 1)).containsExactly("none");
    assertThat(refusals(task())).isEmpty();
  }

  @Test
  void without_preference_every_instance_gets_its_share_of_many_draws() {
    for (int at = 0; at < 10; at++) {
      add("I" + at, "a", 1_000_000, 1_000_000);
    }
    List<String> drawn = new ArrayList<>();
    for (int call = 0; call < 2_000; call++) {
      drawn.addAll(place(demand(0, 0, false, List.of()), 1));
    }
    assertThat(counted(drawn))
        .hasSize(10)
        .allSatisfy((id, times) -> assertThat(times).isBetween(120, 300));
  }

  @Test
  void the_last_room_is_found_wherever_it_is() {
    for (int at = 0; at < 500; at++) {
      add("I" + (1000 + at), "a", at == 321 ? 256 : 0, 8192);
    }
    assertThat(place(demand(256, 0, false, List.of()), 2)).containsExactly("I1321", "none");
  }

  @Test
  void whatever_is_asked_no_instance_is_ever_overcommitted() {
    for (int seed = 0; seed < 200; seed++) {
      instances.clear();
      fleet = new Fleet();
      ids = Ids.seeded(seed);
      for (int at = 0; at <= ids.below(12); at++) {
        add("I" + at, "" + ids.below(3), ids.below(2000), ids.below(4000));
      }
      for (int call = 0; call < 10; call++) {
        place(anyDemand(), 1 + ids.below(10));
      }
      for (ContainerInstance each : instances.values()) {
        int number = fleet.number(each.arn());
        assertThat(fleet.stock.cpu[number]).isBetween(0, each.cpu());
        assertThat(fleet.stock.memory[number]).isBetween(0, each.memory());
      }
    }
  }

  private Demand anyDemand() {
    List<Preference> all = List.of(ZONES, INSTANCES, MEMORY, CPU);
    List<Preference> preferences = new ArrayList<>();
    for (int at = ids.below(3); at > 0; at--) {
      preferences.add(all.get(ids.below(all.size())));
    }
    List<HostPort> ports =
        ids.below(3) == 0 ? List.of(new HostPort("tcp", 80 + ids.below(3))) : List.of();
    return new Demand(
        "EC2",
        ids.below(400),
        ids.below(800),
        ports,
        0,
        0,
        List.of(),
        List.of(),
        ids.below(4) == 0,
        preferences);
  }

  /** The worked example of the strategies: three instances in two zones. */
  private void worked() {
    add("A1", "a", 2048, 4000);
    add("A2", "a", 1024, 1000);
    add("B1", "b", 1024, 3000);
  }

  private static Demand task(Preference... preferences) {
    return demand(256, 500, false, List.of(preferences));
  }

  private static Demand demand(
      int cpu, int memory, boolean distinct, List<Preference> preferences) {
    return new Demand(
        "EC2", cpu, memory, List.of(), 0, 0, List.of(), List.of(), distinct, preferences);
  }

  private static Demand withPorts(HostPort... ports) {
    return new Demand("EC2", 0, 0, List.of(ports), 0, 0, List.of(), List.of(), false, List.of());
  }

  private List<String> place(Demand demand, int copies) {
    Placement placement = placement(demand);
    List<String> placed = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      ContainerInstance instance = placement.next();
      placed.add(instance == null ? "none" : instance.id());
      if (instance != null) {
        placement.take(fleet.number(instance.arn()));
      }
    }
    return placed;
  }

  private Placement placement(Demand demand) {
    return new Placement(fleet, demand, GROUP, ids.bits());
  }

  private List<String> refusals(Demand demand) {
    return placement(demand).refusals(100).stream()
        .map(refusal -> refusal.obstacle().reason())
        .toList();
  }

  private Map<String, Integer> zones(List<String> placed) {
    Map<String, Integer> zones = new TreeMap<>();
    placed.forEach(id -> zones.merge(id.substring(0, 1).toLowerCase(Locale.ROOT), 1, Integer::sum));
    return zones;
  }

  private static Map<String, Integer> counted(List<String> placed) {
    Map<String, Integer> counts = new TreeMap<>();
    placed.forEach(id -> counts.merge(id, 1, Integer::sum));
    return counts;
  }

  private void add(String id, @Nullable String zone, int cpu, int memory) {
    put(instance(id, zone, cpu, memory, List.of(new HostPort("tcp", 22)), List.of(), 0));
  }

  private void put(ContainerInstance instance) {
    fleet.instance(instances.put(instance.arn(), instance), instance);
  }

  private ContainerInstance known(String arn) {
    return Objects.requireNonNull(instances.get(arn));
  }

  private static ContainerInstance instance(
      String id,
      @Nullable String zone,
      int cpu,
      int memory,
      List<HostPort> reserved,
      List<String> gpus,
      int networkInterfaces) {
    List<Attribute> attributes =
        zone == null
            ? List.of()
            : List.of(new Attribute("ecs.availability-zone", zone, null, null));
    return new ContainerInstance(
        id,
        id,
        "arn:cluster",
        null,
        "ACTIVE",
        null,
        true,
        null,
        attributes,
        List.of(),
        cpu,
        memory,
        reserved,
        gpus,
        networkInterfaces,
        null,
        "EC2",
        Instant.EPOCH,
        List.of(),
        List.of(),
        null,
        1);
  }
}
