package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RebalancingTest {
  private final Quay quay = new Quay().instance("a1", "a");
  private final String app = quay.definition("app");

  /** Wanted tasks by zone. */
  private Map<String, Integer> zones() {
    Map<String, Integer> zones = new TreeMap<>();
    quay.wanted(app)
        .forEach(task -> zones.merge(String.valueOf(task.availabilityZone()), 1, Integer::sum));
    return zones;
  }

  /** Six tasks, four of them in the first of three zones; nothing was moved yet. */
  private void uneven(CreateServiceRequest.Builder request) {
    quay.create(request);
    quay.settle();
    quay.instance("b1", "b").instance("c1", "c");
    quay.update(update -> update.desiredCount(6));
    assertThat(zones().toString()).isEqualTo("{a=4, b=1, c=1}");
  }

  private CreateServiceRequest.Builder request(int maximum) {
    return Quay.request("web", app, 4)
        .availabilityZoneRebalancing(null)
        .deploymentConfiguration(Quay.percents(100, maximum));
  }

  @Test
  void four_one_one_becomes_two_two_two_and_each_starts_before_one_stops() {
    uneven(request(200));
    quay.runAll();
    assertThat(zones().toString()).isEqualTo("{a=4, b=2, c=2}");
    assertThat(quay.stopping()).isEmpty();
    quay.runAll();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2, c=2}");
    assertThat(quay.stopping())
        .hasSize(2)
        .allSatisfy(task ->
            assertThat(task.stoppedReason())
                .isEqualTo(
                    "Availability-zone rebalancing initiated by (deployment "
                        + quay.primary().id()
                        + ")"));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2, c=2}");
    assertThat(quay.web().problems()).isEmpty();
    assertThat(quay.events())
        .contains(
            "service (web) is not AZ balanced with 4 tasks in a, 1 in b, and 1 in c. AZ"
                + " Rebalancing in progress.",
            "service (web) is AZ balanced with 2 tasks in a, 2 in b, and 2 in c.")
        .anyMatch(event -> event.contains("has started 1 tasks in b to AZ Rebalance: (task "))
        .anyMatch(event -> event.contains("has started 1 tasks in c to AZ Rebalance: (task "))
        .anyMatch(
            event -> event.contains("has stopped 2 running tasks in a due to AZ rebalancing: "));
  }

  @Test
  void where_the_maximum_has_room_for_one_it_goes_task_by_task() {
    uneven(request(125));
    quay.runAll();
    assertThat(quay.live()).hasSize(7);
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2, c=2}");
    assertThat(quay.live()).hasSize(6);
  }

  @Test
  void a_zone_that_comes_later_is_found() {
    quay.create(request(200));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=4}");
    quay.instance("b1", "b");
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2}");
  }

  @Test
  void other_counts_and_deployments_end_it() {
    uneven(request(200));
    quay.runAll();
    quay.update(update -> update.desiredCount(5));
    assertThat(quay.events()).contains("(service web) stopped AZ Rebalancing.");
    quay.settle();
    assertThat(quay.live()).hasSize(5);
    assertThat(zones().values()).allMatch(count -> count <= 2);
  }

  @Test
  void protected_tasks_are_not_moved() {
    quay.create(request(200));
    quay.settle();
    quay.live().forEach(task -> quay.protect(task, Duration.ofHours(1)));
    quay.instance("b1", "b");
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=4}");
    assertThat(quay.events())
        .anyMatch(event -> event.contains("was unable to AZ Rebalance because"));
    quay.harbour.advance(Duration.ofHours(1));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2}");
  }

  @Test
  void a_zone_without_room_is_told_and_nothing_goes() {
    quay.create(request(200));
    quay.settle();
    quay.instance("b1", "b", 50, 50);
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=4}");
    assertThat(quay.events())
        .endsWith(
            "(service web) is unable to place a task in b because no container instance met all of"
                + " its requirements.");
    quay.instance("b2", "b");
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2}");
  }

  @Test
  void tasks_that_never_start_where_they_should_move_are_slowed_down() {
    quay.create(request(200));
    quay.settle();
    quay.instance("b1", "b");
    quay.harbour.advance(Duration.ofMinutes(5));
    int started = 0;
    for (int round = 0; round < 20; round++) {
      started += (int) quay.live().stream().filter(Health::isStarting).count();
      quay.failAll();
      quay.harbour.advance(Duration.ofSeconds(1));
    }
    assertThat(started).isBetween(2, 12);
    assertThat(zones().toString()).isEqualTo("{a=4}");
  }

  @Test
  void without_a_wish_it_is_on_where_it_can_be() {
    assertThat(quay.create(request(200)).availabilityZoneRebalancing()).isEqualTo("ENABLED");
    assertThat(quay.create(request(100).serviceName("max")).availabilityZoneRebalancing())
        .isEqualTo("DISABLED");
    assertThat(
            quay.create(
                    request(200)
                        .serviceName("packed")
                        .placementStrategy(List.of(new PlacementStrategy("binpack", "memory"))))
                .availabilityZoneRebalancing())
        .isEqualTo("DISABLED");
  }

  @Test
  void an_update_without_a_value_keeps_it_and_one_with_a_value_changes_it() {
    quay.create(request(200).availabilityZoneRebalancing("DISABLED"));
    assertThat(quay.update(update -> update.desiredCount(3)).availabilityZoneRebalancing())
        .isEqualTo("DISABLED");
    assertThat(
            quay.update(update -> update.availabilityZoneRebalancing("ENABLED"))
                .availabilityZoneRebalancing())
        .isEqualTo("ENABLED");
    assertThatThrownBy(() -> quay.update(update -> update.availabilityZoneRebalancing("MAYBE")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void disabled_it_moves_nothing() {
    uneven(request(200).availabilityZoneRebalancing("DISABLED"));
    quay.settle();
    quay.harbour.advance(Duration.ofHours(1));
    assertThat(zones().toString()).isEqualTo("{a=4, b=1, c=1}");
  }

  @Test
  void what_does_not_go_with_it_is_refused() {
    refused(request -> request.deploymentConfiguration(Quay.percents(0, 100)), "a maximumPercent");
    refused(request -> request.launchType("EXTERNAL"), "the EXTERNAL launch type");
    refused(
        request ->
            request.placementConstraints(
                List.of(
                    new PlacementConstraint("memberOf", "attribute:ecs.availability-zone == a"))),
        "placement constraints on the Availability Zone");
    refused(
        request -> request.placementStrategy(List.of(new PlacementStrategy("spread", "host"))),
        "a first placement strategy other than");
  }

  private void refused(UnaryOperator<CreateServiceRequest.Builder> with, String what) {
    assertThatThrownBy(
            () -> quay.create(with.apply(request(200).availabilityZoneRebalancing("ENABLED"))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("Availability Zone rebalancing does not support " + what);
  }

  @Test
  void a_zone_that_drains_is_left_and_filled_again() {
    uneven(request(200));
    quay.settle();
    quay.instanceStatus("c1", ContainerInstance.DRAINING);
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=3, b=3}");
    quay.instanceStatus("c1", ContainerInstance.ACTIVE);
    quay.harbour.advance(Duration.ofMinutes(5));
    quay.settle();
    assertThat(zones().toString()).isEqualTo("{a=2, b=2, c=2}");
    assertThat(quay.live()).allMatch(Task::isWanted);
  }
}
