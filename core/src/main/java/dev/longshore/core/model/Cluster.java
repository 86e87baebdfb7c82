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
}
