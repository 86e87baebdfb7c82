package dev.longshore.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.ServerException;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.sts.AssumeRoleResponse;
import dev.longshore.shapes.sts.Credentials;
import dev.longshore.shapes.sts.Sts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ShapesTest {
  @Test
  void a_record_is_read_and_built_by_the_indexes_of_its_schema() {
    var request = RunTaskRequest.builder().cluster("blue").taskDefinition("web:1").build();
    var copy = request.schema().builder();
    for (var member : request.schema().members()) {
      copy.set(member.index(), request.member(member.index()));
    }
    assertThat(copy.build()).isEqualTo(request).isNotSameAs(request);
    assertThat(request.toBuilder().count(2).build().count()).isEqualTo(2);
  }

  @Test
  void members_may_be_called_like_the_parameters_of_the_methods_that_set_them() {
    var tag = Tag.builder().key("k").value("v").build();
    var copy = Tag.SCHEMA.builder().set(0, tag.member(0)).set(1, tag.member(1)).build();
    assertThat(copy).isEqualTo(tag);
    assertThat(tag.toBuilder().build()).isEqualTo(tag);
    assertThat(tag.member(1)).isEqualTo("v");
  }

  @Test
  void every_operation_finds_its_structures_and_errors() {
    for (var model : List.of(Ecs.MODEL, Sts.MODEL)) {
      for (var operation : model.operations().values()) {
        assertThat(operation.input().builder().build().schema()).isSameAs(operation.input());
        assertThat(operation.output().builder().build().schema()).isSameAs(operation.output());
        assertThat(operation.errors()).allMatch(error -> error.error() != null);
      }
    }
    assertThat(Ecs.MODEL.operations()).hasSize(77);
    assertThat(Objects.requireNonNull(Ecs.MODEL.operation("RunTask")).input())
        .isSameAs(RunTaskRequest.SCHEMA);
    assertThat(Ecs.MODEL.protocols()).containsExactly(Protocol.AWS_JSON_1_1);
    assertThat(Sts.MODEL.protocols()).containsExactly(Protocol.AWS_QUERY);
  }

  @Test
  void a_schema_carries_the_constraints_of_the_model() {
    var members = RunTaskRequest.SCHEMA;
    assertThat(named(members, "taskDefinition").isRequired()).isTrue();
    assertThat(named(members, "cluster").isRequired()).isFalse();
    assertThat(named(members, "clientToken").isIdempotencyToken()).isTrue();
    assertThat(((ScalarType) named(members, "launchType").type()).values())
        .isEqualTo(LaunchType.VALUES);
  }

  @Test
  void collections_cannot_change_after_the_record_is_built() {
    var cluster = new ArrayList<>(List.of("a"));
    var labels = new LinkedHashMap<String, String>();
    labels.put("z", "1");
    labels.put("a", "2");
    var definition = ContainerDefinition.builder().links(cluster).dockerLabels(labels).build();
    cluster.add("b");
    labels.put("m", "3");
    assertThat(definition.links()).containsExactly("a");
    assertThat(Objects.requireNonNull(definition.dockerLabels()).keySet())
        .containsExactly("z", "a");
    assertThatThrownBy(() -> Objects.requireNonNull(definition.dockerLabels()).put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(definition.toBuilder().build().dockerLabels()).isSameAs(definition.dockerLabels());
  }

  @Test
  void an_absent_list_differs_from_an_empty_one() {
    assertThat(ContainerDefinition.builder().build().links()).isNull();
    assertThat(ContainerDefinition.builder().links(List.of()).build().links()).isEmpty();
  }

  @Test
  void errors_know_their_code_status_and_members() {
    var missing = new ClusterNotFoundException("Cluster not found.");
    assertThat(missing.code()).isEqualTo("ClusterNotFoundException");
    assertThat(missing.httpStatus()).isEqualTo(400);
    assertThat(missing.isServerFault()).isFalse();
    assertThat(missing.getStackTrace()).isEmpty();
    assertThat(new ServerException("x").httpStatus()).isEqualTo(500);
    var conflict = ConflictException.builder().message("m").resourceIds(List.of("r")).build();
    assertThat(conflict.resourceIds()).containsExactly("r");
    assertThat(conflict.member(1)).isEqualTo("m");
    var common = new ServiceException("SerializationException", 400, "Start of structure");
    assertThat(common.schema().name()).isEqualTo("SerializationException");
    assertThat(common.member(0)).isEqualTo("Start of structure");
  }

  @Test
  void secrets_stay_out_of_texts() {
    var credentials = Credentials.builder().accessKeyId("AKIA").secretAccessKey("hidden").build();
    assertThat(AssumeRoleResponse.builder().credentials(credentials).build().toString())
        .contains("AKIA")
        .doesNotContain("hidden");
  }

  private static Member named(Structure structure, String name) {
    return Objects.requireNonNull(structure.named(name));
  }
}
