package dev.longshore.core.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.setting.PutAccountSettingDefault;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.Cluster;
import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaultsRequest;
import dev.longshore.shapes.ecs.ClusterSetting;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.ExecuteCommandConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListClustersRequest;
import dev.longshore.shapes.ecs.NamespaceNotFoundException;
import dev.longshore.shapes.ecs.PutAccountSettingDefaultRequest;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateClusterTest {
  private static final String DEFAULT_ARN = "arn:aws:ecs:us-east-1:123456789012:cluster/default";

  private final Harbour harbour = new Harbour();

  @Test
  void a_request_without_a_name_creates_the_cluster_default() {
    Cluster cluster = create(CreateClusterRequest.builder());
    assertThat(cluster)
        .isEqualTo(
            Cluster.builder()
                .clusterArn(DEFAULT_ARN)
                .clusterName("default")
                .status("ACTIVE")
                .registeredContainerInstancesCount(0)
                .runningTasksCount(0)
                .pendingTasksCount(0)
                .activeServicesCount(0)
                .statistics(List.of())
                .tags(List.of())
                .settings(List.of(new ClusterSetting("containerInsights", "disabled")))
                .capacityProviders(List.of())
                .defaultCapacityProviderStrategy(List.of())
                .build());
  }

  @Test
  void creating_a_cluster_twice_gives_the_one_cluster_unchanged() {
    List<Tag> tags = List.of(new Tag("a", "1"));
    Cluster first = create(CreateClusterRequest.builder().clusterName("prod").tags(tags));
    Cluster second = create(CreateClusterRequest.builder().clusterName("prod"));
    assertThat(second).isEqualTo(first);
    assertThat(second.tags()).isEqualTo(tags);
    assertThat(harbour.ask(new ListClusters(), ListClustersRequest.builder().build()).clusterArns())
        .containsExactly(first.clusterArn());
  }

  @Test
  void other_capacity_providers_than_the_first_time_are_refused() {
    create(CreateClusterRequest.builder().capacityProviders(List.of("FARGATE")));
    create(CreateClusterRequest.builder().capacityProviders(List.of("FARGATE")));
    refused(CreateClusterRequest.builder().capacityProviders(List.of("FARGATE_SPOT")))
        .withMessage(
            "Arguments on this idempotent request are inconsistent with arguments used in previous"
                + " request(s).");
  }

  @Test
  void the_name_of_a_deleted_cluster_gives_a_fresh_cluster_with_the_same_arn() {
    create(CreateClusterRequest.builder().tags(List.of(new Tag("old", "1"))));
    harbour.call(new DeleteCluster(), DeleteClusterRequest.builder().cluster("default").build());
    Cluster fresh = create(CreateClusterRequest.builder().tags(List.of(new Tag("new", "2"))));
    assertThat(fresh.clusterArn()).isEqualTo(DEFAULT_ARN);
    assertThat(fresh.status()).isEqualTo("ACTIVE");
    assertThat(fresh.tags()).containsExactly(new Tag("new", "2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "é", "", "a/b"})
  void a_name_with_other_characters_is_refused(String name) {
    refused(CreateClusterRequest.builder().clusterName(name))
        .withMessage("Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was " + name);
  }

  @Test
  void a_name_of_255_characters_is_the_longest() {
    create(CreateClusterRequest.builder().clusterName("a".repeat(255)));
    refused(CreateClusterRequest.builder().clusterName("a".repeat(256)))
        .withMessageStartingWith("Cluster must match");
  }

  @Test
  void settings_come_from_the_request_else_from_the_account() {
    harbour.call(
        new PutAccountSettingDefault(),
        PutAccountSettingDefaultRequest.builder()
            .name("containerInsights")
            .value("enhanced")
            .build());
    assertThat(create(CreateClusterRequest.builder()).settings())
        .containsExactly(new ClusterSetting("containerInsights", "enhanced"));
    ClusterSetting own = new ClusterSetting("containerInsights", "enabled");
    assertThat(
            create(CreateClusterRequest.builder().clusterName("own").settings(List.of(own)))
                .settings())
        .containsExactly(own);
  }

  @Test
  void logging_override_needs_a_log_configuration() {
    var configuration =
        ClusterConfiguration.builder()
            .executeCommandConfiguration(
                ExecuteCommandConfiguration.builder().logging("OVERRIDE").build())
            .build();
    refused(CreateClusterRequest.builder().configuration(configuration))
        .withMessageContaining("logConfiguration");
  }

  @Test
  void the_configuration_comes_back_as_sent() {
    var configuration =
        ClusterConfiguration.builder()
            .executeCommandConfiguration(
                ExecuteCommandConfiguration.builder().kmsKeyId("key").logging("NONE").build())
            .build();
    assertThat(create(CreateClusterRequest.builder().configuration(configuration)).configuration())
        .isEqualTo(configuration);
  }

  @Test
  void a_default_namespace_is_a_name_because_no_arn_can_be_found() {
    Cluster cluster = create(CreateClusterRequest.builder().serviceConnectDefaults(namespace("n")));
    assertThat(requireNonNull(cluster.serviceConnectDefaults()).namespace()).isEqualTo("n");
    assertThatExceptionOfType(NamespaceNotFoundException.class)
        .isThrownBy(() ->
            create(
                CreateClusterRequest.builder()
                    .serviceConnectDefaults(
                        namespace("arn:aws:servicediscovery:us-east-1:1:namespace/ns-1"))));
  }

  @Test
  void only_the_providers_of_fargate_exist() {
    refused(CreateClusterRequest.builder().capacityProviders(List.of("mine")))
        .withMessage(
            "The specified capacity provider was not found. Specify a valid capacity provider and"
                + " try again.");
  }

  @Test
  void a_default_strategy_names_providers_of_the_cluster() {
    var strategy =
        List.of(CapacityProviderStrategyItem.builder().capacityProvider("FARGATE_SPOT").build());
    refused(
            CreateClusterRequest.builder()
                .capacityProviders(List.of("FARGATE"))
                .defaultCapacityProviderStrategy(strategy))
        .withMessageStartingWith(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster.");
  }

  @Test
  void a_refused_request_leaves_no_cluster_behind() {
    refused(CreateClusterRequest.builder().tags(List.of(new Tag("aws:x", "1"))));
    assertThat(harbour.ask(new ListClusters(), ListClustersRequest.builder().build()).clusterArns())
        .isEmpty();
  }

  private static ClusterServiceConnectDefaultsRequest namespace(String text) {
    return ClusterServiceConnectDefaultsRequest.builder().namespace(text).build();
  }

  private Cluster create(CreateClusterRequest.Builder request) {
    return requireNonNull(harbour.call(new CreateCluster(), request.build()).cluster());
  }

  private org.assertj.core.api.ThrowableAssertAlternative<InvalidParameterException> refused(
      CreateClusterRequest.Builder request) {
    return assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> create(request));
  }
}
