package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ServiceReconcilerTest {
  private static final ServiceReconciler RECONCILER = new ServiceReconciler(ServiceSettings.USUAL);

  private final Quay quay = new Quay().instance("a1", "a");
  private final String app = quay.definition("app");

  /** The services that an edit concerns. */
  private List<String> touched(Consumer<Draft> edit) {
    Draft draft = Draft.on(quay.harbour.state());
    edit.accept(draft);
    List<String> keys = new ArrayList<>();
    draft.changes().forEach(change -> RECONCILER.touched(change, draft, keys::add));
    return keys;
  }

  private Consumer<Draft> instance(String status) {
    return draft -> {
      ContainerInstance row =
          Objects.requireNonNull(draft.find(ContainerInstance.KIND, quay.instanceArn("a1")));
      draft.put(ContainerInstance.KIND, row.edit().status(status).build());
    };
  }

  @Test
  void a_task_concerns_its_service_only_if_its_state_changes() {
    quay.create(app, 1, 100, 200);
    Task task = quay.live().getFirst();
    assertThat(touched(draft -> draft.put(Task.KIND, task.edit().healthStatus("HEALTHY").build())))
        .containsExactly(quay.web().arn());
    assertThat(touched(draft -> draft.put(Task.KIND, task.edit().stopping().build())))
        .containsExactly(quay.web().arn());
    assertThat(touched(draft -> draft.remove(Task.KIND, task.arn())))
        .containsExactly(quay.web().arn());
    assertThat(touched(draft -> draft.put(Task.KIND, task.edit().tags(List.of()).build())))
        .isEmpty();
  }

  @Test
  void an_instance_concerns_services_with_tasks_there_when_its_status_changes() {
    quay.create(app, 1, 100, 200);
    quay.create(Quay.request("empty", app, 0));
    assertThat(touched(instance("DRAINING"))).containsExactly(quay.web().arn());
    assertThat(touched(instance("ACTIVE"))).isEmpty();
  }

  @Test
  void capacity_concerns_services_that_are_short_of_room() {
    quay.create(Quay.request("content", app, 1));
    quay.create(app, 200, 100, 200);
    assertThat(quay.web().problems()).hasSize(1);
    assertThat(touched(instance("ACTIVE"))).containsExactly(quay.web().arn());
  }

  @Test
  void every_service_is_named_at_the_start() {
    quay.create(app, 1, 100, 200);
    quay.create(Quay.request("api", app, 0));
    List<String> keys = new ArrayList<>();
    RECONCILER.all(quay.harbour.state(), keys::add);
    assertThat(keys).hasSize(2).contains(quay.web().arn());
  }

  @Test
  void a_service_that_is_gone_is_no_error() {
    Draft draft = Draft.on(quay.harbour.state());
    assertThat(RECONCILER.reconcile(draft, "nothing", quay.harbour.context())).isNull();
    assertThat(draft.changes()).isEmpty();
  }

  /** The shortest of several measurements, in nanoseconds a look. */
  private static long cost(Quay quay) {
    Service service = quay.web();
    Draft draft = Draft.on(quay.harbour.state());
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long start = System.nanoTime();
      for (int look = 0; look < 2_000; look++) {
        RECONCILER.reconcile(draft, service.arn(), quay.harbour.context());
      }
      least = Math.min(least, (System.nanoTime() - start) / 2_000);
    }
    assertThat(draft.changes()).isEmpty();
    return least;
  }

  @Test
  void a_look_at_five_thousand_tasks_costs_about_as_much_as_one_at_five() {
    Quay small = new Quay(ServiceSettings.USUAL).instance("a1", "a");
    small.create(small.definition("app"), 5, 100, 200);
    small.runAll();
    Quay large = new Quay(ServiceSettings.USUAL).instance("a1", "a", 1_000_000, 1_000_000);
    large.create(large.definition("app"), 5_000, 100, 200);
    large.runAll();
    assertThat(large.counts().running()).isEqualTo(5_000);
    // Walking the tasks would cost a thousand times as much.
    assertThat(cost(large)).isLessThan(20 * cost(small));
  }
}
