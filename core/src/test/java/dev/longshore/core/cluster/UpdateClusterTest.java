package dev.longshore.core.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.Rows;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.Cluster;
import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaultsRequest;
import dev.longshore.shapes.ecs.ClusterSetting;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ManagedStorageConfiguration;
import dev.longshore.shapes.ecs.PutClusterCapacityProvidersRequest;
import dev.longshore.shapes.ecs.ResourceInUseException;
import dev.longshore.shapes.ecs.UpdateClusterRequest;
import dev.longshore.shapes.ecs.UpdateClusterSettingsRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateClusterTest {
  private final Harbour harbour = new Harbour();

  @BeforeEach
  void create() {
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().build());
  }

  @Test
  void container_insights_can_be_enhanced_enabled_or_disabled() {
    for (String value : List.of("enhanced", "enabled", "disabled")) {
      ClusterSetting setting = new ClusterSetting("containerInsights", value);
      assertThat(updateSettings(setting).settings()).containsExactly(setting);
    }
  }

  @Test
  void container_insights_cannot_be_foo() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> updateSettings(new ClusterSetting("containerInsights", "foo")))
        .withMessage("Invalid setting 'value'");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> updateSettings(new ClusterSetting("foo", "enabled")))
        .withMessage("Invalid setting 'name'");
  }

  @Test
  void what_is_not_given_stays() {
    var configuration =
        ClusterConfiguration.builder()
            .managedStorageConfiguration(
                ManagedStorageConfiguration.builder().kmsKeyId("key").build())
            .build();
    update(UpdateClusterRequest.builder().configuration(configuration));
    Cluster cluster =
        update(
            UpdateClusterRequest.builder()
                .settings(List.of(new ClusterSetting("containerInsights", "enabled"))));
    assertThat(cluster.configuration()).isEqualTo(configuration);
    assertThat(cluster.settings())
        .containsExactly(new ClusterSetting("containerInsights", "enabled"));
  }

  @Test
  void an_empty_name_takes_the_default_namespace_away() {
    assertThat(update(namespace("web")).serviceConnectDefaults()).isNotNull();
    assertThat(update(UpdateClusterRequest.builder()).serviceConnectDefaults()).isNotNull();
    assertThat(update(namespace("")).serviceConnectDefaults()).isNull();
  }

  @Test
  void capacity_providers_are_replaced_whole() {
    Cluster cluster =
        putProviders(List.of("FARGATE", "FARGATE_SPOT"), List.of(item("FARGATE", 1, 2)));
    assertThat(cluster.capacityProviders()).containsExactly("FARGATE", "FARGATE_SPOT");
    assertThat(cluster.defaultCapacityProviderStrategy()).containsExactly(item("FARGATE", 1, 2));
    Cluster emptied = putProviders(List.of(), List.of());
    assertThat(emptied.capacityProviders()).isEmpty();
    assertThat(emptied.defaultCapacityProviderStrategy()).isEmpty();
  }

  @Test
  void a_strategy_has_one_base_some_weight_and_no_provider_twice() {
    List<String> both = List.of("FARGATE", "FARGATE_SPOT");
    assertRefused(both, List.of(item("FARGATE", 1, 1), item("FARGATE_SPOT", 1, 1)));
    assertRefused(both, List.of(item("FARGATE", 0, 0), item("FARGATE_SPOT", 0, 0)));
    assertRefused(both, List.of(item("FARGATE", 1, 0), item("FARGATE", 1, 0)));
    assertRefused(List.of("FARGATE"), List.of(item("FARGATE_SPOT", 1, 0)));
  }

  @Test
  void a_provider_that_a_task_uses_cannot_be_taken_away() {
    putProviders(List.of("FARGATE", "FARGATE_SPOT"), List.of());
    harbour.edit(draft -> draft.put(Task.KIND, spotTask(TaskStatus.RUNNING)));
    assertThatExceptionOfType(ResourceInUseException.class)
        .isThrownBy(() -> putProviders(List.of("FARGATE"), List.of()))
        .withMessage("The specified capacity provider is in use and cannot be removed.");
    putProviders(List.of("FARGATE_SPOT"), List.of());
    harbour.edit(draft -> draft.put(Task.KIND, spotTask(TaskStatus.STOPPED)));
    putProviders(List.of(), List.of());
  }

  @Test
  void a_provider_that_a_draining_service_uses_cannot_be_taken_away() {
    putProviders(List.of("FARGATE"), List.of());
    var specification =
        dev.longshore.shapes.ecs.Service.builder()
            .capacityProviderStrategy(List.of(item("FARGATE", 1, 0)))
            .build();
    harbour.edit(draft ->
        draft.put(Service.KIND, Rows.service("default", "web", "DRAINING", specification)));
    assertThatExceptionOfType(ResourceInUseException.class)
        .isThrownBy(() -> putProviders(List.of(), List.of()));
  }

  private static Task spotTask(TaskStatus status) {
    String definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";
    return Rows.task("default", "1", "FARGATE", status, definition, "FARGATE_SPOT");
  }

  private static UpdateClusterRequest.Builder namespace(String name) {
    return UpdateClusterRequest.builder()
        .serviceConnectDefaults(
            ClusterServiceConnectDefaultsRequest.builder().namespace(name).build());
  }

  private static CapacityProviderStrategyItem item(String name, int weight, int base) {
    return new CapacityProviderStrategyItem(name, weight, base);
  }

  private Cluster updateSettings(ClusterSetting setting) {
    return requireNonNull(
        harbour
            .call(
                new UpdateClusterSettings(),
                UpdateClusterSettingsRequest.builder()
                    .cluster("default")
                    .settings(List.of(setting))
                    .build())
            .cluster());
  }

  private Cluster update(UpdateClusterRequest.Builder request) {
    return requireNonNull(
        harbour.call(new UpdateCluster(), request.cluster("default").build()).cluster());
  }

  private Cluster putProviders(
      List<String> providers, List<CapacityProviderStrategyItem> strategy) {
    return requireNonNull(
        harbour
            .call(
                new PutClusterCapacityProviders(),
                PutClusterCapacityProvidersRequest.builder()
                    .cluster("default")
                    .capacityProviders(providers)
                    .defaultCapacityProviderStrategy(strategy)
                    .build())
            .cluster());
  }

  private void assertRefused(List<String> providers, List<CapacityProviderStrategyItem> strategy) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> putProviders(providers, strategy));
  }
}
