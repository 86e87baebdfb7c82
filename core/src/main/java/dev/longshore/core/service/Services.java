package dev.longshore.core.service;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the service that a request means. */
final class Services {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-_]{1,255}");

  private Services() {}

  /** The row of any status with that name or ARN in the cluster; null where there is none. */
  static @Nullable Service find(View view, Place place, Cluster cluster, String nameOrArn) {
    String arn = Arn.isMeant(nameOrArn) ? nameOrArn : arnOf(place, cluster, nameOrArn);
    Service found = view.find(Service.KIND, arn);
    return found == null || !found.clusterArn().equals(cluster.arn()) ? null : found;
  }

  /**
   * The row of any status with that name or ARN in the cluster.
   *
   * @throws ServiceNotFoundException there is none
   */
  static Service get(View view, Place place, Cluster cluster, String nameOrArn) {
    Service found = find(view, place, cluster, nameOrArn);
    if (found == null) {
      throw new ServiceNotFoundException("Service not found.");
    }
    return found;
  }

  static String arnOf(Place place, Cluster cluster, String name) {
    return place.ecs("service/" + cluster.name() + '/' + name);
  }

  static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidParameterException(
          "The service name must have 1 to 255 letters, numbers, underscores and hyphens.");
    }
    return name;
  }
}
