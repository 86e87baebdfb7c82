package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a task definition.
 *
 * @param definition the whole definition as the API shows it, normalised, without status and the
 *     times below
 * @param status {@code ACTIVE}, {@code INACTIVE} or {@code DELETE_IN_PROGRESS}
 */
public record TaskDefinition(
    String arn,
    String family,
    int revision,
    String status,
    dev.longshore.shapes.ecs.TaskDefinition definition,
    List<Tag> tags,
    Instant registeredAt,
    String registeredBy,
    @Nullable Instant deregisteredAt,
    @Nullable Instant deleteRequestedAt) {
  public static final String ACTIVE = "ACTIVE";
  public static final String INACTIVE = "INACTIVE";
  public static final String DELETE_IN_PROGRESS = "DELETE_IN_PROGRESS";

  /** Keyed by {@link #key}: in the order of listings, family first, then revision as a number. */
  public static final Kind<TaskDefinition> KIND =
      Kind.of("taskDefinition", TaskDefinition.class, row -> key(row.family(), row.revision()));

  /** Buckets {@code family status}. */
  public static final Index<TaskDefinition> BY_FAMILY_STATUS =
      KIND.index("familyStatus", row -> row.family() + ' ' + row.status());

  /** Buckets by status. */
  public static final Index<TaskDefinition> BY_STATUS =
      KIND.index("status", TaskDefinition::status);

  /**
   * The key of a revision. The blank sorts before every character of a family's name, so families
   * sort as names do.
   */
  public static String key(String family, int revision) {
    String digits = Integer.toString(revision);
    return family + ' ' + "0".repeat(10 - digits.length()) + digits;
  }

  /** The key of the revision with that ARN, which names one. */
  public static String keyOfArn(String arn) {
    int colon = arn.lastIndexOf(':');
    String family = arn.substring(arn.indexOf('/') + 1, colon);
    return key(family, Integer.parseInt(arn.substring(colon + 1)));
  }

  public TaskDefinition withTags(List<Tag> value) {
    return new TaskDefinition(
        arn,
        family,
        revision,
        status,
        definition,
        value,
        registeredAt,
        registeredBy,
        deregisteredAt,
        deleteRequestedAt);
  }

  /** Deregistered at that time: no new task or service may use it. */
  public TaskDefinition deregistered(Instant at) {
    return new TaskDefinition(
        arn,
        family,
        revision,
        INACTIVE,
        definition,
        tags,
        registeredAt,
        registeredBy,
        at,
        deleteRequestedAt);
  }

  /** To be removed, since that time. */
  public TaskDefinition deleteRequested(Instant at) {
    return new TaskDefinition(
        arn,
        family,
        revision,
        DELETE_IN_PROGRESS,
        definition,
        tags,
        registeredAt,
        registeredBy,
        deregisteredAt,
        at);
  }
}
