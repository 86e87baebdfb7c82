package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A target of a target group. Its health is what the data plane found last; of a group that no
 * listener names, answers say so whatever stands here.
 *
 * @param id an instance's id or an IP address
 * @param taskArn the task that it was registered for; null where a user registered it
 * @param health one of the states of the API, in its words: see the constants
 * @param reason "" where the health says all
 * @param description "" where the health says all
 * @param drainedAt when it is gone; set exactly while it is draining
 */
public record Target(
    String targetGroupArn,
    String id,
    int port,
    @Nullable String taskArn,
    String health,
    String reason,
    String description,
    @Nullable Instant drainedAt) {
  public static final String INITIAL = "initial";
  public static final String HEALTHY = "healthy";
  public static final String UNHEALTHY = "unhealthy";
  public static final String DRAINING = "draining";

  /** Keyed by group, id and port; so the targets of a group stand side by side. */
  public static final Kind<Target> KIND = Kind.of("target", Target.class, Target::key);

  /** Buckets by target group ARN; draining ones included. */
  public static final Index<Target> OF_GROUP = KIND.index("group", Target::targetGroupArn);

  /** Buckets by task ARN; draining ones included. */
  public static final Index<Target> OF_TASK = KIND.index("task", Target::taskArn);

  /** Buckets by id: an instance or an address. */
  public static final Index<Target> BY_ID = KIND.index("id", Target::id);

  /** The key of a target. */
  public static String key(String targetGroupArn, String id, int port) {
    return targetGroupArn + ' ' + id + ' ' + port;
  }

  /** A target that was just registered. */
  public static Target registered(
      String targetGroupArn, String id, int port, @Nullable String taskArn) {
    return new Target(
        targetGroupArn,
        id,
        port,
        taskArn,
        INITIAL,
        "Elb.RegistrationInProgress",
        "Target registration is in progress",
        null);
  }

  public String key() {
    return key(targetGroupArn, id, port);
  }

  public boolean isDraining() {
    return drainedAt != null;
  }

  /** As the data plane found it. */
  public Target found(String state, String why, String words) {
    return new Target(targetGroupArn, id, port, taskArn, state, why, words, drainedAt);
  }

  /** Deregistered, with work under way until then. */
  public Target draining(Instant until) {
    return new Target(
        targetGroupArn,
        id,
        port,
        taskArn,
        DRAINING,
        "Target.DeregistrationInProgress",
        "Target deregistration is in progress",
        until);
  }
}
