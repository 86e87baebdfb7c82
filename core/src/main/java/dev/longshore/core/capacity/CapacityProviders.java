package dev.longshore.core.capacity;

import dev.longshore.core.operation.Place;
import java.util.List;

/** The capacity providers that exist without being created. */
public final class CapacityProviders {
  /** FARGATE and FARGATE_SPOT. */
  public static final List<String> FARGATE = List.of("FARGATE", "FARGATE_SPOT");

  private CapacityProviders() {}

  /** Whether tasks of that provider run on Fargate. */
  public static boolean isFargate(String name) {
    return FARGATE.contains(name);
  }

  /** The name of a provider given by name or by an ARN of this place. */
  public static String name(Place place, String nameOrArn) {
    String prefix = arn(place, "");
    return nameOrArn.startsWith(prefix) ? nameOrArn.substring(prefix.length()) : nameOrArn;
  }

  /** The ARN of a provider of this place, whether it exists or not. */
  public static String arn(Place place, String name) {
    return place.ecs("capacity-provider/" + name);
  }
}
