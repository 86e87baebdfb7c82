package dev.longshore.core.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.Rows;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.Cluster;
import dev.longshore.shapes.ecs.ClusterContainsContainerInstancesException;
import dev.longshore.shapes.ecs.ClusterContainsServicesException;
import dev.longshore.shapes.ecs.ClusterContainsTasksException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.DescribeClustersRequest;
import dev.longshore.shapes.ecs.ListClustersRequest;
import dev.longshore.shapes.ecs.UpdateClusterSettingsRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeleteClusterTest {
  private final Harbour harbour = new Harbour();

  @BeforeEach
  void create() {
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().clusterName("a").build());
  }

  @Test
  void an_empty_cluster_becomes_inactive_and_is_no_longer_listed() {
    assertThat(delete("a").status()).isEqualTo("INACTIVE");
    assertThat(
            harbour
                .ask(
                    new DescribeClusters(),
                    DescribeClustersRequest.builder().clusters(List.of("a")).build())
                .clusters())
        .extracting(Cluster::status)
        .containsExactly("INACTIVE");
    assertThat(harbour.ask(new ListClusters(), ListClustersRequest.builder().build()).clusterArns())
        .isEmpty();
  }

  @Test
  void instances_are_looked_at_before_services() {
    harbour.edit(draft -> {
      draft.put(ContainerInstance.KIND, Rows.instance("a", "1", "ACTIVE"));
      draft.put(Service.KIND, Rows.service("a", "web", "ACTIVE"));
    });
    assertThatExceptionOfType(ClusterContainsContainerInstancesException.class)
        .isThrownBy(() -> delete("a"))
        .withMessage(
            "The Cluster cannot be deleted while Container Instances are active or draining.");
  }

  @Test
  void a_draining_instance_keeps_the_cluster_and_a_deregistered_one_does_not() {
    harbour.edit(draft -> draft.put(ContainerInstance.KIND, Rows.instance("a", "1", "DRAINING")));
    assertThatExceptionOfType(ClusterContainsContainerInstancesException.class)
        .isThrownBy(() -> delete("a"));
    harbour.edit(draft -> draft.put(ContainerInstance.KIND, Rows.instance("a", "1", "INACTIVE")));
    assertThat(delete("a").status()).isEqualTo("INACTIVE");
  }

  @Test
  void a_service_that_wants_no_tasks_but_is_active_keeps_the_cluster() {
    harbour.edit(draft -> draft.put(Service.KIND, Rows.service("a", "web", "ACTIVE")));
    assertThatExceptionOfType(ClusterContainsServicesException.class)
        .isThrownBy(() -> delete("a"))
        .withMessage("The Cluster cannot be deleted while Services are active.");
  }

  @Test
  void a_standalone_task_on_fargate_keeps_the_cluster() {
    harbour.edit(draft -> draft.put(Task.KIND, Rows.task("a", "1", "FARGATE", TaskStatus.RUNNING)));
    assertThatExceptionOfType(ClusterContainsTasksException.class)
        .isThrownBy(() -> delete("a"))
        .withMessage("The Cluster cannot be deleted while Tasks are active.");
  }

  @ParameterizedTest
  @EnumSource
  void tasks_of_every_status_but_stopped_keep_the_cluster(TaskStatus status) {
    harbour.edit(draft -> draft.put(Task.KIND, Rows.task("a", "1", "EC2", status)));
    if (status == TaskStatus.STOPPED) {
      assertThat(delete("a").status()).isEqualTo("INACTIVE");
    } else {
      assertThatExceptionOfType(ClusterContainsTasksException.class).isThrownBy(() -> delete("a"));
    }
  }

  @Test
  void writes_to_a_deleted_cluster_are_told_that_it_is_inactive() {
    delete("a");
    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() -> delete("a"))
        .withMessage("The referenced cluster was inactive.");
    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() ->
            harbour.call(
                new UpdateClusterSettings(),
                UpdateClusterSettingsRequest.builder().cluster("a").settings(List.of()).build()))
        .withMessage("The referenced cluster was inactive.");
  }

  @Test
  void an_unknown_cluster_is_not_found() {
    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() -> delete("b"))
        .withMessage("Cluster not found.");
  }

  private Cluster delete(String name) {
    return requireNonNull(
        harbour
            .call(new DeleteCluster(), DeleteClusterRequest.builder().cluster(name).build())
            .cluster());
  }
}
