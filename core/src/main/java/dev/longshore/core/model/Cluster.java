package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaults;
import dev.longshore.shapes.ecs.ClusterSetting;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: a name that container instances, services and tasks share.
 *
 * @param active false once deleted: the row stays, so that the name's ARN can still be described
 * @param settings those set on the cluster or taken from the account when it was created
 */
public record Cluster(
    String arn,
    String name,
    boolean active,
    List<ClusterSetting> settings,
    @Nullable ClusterConfiguration configuration,
    @Nullable ClusterServiceConnectDefaults serviceConnectDefaults,
    List<String> capacityProviders,
    List<CapacityProviderStrategyItem> defaultCapacityProviderStrategy,
    List<Tag> tags) {
  /** Keyed by ARN. */
  public static final Kind<Cluster> KIND = Kind.of("cluster", Cluster.class, Cluster::arn);

  /** Deleted: nothing but its name and ARN is left. */
  public Cluster deleted() {
    return new Cluster(arn, name, false, List.of(), null, null, List.of(), List.of(), List.of());
  }

  public Cluster withSettings(List<ClusterSetting> value) {
    return new Cluster(
        arn,
        name,
        active,
        value,
        configuration,
        serviceConnectDefaults,
        capacityProviders,
        defaultCapacityProviderStrategy,
        tags);
  }

  public Cluster withConfiguration(ClusterConfiguration value) {
    return new Cluster(
        arn,
        name,
        active,
        settings,
        value,
        serviceConnectDefaults,
        capacityProviders,
        defaultCapacityProviderStrategy,
        tags);
  }

  public Cluster withServiceConnectDefaults(@Nullable ClusterServiceConnectDefaults value) {
    return new Cluster(
        arn,
        name,
        active,
        settings,
        configuration,
        value,
        capacityProviders,
        defaultCapacityProviderStrategy,
        tags);
  }

  public Cluster withCapacityProviders(
      List<String> value, List<CapacityProviderStrategyItem> strategy) {
    return new Cluster(
        arn, name, active, settings, configuration, serviceConnectDefaults, value, strategy, tags);
  }

  public Cluster withTags(List<Tag> value) {
    return new Cluster(
        arn,
        name,
        active,
        settings,
        configuration,
        serviceConnectDefaults,
        capacityProviders,
        defaultCapacityProviderStrategy,
        value);
  }
}
