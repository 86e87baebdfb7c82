package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Explanation;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.Stage;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.RunTaskRequest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PreviewTaskTest {
  private final Yard yard = new Yard();

  private DryRun preview(int count, UnaryOperator<RunTaskRequest.Builder> with) {
    RunTaskRequest request = with.apply(RunTaskRequest.builder().taskDefinition("app")).build();
    return yard.harbour.ask(new PreviewTask(), new PreviewTask.Question(request, count));
  }

  private static RunTaskRequest.Builder packed(RunTaskRequest.Builder request) {
    return request.placementStrategy(List.of(new PlacementStrategy("binpack", "memory")));
  }

  @Test
  void it_shows_where_tasks_go_and_starts_none() {
    String small = yard.instance("us-east-1a", 1024, 1000);
    String large = yard.instance("us-east-1b", 1024, 3000);
    yard.define("app", Yard.app().memory(500).build());
    DryRun run = preview(10, PreviewTaskTest::packed);
    assertThat(run.places())
        .extracting(ContainerInstance::arn)
        .containsExactly(small, small, large, large, large, large, large, large);
    assertThat(run.next().obstacles()).isEqualTo(Map.of(Obstacle.MEMORY, 2));
    assertThat(yard.harbour.state().count(Task.KIND)).isZero();
    for (ContainerInstance place : run.places()) {
      var task = known(yard.run("app", PreviewTaskTest::packed).tasks()).getFirst();
      assertThat(task.containerInstanceArn()).isEqualTo(place.arn());
    }
  }

  @Test
  void every_instance_is_explained_and_the_closest_stands_first() {
    String draining = yard.instance();
    String away = yard.instance();
    String full = yard.instance("us-east-1a", 1024, 100);
    yard.define("app", Yard.app().build());
    yard.harbour.edit(draft -> {
      ContainerInstance row = known(draft.find(ContainerInstance.KIND, draining));
      draft.put(ContainerInstance.KIND, row.edit().status("DRAINING").build());
    });
    yard.connect(away, false);
    Explanation none = preview(0, request -> request).next();
    assertThat(none.verdicts())
        .extracting(verdict -> verdict.instance().arn())
        .containsExactly(full, away, draining);
    assertThat(none.verdicts())
        .extracting(verdict -> verdict.obstacle())
        .containsExactly(Obstacle.MEMORY, Obstacle.AGENT, Obstacle.STATUS);
    assertThat(known(none.closest()).memory()).isEqualTo(100);
    assertThat(none.stages())
        .containsEntry(Stage.CANDIDATE, 2)
        .containsEntry(Stage.RESOURCES, 1)
        .containsEntry(Stage.STRATEGIES, 0);
    yard.connect(away, true);
    Explanation one = preview(0, request -> request).next();
    assertThat(known(one.closest()).instance().arn()).isEqualTo(away);
    assertThat(known(one.closest()).stage()).isEqualTo(Stage.STRATEGIES);
  }

  @Test
  void what_run_task_refuses_is_refused_and_so_are_too_many() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> preview(1, request -> request.taskDefinition("nothing")))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> preview(10_001, request -> request))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> preview(-1, request -> request))
        .isInstanceOf(InvalidParameterException.class);
  }
}
