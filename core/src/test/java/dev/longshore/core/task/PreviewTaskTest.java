package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.longshore.CountedObstacle;
import dev.longshore.shapes.longshore.CountedStage;
import dev.longshore.shapes.longshore.ExaminedInstance;
import dev.longshore.shapes.longshore.Explanation;
import dev.longshore.shapes.longshore.Obstacle;
import dev.longshore.shapes.longshore.Place;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewTaskRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PreviewTaskTest {
  private final Yard yard = new Yard();

  private Preview preview(int count, UnaryOperator<RunTaskRequest.Builder> with) {
    return preview(count, 100, with);
  }

  private Preview preview(int count, int most, UnaryOperator<RunTaskRequest.Builder> with) {
    RunTaskRequest request = with.apply(RunTaskRequest.builder().taskDefinition("app")).build();
    return yard.harbour.ask(new PreviewTask(), new PreviewTaskRequest(request, count, most));
  }

  private static RunTaskRequest.Builder packed(RunTaskRequest.Builder request) {
    return request.placementStrategy(List.of(new PlacementStrategy("binpack", "memory")));
  }

  private static List<ExaminedInstance> instances(Preview preview) {
    return known(known(preview.next()).instances());
  }

  @Test
  void it_shows_where_tasks_go_and_starts_none() {
    String small = yard.instance("us-east-1a", 1024, 1000);
    String large = yard.instance("us-east-1b", 1024, 3000);
    yard.define("app", Yard.app().memory(500).build());
    Preview run = preview(10, PreviewTaskTest::packed);
    assertThat(known(run.places()))
        .extracting(Place::containerInstanceArn)
        .containsExactly(small, small, large, large, large, large, large, large);
    assertThat(known(known(run.next()).stages()))
        .contains(
            new CountedStage(
                "RESOURCES", 2, List.of(new CountedObstacle("MEMORY", "RESOURCE:MEMORY", 2))));
    assertThat(yard.harbour.state().count(Task.KIND)).isZero();
    for (Place place : known(run.places())) {
      var task = known(yard.run("app", PreviewTaskTest::packed).tasks()).getFirst();
      assertThat(task.containerInstanceArn()).isEqualTo(place.containerInstanceArn());
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
    Preview none = preview(0, request -> request);
    assertThat(none.places()).isEmpty();
    assertThat(instances(none))
        .extracting(ExaminedInstance::containerInstanceArn)
        .containsExactly(full, away, draining);
    assertThat(instances(none))
        .flatExtracting(ExaminedInstance::obstacles)
        .containsExactly(
            new Obstacle("MEMORY", "RESOURCE:MEMORY", "MiB: 128 wanted, 100 left"),
            new Obstacle("AGENT", "AGENT", "its agent is not connected"),
            new Obstacle("STATUS", "STATUS", "its status is DRAINING"));
    assertThat(instances(none).getFirst().remainingMemory()).isEqualTo(100);
    assertThat(known(known(none.next()).stages()))
        .extracting(CountedStage::stage, CountedStage::instances)
        .containsExactly(
            tuple("CANDIDATE", 2),
            tuple("RESOURCES", 1),
            tuple("ATTRIBUTES", 0),
            tuple("CONSTRAINTS", 0),
            tuple("STRATEGIES", 0));
    yard.connect(away, true);
    ExaminedInstance first = instances(preview(0, request -> request)).getFirst();
    assertThat(first.containerInstanceArn()).isEqualTo(away);
    assertThat(first.stage()).isEqualTo("STRATEGIES");
    assertThat(first.obstacles()).isEmpty();
  }

  @Test
  void all_that_is_in_the_way_is_told_in_the_order_of_examination() {
    yard.instance("us-east-1a", 100, 100);
    PortMapping port = PortMapping.builder().containerPort(22).hostPort(22).protocol("tcp").build();
    yard.define(
        "app",
        Yard.app().cpu(256).memory(500).privileged(true).portMappings(List.of(port)).build());
    String expression = "attribute:stack == prod";
    Preview preview =
        preview(
            1,
            request ->
                request.placementConstraints(
                    List.of(
                        new PlacementConstraint("memberOf", expression),
                        new PlacementConstraint("memberOf", "runningTasksCount < 1"))));
    assertThat(instances(preview).getFirst().obstacles())
        .extracting(Obstacle::obstacle, Obstacle::detail)
        .startsWith(
            tuple("CPU", "CPU units: 256 wanted, 100 left"),
            tuple("MEMORY", "MiB: 500 wanted, 100 left"),
            tuple("PORTS", "taken: 22/tcp"))
        .contains(tuple("MEMBER_OF", "not met: " + expression))
        .anySatisfy(obstacle ->
            assertThat(obstacle.toList().get(1).toString())
                .startsWith("missing: com.amazonaws.ecs.capability.privileged-container"));
  }

  @Test
  void what_was_asked_for_is_shown_field_by_field() {
    yard.instance();
    yard.define("app", Yard.app().build());
    Explanation next =
        known(
            preview(
                    0,
                    request ->
                        packed(request)
                            .group("g")
                            .placementConstraints(
                                List.of(new PlacementConstraint("distinctInstance", null))))
                .next());
    var demand = known(next.demand());
    assertThat(next.group()).isEqualTo("g");
    assertThat(next.registeredInstances()).isEqualTo(1);
    assertThat(demand.memory()).isEqualTo(128);
    assertThat(demand.distinctInstance()).isTrue();
    assertThat(demand.launchType()).isEqualTo("EC2");
    assertThat(demand.strategies()).containsExactly(new PlacementStrategy("binpack", "memory"));
  }

  @Test
  void those_that_can_take_it_stand_in_the_order_of_their_ranks_and_no_more_than_asked_for() {
    String large = yard.instance("us-east-1a", 1024, 3000);
    String small = yard.instance("us-east-1b", 1024, 1000);
    yard.instance("us-east-1b", 1024, 10);
    yard.define("app", Yard.app().memory(500).build());
    Preview both = preview(1, 2, PreviewTaskTest::packed);
    assertThat(instances(both))
        .extracting(ExaminedInstance::containerInstanceArn, ExaminedInstance::ranks)
        .containsExactly(tuple(small, List.of(500)), tuple(large, List.of(3000)));
    assertThat(known(both.next()).registeredInstances()).isEqualTo(3);
    assertThat(instances(preview(1, 1, PreviewTaskTest::packed))).hasSize(1);
  }

  @Test
  void what_run_task_refuses_is_refused_and_so_are_too_many() {
    yard.define("app", Yard.app().build());
    assertThatThrownBy(() -> preview(1, request -> request.taskDefinition("nothing")))
        .isInstanceOf(ClientException.class)
        .hasMessage("TaskDefinition not found.");
    assertThatThrownBy(() -> preview(1, request -> request.startedBy("?")))
        .isInstanceOf(InvalidParameterException.class);
    for (int count : List.of(-1, 10_001)) {
      assertThatThrownBy(() -> preview(count, request -> request))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessage("count must be between 0 and 10000.");
    }
    for (int most : List.of(0, 10_001)) {
      assertThatThrownBy(() -> preview(1, most, request -> request))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessage("maxInstances must be between 1 and 10000.");
    }
  }
}
