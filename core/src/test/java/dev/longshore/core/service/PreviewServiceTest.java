package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.Verdict;
import dev.longshore.core.task.DryRun;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewServiceTest {
  private final Quay quay = new Quay();

  private DryRun preview(String service, int count) {
    return quay.harbour.ask(
        new PreviewService(), new PreviewService.Question(null, service, count));
  }

  @Test
  void more_tasks_go_where_the_service_has_fewest() {
    quay.instance("a1", "a").instance("a2", "a");
    quay.create(quay.definition("app"), 4, 100, 200);
    quay.settle();
    quay.instance("b1", "b");
    assertThat(preview("web", 4).places())
        .extracting(ContainerInstance::id)
        .containsExactly("b1", "b1", "b1", "b1");
  }

  @Test
  void a_service_short_of_room_is_explained_by_its_own_constraints() {
    quay.instance("a1", "a");
    quay.create(
        Quay.request("web", quay.definition("app"), 2)
            .placementConstraints(List.of(new PlacementConstraint("distinctInstance", null))));
    quay.settle();
    DryRun run = preview("web", 1);
    assertThat(run.places()).isEmpty();
    assertThat(run.next().verdicts())
        .extracting(Verdict::obstacle)
        .containsExactly(Obstacle.DISTINCT_INSTANCE);
    assertThat(run.next().verdicts()).extracting(Verdict::groupTasks).containsExactly(1);
  }

  @Test
  void an_unknown_service_is_not_found() {
    assertThatThrownBy(() -> preview("nothing", 0)).isInstanceOf(ServiceNotFoundException.class);
  }
}
