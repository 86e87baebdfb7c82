package dev.longshore.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whom groups choose, and how members come and go. */
class ChoiceTest {
  private static final String GROUP = "arn:group";
  private static final TargetHealth SICK = TargetHealth.mismatch("500");

  private final Random random = new Random(7);

  private static List<Target> targets(int... ports) {
    List<Target> targets = new ArrayList<>();
    for (int port : ports) {
      targets.add(Target.of("10.0.0.1", port));
    }
    return targets;
  }

  private static TargetGroup group(int... ports) {
    return TargetGroup.http(GROUP, "targetgroup/g/1", targets(ports));
  }

  private static Table table(TargetGroup group, Table previous) {
    Listener listener =
        Listener.plain("l", Protocol.HTTP, "127.0.0.1", 0, Action.Forward.to(GROUP));
    LoadBalancer balancer = new LoadBalancer("app/a/1", "", Map.of(), List.of(listener));
    Table table = Table.of(new Routes(1, List.of(balancer), List.of(group)), previous);
    table.retire(previous);
    return table;
  }

  private static Group only(Table table) {
    return Objects.requireNonNull(table.group(GROUP));
  }

  private static void find(Group group, int index, TargetHealth health, long now) {
    group.members().get(index).health(health, now);
    group.refresh();
  }

  private static void findAll(Group group, TargetHealth health) {
    for (int i = 0; i < group.members().size(); i++) {
      find(group, i, health, 0);
    }
  }

  /** How many of so many choices each port got. */
  private Map<Integer, Integer> shares(Group group, int choices, long now) {
    Map<Integer, Integer> shares = new TreeMap<>();
    for (int i = 0; i < choices; i++) {
      Member member = group.choose(now, random.nextLong(), null);
      shares.merge(member == null ? 0 : member.port(), 1, Integer::sum);
    }
    return shares;
  }

  @Test
  void round_robin_gives_each_target_the_same() {
    Group group = only(table(group(1, 2, 3), Table.empty()));
    findAll(group, TargetHealth.HEALTHY);
    assertThat(shares(group, 300, 0)).isEqualTo(Map.of(1, 100, 2, 100, 3, 100));
  }

  @Test
  void who_leaves_is_chosen_until_nobody_uses_the_table_before() {
    Table before = table(group(1), Table.empty());
    findAll(only(before), TargetHealth.HEALTHY);
    Routes without = new Routes(2, List.of(), List.of(group()));
    Table next = Table.of(without, before);
    assertThat(shares(only(before), 10, 0)).isEqualTo(Map.of(1, 10));
    next.retire(before);
    assertThat(only(before).choose(0, 0, null)).isNull();
  }

  @Test
  void an_empty_group_has_nobody() {
    Group group = only(table(group(), Table.empty()));
    assertThat(group.choose(0, 0, null)).isNull();
    assertThat(group.chooseByFlow(7, null)).isNull();
  }

  @Test
  void only_healthy_targets_are_chosen_while_there_are_any() {
    Group group = only(table(group(1, 2, 3), Table.empty()));
    find(group, 1, TargetHealth.HEALTHY, 0);
    assertThat(shares(group, 30, 0)).isEqualTo(Map.of(2, 30));
    find(group, 1, SICK, 0);
    assertThat(shares(group, 30, 0)).isEqualTo(Map.of(1, 10, 2, 10, 3, 10));
  }

  @Test
  void too_few_healthy_targets_open_the_group_to_all() {
    String key = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";
    Group group = only(table(group(1, 2, 3, 4).withAttributes(Map.of(key, "50")), Table.empty()));
    find(group, 0, TargetHealth.HEALTHY, 0);
    assertThat(group.eligible()).isEqualTo(4);
    find(group, 1, TargetHealth.HEALTHY, 0);
    assertThat(group.eligible()).isEqualTo(2);
  }

  @Test
  void the_least_busy_target_is_chosen() {
    Map<String, String> least =
        Map.of("load_balancing.algorithm.type", "least_outstanding_requests");
    Group group = only(table(group(1, 2, 3).withAttributes(least), Table.empty()));
    findAll(group, TargetHealth.HEALTHY);
    group.members().get(0).begin();
    group.members().get(2).begin();
    assertThat(shares(group, 10, 0)).isEqualTo(Map.of(2, 10));
    group.members().get(0).end();
    assertThat(shares(group, 30, 0)).containsOnlyKeys(1, 2);
  }

  @Test
  void random_choices_are_about_even() {
    Map<String, String> chance = Map.of("load_balancing.algorithm.type", "weighted_random");
    Group group = only(table(group(1, 2).withAttributes(chance), Table.empty()));
    findAll(group, TargetHealth.HEALTHY);
    assertThat(shares(group, 1000, 0).get(1)).isBetween(400, 600);
  }

  @Test
  void a_target_that_starts_slowly_gets_more_and_more() {
    Map<String, String> slow = Map.of("slow_start.duration_seconds", "100");
    Group group = only(table(group(1, 2).withAttributes(slow), Table.empty()));
    find(group, 0, TargetHealth.HEALTHY, -TimeUnit.SECONDS.toNanos(1000));
    find(group, 1, TargetHealth.HEALTHY, 0);
    int early = shares(group, 1000, TimeUnit.SECONDS.toNanos(10)).getOrDefault(2, 0);
    int late = shares(group, 1000, TimeUnit.SECONDS.toNanos(60)).getOrDefault(2, 0);
    int full = shares(group, 1000, TimeUnit.SECONDS.toNanos(101)).getOrDefault(2, 0);
    assertThat(early).isBetween(10, 120);
    assertThat(late).isBetween(200, 400);
    assertThat(full).isEqualTo(500);
  }

  @Test
  void who_failed_is_left_out_unless_there_is_nobody_else() {
    Group two = only(table(group(1, 2), Table.empty()));
    Member first = two.members().getFirst();
    for (int i = 0; i < 5; i++) {
      assertThat(two.choose(0, 0, first)).isNotSameAs(first);
    }
    Group one = only(table(group(1), Table.empty()));
    assertThat(one.choose(0, 0, one.members().getFirst())).isNotNull();
  }

  @Test
  void weights_share_requests_out() {
    Group blue = only(table(group(1), Table.empty()));
    Group green = only(table(group(2), Table.empty()));
    Group red = only(table(group(3), Table.empty()));
    Outcome.Onward onward =
        new Outcome.Onward(List.of(blue, green, red), List.of(1, 3, 0), 0, 12345);
    int first = 0;
    for (int i = 0; i < 400; i++) {
      Group chosen = onward.choose();
      assertThat(chosen).isNotSameAs(red);
      first += chosen == blue ? 1 : 0;
    }
    assertThat(first).isBetween(98, 102);
  }

  @Test
  void without_any_weight_there_is_no_group() {
    Group blue = only(table(group(1), Table.empty()));
    assertThat(new Outcome.Onward(List.of(blue), List.of(0), 0, 1).choose()).isNull();
  }

  @Test
  void members_keep_their_health_through_changes_and_leavers_are_named() {
    Table before = table(group(1, 2), Table.empty());
    findAll(only(before), TargetHealth.HEALTHY);
    Member two = only(before).members().get(1);
    Table after = table(group(2, 3), before);
    assertThat(only(after).members().getFirst()).isSameAs(two);
    assertThat(after.left()).extracting(Member::port).containsExactly(1);
    assertThat(after.left().getFirst().gone()).isTrue();
    assertThat(shares(only(after), 10, 0)).isEqualTo(Map.of(2, 10));
  }

  @Test
  void a_draining_target_gets_nothing_also_from_the_table_before() {
    Table before = table(group(1, 2), Table.empty());
    findAll(only(before), TargetHealth.HEALTHY);
    List<Target> targets = targets(1, 2);
    Table after =
        table(group().withTargets(List.of(targets.get(0).draining(), targets.get(1))), before);
    assertThat(shares(only(after), 10, 0)).isEqualTo(Map.of(2, 10));
    assertThat(shares(only(before), 10, 0)).isEqualTo(Map.of(2, 10));
    assertThat(only(after).members().getFirst().health()).isEqualTo(TargetHealth.DRAINING);
    Table again = table(group(1, 2), after);
    assertThat(only(again).members().getFirst().health()).isEqualTo(TargetHealth.REGISTERING);
  }

  @Test
  void a_cookie_finds_its_target_only_while_that_gets_requests() {
    Group group = only(table(group(1, 2), Table.empty()));
    findAll(group, TargetHealth.HEALTHY);
    Member second = group.members().get(1);
    assertThat(group.tagged(second.tag())).isSameAs(second);
    assertThat(group.tagged("nonsense")).isNull();
    find(group, 1, SICK, 0);
    assertThat(group.tagged(second.tag())).isNull();
  }

  @Test
  void a_flow_stays_with_its_target_when_others_come_and_go() {
    Table before = table(group(1, 2, 3, 4), Table.empty());
    Table after = table(group(1, 2, 3), before);
    int moved = 0;
    for (long flow = 0; flow < 1000; flow++) {
      Member old = Objects.requireNonNull(only(before).chooseByFlow(flow, null));
      Member now = Objects.requireNonNull(only(after).chooseByFlow(flow, null));
      assertThat(now.port()).isNotEqualTo(4);
      moved += old.port() != 4 && old != now ? 1 : 0;
    }
    assertThat(moved).isZero();
  }

  @Test
  void groups_that_no_listener_names_are_not_in_use() {
    TargetGroup idle = TargetGroup.http("idle", "targetgroup/idle/1", targets(1));
    Table table = Table.of(new Routes(1, List.of(), List.of(idle)), Table.empty());
    assertThat(Objects.requireNonNull(table.group("idle")).inUse()).isFalse();
    assertThat(only(table(group(1), Table.empty())).inUse()).isTrue();
  }
}
