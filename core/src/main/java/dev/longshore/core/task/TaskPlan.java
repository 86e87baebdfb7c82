package dev.longshore.core.task;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one launch have in common.
 *
 * @param overrides checked already
 * @param launchType {@code EC2} or {@code EXTERNAL}
 * @param group what spreading and distinctInstance count by
 * @param startedBy for a service's task the id of its deployment
 * @param serviceArn the service they belong to, else null
 * @param tags all that the tasks get, propagated and managed ones included
 * @param rules where they may go, and where rather
 * @param digests by container: the digest of the image that it is to run, whatever the image's name
 *     stands for by now
 */
public record TaskPlan(
    Cluster cluster,
    TaskDefinition definition,
    @Nullable TaskOverride overrides,
    String launchType,
    String group,
    @Nullable String startedBy,
    @Nullable String serviceArn,
    List<Tag> tags,
    boolean enableExecuteCommand,
    PlacementRules rules,
    Map<String, String> digests) {
  /** A plan whose images go by their names. */
  public TaskPlan(
      Cluster cluster,
      TaskDefinition definition,
      @Nullable TaskOverride overrides,
      String launchType,
      String group,
      @Nullable String startedBy,
      @Nullable String serviceArn,
      List<Tag> tags,
      boolean enableExecuteCommand,
      PlacementRules rules) {
    this(
        cluster,
        definition,
        overrides,
        launchType,
        group,
        startedBy,
        serviceArn,
        tags,
        enableExecuteCommand,
        rules,
        new LinkedHashMap<>());
  }

  /** This plan with images of which containers have to be just these. */
  public TaskPlan withDigests(Map<String, String> value) {
    return with(launchType, rules, value);
  }

  /** This plan for instances that an expression means besides. */
  public TaskPlan within(String expression) {
    return with(launchType, rules.within(expression), digests);
  }

  TaskPlan withLaunchType(String value) {
    return with(value, rules, digests);
  }

  private TaskPlan with(String launchType, PlacementRules rules, Map<String, String> digests) {
    return new TaskPlan(
        cluster,
        definition,
        overrides,
        launchType,
        group,
        startedBy,
        serviceArn,
        tags,
        enableExecuteCommand,
        rules,
        digests);
  }
}
