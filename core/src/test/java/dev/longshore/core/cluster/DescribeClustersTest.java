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
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.Cluster;
import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ClusterSetting;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DescribeClustersRequest;
import dev.longshore.shapes.ecs.DescribeClustersResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.ManagedStorageConfiguration;
import dev.longshore.shapes.ecs.Tag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DescribeClustersTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:cluster/";

  private final Harbour harbour = new Harbour();

  @Test
  void a_cluster_that_never_was_is_a_failure_beside_those_found() {
    create("a");
    DescribeClustersResponse answer = describe(List.of("a", "nope"), List.of());
    assertThat(answer.clusters()).extracting(Cluster::clusterName).containsExactly("a");
    assertThat(answer.failures()).containsExactly(new Failure(ARN + "nope", "MISSING", null));
  }

  @Test
  void without_names_the_cluster_default_is_meant() {
    assertThat(describe(List.of(), List.of()).failures())
        .containsExactly(new Failure(ARN + "default", "MISSING", null));
    create("default");
    assertThat(describe(List.of(), List.of()).clusters()).hasSize(1);
  }

  @Test
  void without_include_settings_tags_and_statistics_are_empty() {
    create("a");
    Cluster cluster = only("a", List.of());
    assertThat(cluster.settings()).isEmpty();
    assertThat(cluster.tags()).isEmpty();
    assertThat(cluster.statistics()).isEmpty();
    assertThat(cluster.configuration()).isNull();
    assertThat(cluster.attachments()).isNull();
  }

  @Test
  void each_field_is_shown_when_it_is_asked_for() {
    create("a");
    assertThat(only("a", List.of("SETTINGS")).settings())
        .containsExactly(new ClusterSetting("containerInsights", "disabled"));
    assertThat(only("a", List.of("TAGS")).tags()).containsExactly(new Tag("a", "1"));
    assertThat(only("a", List.of("CONFIGURATIONS")).configuration()).isNotNull();
    assertThat(only("a", List.of("ATTACHMENTS")).attachments()).isEmpty();
    assertThat(only("a", List.of("STATISTICS")).statistics()).isNotEmpty();
  }

  @Test
  void a_name_and_its_arn_asked_for_together_are_one_cluster() {
    create("a");
    assertThat(describe(List.of("a", ARN + "a", "a"), List.of()).clusters()).hasSize(1);
  }

  @Test
  void the_arn_of_another_place_is_missing_and_never_taken_for_ours() {
    create("a");
    String elsewhere = "arn:aws:ecs:eu-west-1:123456789012:cluster/a";
    DescribeClustersResponse answer = describe(List.of(elsewhere), List.of());
    assertThat(answer.clusters()).isEmpty();
    assertThat(answer.failures()).containsExactly(new Failure(elsewhere, "MISSING", null));
  }

  @Test
  void a_hundred_clusters_can_be_asked_for_and_no_more() {
    assertThat(describe(Collections.nCopies(100, "x"), List.of()).failures()).hasSize(1);
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> describe(Collections.nCopies(101, "x"), List.of()));
  }

  @Test
  void a_blank_name_is_refused() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> describe(List.of(""), List.of()))
        .withMessage("Clusters can not be blank.");
  }

  @Test
  void draining_instances_count_as_registered_and_deregistered_ones_do_not() {
    create("a");
    harbour.edit(draft -> {
      draft.put(ContainerInstance.KIND, Rows.instance("a", "1", "ACTIVE"));
      draft.put(ContainerInstance.KIND, Rows.instance("a", "2", "DRAINING"));
      draft.put(ContainerInstance.KIND, Rows.instance("a", "3", "INACTIVE"));
      draft.put(ContainerInstance.KIND, Rows.instance("b", "4", "ACTIVE"));
    });
    assertThat(only("a", List.of()).registeredContainerInstancesCount()).isEqualTo(2);
  }

  @Test
  void tasks_are_counted_by_last_status_and_services_while_active() {
    create("a");
    harbour.edit(draft -> {
      draft.put(Task.KIND, Rows.task("a", "1", "EC2", TaskStatus.RUNNING));
      draft.put(Task.KIND, Rows.task("a", "2", "EXTERNAL", TaskStatus.RUNNING));
      draft.put(Task.KIND, Rows.task("a", "3", "EC2", TaskStatus.PENDING));
      draft.put(Task.KIND, Rows.task("a", "4", "EC2", TaskStatus.PROVISIONING));
      draft.put(Task.KIND, Rows.task("a", "5", "EC2", TaskStatus.STOPPED));
      draft.put(Service.KIND, Rows.service("a", "web", "ACTIVE"));
      draft.put(Service.KIND, Rows.service("a", "old", "DRAINING"));
    });
    Cluster cluster = only("a", List.of());
    assertThat(cluster.runningTasksCount()).isEqualTo(2);
    assertThat(cluster.pendingTasksCount()).isEqualTo(1);
    assertThat(cluster.activeServicesCount()).isEqualTo(1);
  }

  @Test
  void statistics_split_the_counters_by_launch_type() {
    create("a");
    var spot =
        dev.longshore.shapes.ecs.Service.builder()
            .capacityProviderStrategy(
                List.of(
                    CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .build()))
            .build();
    harbour.edit(draft -> {
      draft.put(Task.KIND, Rows.task("a", "1", "EC2", TaskStatus.RUNNING));
      draft.put(Task.KIND, Rows.task("a", "2", "EC2", TaskStatus.RUNNING));
      draft.put(Task.KIND, Rows.task("a", "3", "FARGATE", TaskStatus.RUNNING));
      draft.put(Task.KIND, Rows.task("a", "4", "FARGATE", TaskStatus.PENDING));
      draft.put(Service.KIND, Rows.service("a", "web", "ACTIVE"));
      draft.put(Service.KIND, Rows.service("a", "spot", "DRAINING", spot));
    });
    Map<String, String> statistics =
        requireNonNull(only("a", List.of("STATISTICS")).statistics()).stream()
            .collect(Collectors.toMap(KeyValuePair::name, KeyValuePair::value));
    assertThat(statistics)
        .containsEntry("runningEC2TasksCount", "2")
        .containsEntry("runningFargateTasksCount", "1")
        .containsEntry("pendingEC2TasksCount", "0")
        .containsEntry("pendingFargateTasksCount", "1")
        .containsEntry("activeEC2ServiceCount", "1")
        .containsEntry("activeFargateServiceCount", "0")
        .containsEntry("drainingEC2ServiceCount", "0")
        .containsEntry("drainingFargateServiceCount", "1");
  }

  private void create(String name) {
    harbour.call(
        new CreateCluster(),
        CreateClusterRequest.builder()
            .clusterName(name)
            .tags(List.of(new Tag("a", "1")))
            .configuration(
                ClusterConfiguration.builder()
                    .managedStorageConfiguration(
                        ManagedStorageConfiguration.builder().kmsKeyId("key").build())
                    .build())
            .build());
  }

  private DescribeClustersResponse describe(List<String> names, List<String> include) {
    return harbour.ask(
        new DescribeClusters(),
        DescribeClustersRequest.builder().clusters(names).include(include).build());
  }

  private Cluster only(String name, List<String> include) {
    return requireNonNull(describe(List.of(name), include).clusters()).getFirst();
  }
}
