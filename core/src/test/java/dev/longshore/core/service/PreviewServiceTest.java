package dev.longshore.core.service;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.longshore.ExaminedInstance;
import dev.longshore.shapes.longshore.Obstacle;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewServiceRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewServiceTest {
  private final Quay quay = new Quay();

  private Preview preview(String service, int count) {
    return quay.harbour.ask(
        new PreviewService(),
        PreviewServiceRequest.builder().service(service).count(count).build());
  }

  @Test
  void more_tasks_go_where_the_service_has_fewest() {
    quay.instance("a1", "a").instance("a2", "a");
    quay.create(quay.definition("app"), 4, 100, 200);
    quay.settle();
    quay.instance("b1", "b");
    Preview preview = preview("web", 4);
    assertThat(known(preview.places()))
        .allSatisfy(place -> assertThat(place.containerInstanceArn()).endsWith("/b1"))
        .hasSize(4);
    assertThat(known(known(known(preview.next()).demand()).strategies()))
        .containsExactly(
            new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
            new PlacementStrategy("spread", "instanceId"));
  }

  @Test
  void a_service_short_of_room_is_explained_by_its_own_constraints() {
    quay.instance("a1", "a");
    quay.create(
        Quay.request("web", quay.definition("app"), 2)
            .placementConstraints(List.of(new PlacementConstraint("distinctInstance", null))));
    quay.settle();
    Preview preview = preview("web", 1);
    assertThat(preview.places()).isEmpty();
    List<ExaminedInstance> instances = known(known(preview.next()).instances());
    assertThat(instances)
        .flatExtracting(ExaminedInstance::obstacles)
        .containsExactly(
            new Obstacle(
                "DISTINCT_INSTANCE",
                "DistinctInstance placement constraint unsatisfied.",
                "tasks of its group there: 1"));
    assertThat(instances).extracting(ExaminedInstance::groupTasks).containsExactly(1);
  }

  @Test
  void an_unknown_service_is_not_found() {
    assertThatThrownBy(() -> preview("nothing", 0)).isInstanceOf(ServiceNotFoundException.class);
  }
}
