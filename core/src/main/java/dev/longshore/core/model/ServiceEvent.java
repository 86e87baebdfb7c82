package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a service. A table of its own, so that a new event does not rewrite the hundred
 * before it.
 *
 * @param number counts up within the service
 * @param id a UUID
 * @param action what it is for programs; null for one that only people are told
 */
public record ServiceEvent(
    String serviceArn,
    long number,
    String id,
    Instant createdAt,
    String message,
    @Nullable ServiceAction action) {
  /** Keyed by {@link #key}: oldest first within a service. */
  public static final Kind<ServiceEvent> KIND =
      Kind.of("serviceEvent", ServiceEvent.class, row -> key(row.serviceArn(), row.number()));

  /** Buckets by service ARN. */
  public static final Index<ServiceEvent> BY_SERVICE =
      KIND.index("service", ServiceEvent::serviceArn);

  /** This event with other words. */
  public ServiceEvent withMessage(String value) {
    return new ServiceEvent(serviceArn, number, id, createdAt, value, action);
  }

  /** The key of a service's event. */
  public static String key(String serviceArn, long number) {
    String digits = Long.toString(number);
    return serviceArn + ' ' + "0".repeat(19 - digits.length()) + digits;
  }
}
