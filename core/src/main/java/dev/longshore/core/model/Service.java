package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service: a wish for so many tasks of a task definition.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} (deleted, tasks left) or {@code INACTIVE}
 * @param specification what the user asked for, as the API shows it: the service's shape without
 *     counts, deployments, events, status and tags
 * @param desiredCount tasks wanted; 0 once deleted
 * @param deployments newest first
 * @param eventCount how many events were ever written: the next event's number
 * @param steady whether the steady state was reached and announced since the last change
 * @param lastProblem the last placement problem's text, so that it is not announced again and again
 */
public record Service(
    String arn,
    String name,
    String clusterArn,
    String status,
    dev.longshore.shapes.ecs.Service specification,
    int desiredCount,
    List<Deployment> deployments,
    long eventCount,
    boolean steady,
    @Nullable String lastProblem,
    List<Tag> tags,
    Instant createdAt,
    String createdBy,
    @Nullable Instant inactiveAt) {
  /** Keyed by ARN. */
  public static final Kind<Service> KIND = Kind.of("service", Service.class, Service::arn);

  /** Buckets {@code clusterArn status}. */
  public static final Index<Service> BY_CLUSTER_STATUS =
      KIND.index("clusterStatus", row -> row.clusterArn() + ' ' + row.status());
}
