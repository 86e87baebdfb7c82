package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.PlacementStrategy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScaleInTest {
  private final Quay quay = new Quay();
  private final String app = quay.definition("app");

  /** How many tasks of the service stand on each instance. */
  private Map<String, Long> spread() {
    return quay.wanted(app).stream()
        .map(task -> Objects.requireNonNull(task.containerInstanceArn()))
        .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
        .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()));
  }

  private void create(int desired, PlacementStrategy... strategies) {
    quay.create(Quay.request("web", app, desired).placementStrategy(List.of(strategies)));
    quay.settle();
  }

  private void scaleTo(int desired) {
    quay.update(request -> request.desiredCount(desired));
    quay.settle();
  }

  @Test
  void the_zone_with_most_tasks_loses_one() {
    quay.instance("a1", "a");
    create(3);
    quay.instance("b1", "b");
    quay.update(request -> request.desiredCount(4));
    quay.settle();
    assertThat(spread()).containsEntry("a1", 3L).containsEntry("b1", 1L);
    scaleTo(3);
    assertThat(spread()).containsEntry("a1", 2L).containsEntry("b1", 1L);
    scaleTo(2);
    assertThat(spread()).containsEntry("a1", 1L).containsEntry("b1", 1L);
  }

  @Test
  void within_a_zone_the_instance_with_most_tasks_loses_one() {
    quay.instance("a1", "a");
    create(3);
    quay.instance("a2", "a").instance("b1", "b");
    quay.update(request -> request.desiredCount(5));
    quay.settle();
    assertThat(spread()).containsEntry("a1", 3L).containsEntry("b1", 2L);
    scaleTo(4);
    assertThat(spread()).containsEntry("a1", 2L).containsEntry("b1", 2L);
  }

  @Test
  void many_tasks_go_as_evenly_as_one_after_the_other() {
    quay.instance("a1", "a").instance("a2", "a").instance("b1", "b");
    create(16);
    scaleTo(8);
    assertThat(spread()).containsEntry("a1", 2L).containsEntry("a2", 2L).containsEntry("b1", 4L);
  }

  @Test
  void binpacking_empties_the_instance_with_most_memory_left() {
    quay.instance("x", "a", 10_000, 3_500).instance("y", "b", 10_000, 1_000);
    create(12, new PlacementStrategy("binpack", "memory"));
    assertThat(spread()).containsEntry("y", 10L).containsEntry("x", 2L);
    scaleTo(11);
    assertThat(spread()).containsEntry("y", 10L).containsEntry("x", 1L);
    scaleTo(9);
    assertThat(spread()).containsOnlyKeys("y").containsEntry("y", 9L);
  }

  @Test
  void binpacking_by_cpu_likewise() {
    quay.instance("x", "a", 3_500, 10_000).instance("y", "b", 1_000, 10_000);
    create(12, new PlacementStrategy("binpack", "cpu"));
    scaleTo(9);
    assertThat(spread()).containsOnlyKeys("y").containsEntry("y", 9L);
  }

  @Test
  void spreading_over_instances_evens_them_out_whatever_their_zones() {
    quay.instance("a1", "a").instance("a2", "a").instance("b1", "b");
    create(9, new PlacementStrategy("spread", "instanceId"));
    scaleTo(3);
    assertThat(spread()).containsEntry("a1", 1L).containsEntry("a2", 1L).containsEntry("b1", 1L);
  }

  @Test
  void at_random_any_task_may_go() {
    quay.instance("a1", "a").instance("b1", "b");
    create(20, new PlacementStrategy("random", null));
    scaleTo(7);
    assertThat(quay.live()).hasSize(7);
  }

  @Test
  void a_task_that_is_unhealthy_goes_before_one_of_a_fuller_zone() {
    quay.instance("a1", "a").instance("b1", "b");
    String checked = quay.checkedDefinition("checked");
    quay.create(checked, 4, 100, 100);
    quay.runAll();
    quay.live().forEach(task -> quay.health(task, Task.HEALTHY));
    Task sick = quay.live().getFirst();
    quay.update(request -> request.healthCheckGracePeriodSeconds(1_000));
    quay.health(sick, Task.UNHEALTHY);
    assertThat(quay.stopping()).isEmpty();
    scaleTo(3);
    assertThat(quay.wanted(checked)).extracting(Task::id).doesNotContain(sick.id());
  }
}
