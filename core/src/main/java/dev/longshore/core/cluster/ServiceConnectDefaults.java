package dev.longshore.core.cluster;

import dev.longshore.core.operation.Arn;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaults;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaultsRequest;
import dev.longshore.shapes.ecs.NamespaceNotFoundException;
import org.jspecify.annotations.Nullable;

/** The namespace that services of a cluster use where they name none. */
final class ServiceConnectDefaults {
  private ServiceConnectDefaults() {}

  /**
   * Checks a request's default namespace.
   *
   * @return null where there is none, or where an empty name takes it away
   * @throws NamespaceNotFoundException an ARN, because no namespaces are kept yet that it could
   *     name
   */
  static @Nullable ClusterServiceConnectDefaults checked(
      @Nullable ClusterServiceConnectDefaultsRequest request) {
    if (request == null || request.namespace().isEmpty()) {
      return null;
    }
    if (Arn.isMeant(request.namespace())) {
      throw new NamespaceNotFoundException("The specified namespace was not found.");
    }
    return new ClusterServiceConnectDefaults(request.namespace());
  }
}
