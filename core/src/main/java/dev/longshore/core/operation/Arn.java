package dev.longshore.core.operation;

import java.util.List;
import java.util.Optional;

/**
 * An Amazon resource name, taken apart.
 *
 * @param resource what follows the account, for example {@code task/default/0123…}
 */
public record Arn(
    String partition, String service, String region, String accountId, String resource) {
  /** Takes an ARN apart; empty where the text is none. */
  public static Optional<Arn> parse(String text) {
    String[] parts = text.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn") || parts[1].isEmpty() || parts[2].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
  }

  /** Whether a text means to be an ARN rather than a name. */
  public static boolean isMeant(String text) {
    return text.startsWith("arn:");
  }

  /** The first segment of the resource, for example {@code task}. */
  public String type() {
    return segments().getFirst();
  }

  /** The resource's segments, the type first. */
  public List<String> segments() {
    return List.of(resource.split("/", -1));
  }

  /** Whether the resource is ECS's and lives in that place. */
  public boolean isIn(Place place) {
    return service.equals("ecs")
        && partition.equals(place.partition())
        && region.equals(place.region())
        && accountId.equals(place.accountId());
  }
}
