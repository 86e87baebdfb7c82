package dev.longshore.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longshore.core.capacity.CapacityRoom;
import dev.longshore.core.cluster.ClusterRoom;
import dev.longshore.core.setting.SettingRoom;
import dev.longshore.core.tag.TagRoom;
import dev.longshore.core.taskdefinition.TaskDefinitionRoom;
import dev.longshore.shapes.ecs.Ecs;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private final Operations operations = new Operations(Ecs.MODEL);

  @Test
  void each_action_is_a_class_of_its_name() {
    ClusterRoom.register(operations);
    TaskDefinitionRoom.register(operations);
    TagRoom.register(operations);
    SettingRoom.register(operations);
    CapacityRoom.register(operations);
    assertThat(operations.all()).hasSize(21);
    for (Operations.Operation operation : operations.all()) {
      Object action =
          switch (operation) {
            case Operations.Deciding deciding -> deciding.command();
            case Operations.Answering answering -> answering.query();
          };
      assertThat(action.getClass().getSimpleName()).isEqualTo(operation.name());
    }
  }

  @Test
  void an_action_is_found_by_its_name_only() {
    ClusterRoom.register(operations);
    assertThat(operations.named("CreateCluster")).containsInstanceOf(Operations.Deciding.class);
    assertThat(operations.named("ListClusters")).containsInstanceOf(Operations.Answering.class);
    assertThat(operations.named("createcluster")).isEmpty();
  }

  @Test
  void an_action_that_the_service_does_not_have_or_a_second_one_is_refused() {
    ClusterRoom.register(operations);
    assertThatIllegalArgumentException().isThrownBy(() -> ClusterRoom.register(operations));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> operations.query("ListBoats", (view, request, context) -> request));
  }
}
