package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the cluster that a request means. */
public final class Clusters {
  /** The cluster that is meant where a request names none. */
  public static final String DEFAULT = "default";

  private static final String NAME = "^[a-zA-Z0-9\\-_]{1,255}$";
  private static final Pattern VALID_NAME = Pattern.compile(NAME);

  private Clusters() {}

  /**
   * The active cluster with that name or ARN.
   *
   * @param nameOrArn null for the cluster {@code default}
   * @throws ClusterNotFoundException there is none, or it was deleted
   * @throws InvalidParameterException the text can be neither a name nor an ARN
   */
  public static Cluster find(View view, Context context, @Nullable String nameOrArn) {
    Cluster cluster =
        view.find(Cluster.KIND, arn(context.place(), nameOrArn == null ? DEFAULT : nameOrArn));
    if (cluster == null) {
      throw new ClusterNotFoundException("Cluster not found.");
    }
    if (!cluster.active()) {
      throw new ClusterNotFoundException("The referenced cluster was inactive.");
    }
    return cluster;
  }

  /** The ARN of a cluster of this place, whether it exists or not. */
  public static String arnOf(Place place, String name) {
    return place.ecs("cluster/" + name);
  }

  /**
   * The name in a cluster's ARN; empty where the text is no ARN of a cluster.
   *
   * @param arn of any place
   */
  public static Optional<String> nameIn(String arn) {
    return Arn.parse(arn)
        .map(Arn::segments)
        .filter(segments -> segments.size() == 2 && segments.getFirst().equals("cluster"))
        .map(List::getLast);
  }

  private static String arn(Place place, String nameOrArn) {
    if (nameOrArn.isBlank()) {
      throw new InvalidParameterException("Cluster can not be blank.");
    }
    if (!Arn.isMeant(nameOrArn)) {
      checkName(nameOrArn);
      return arnOf(place, nameOrArn);
    }
    if (nameIn(nameOrArn).isEmpty()) {
      throw new InvalidParameterException("Invalid identifier: Unexpected number of separators");
    }
    return nameOrArn;
  }

  static void checkName(String name) {
    if (!VALID_NAME.matcher(name).matches()) {
      throw new InvalidParameterException("Cluster must match " + NAME + ", but was " + name);
    }
  }
}
