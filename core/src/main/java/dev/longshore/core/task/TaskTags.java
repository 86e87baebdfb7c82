package dev.longshore.core.task;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.tag.Tags;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PropagateTags;
import dev.longshore.shapes.ecs.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags a task gets when it is launched; later changes are not handed on. */
public final class TaskTags {
  private TaskTags() {}

  /**
   * The tags of a standalone task: an explicit one beats one of the task definition.
   *
   * @param propagate {@code TASK_DEFINITION}, {@code NONE} or absent
   * @throws InvalidParameterException tags propagate from a service, which the task has none of, or
   *     there are too many or wrong ones
   */
  static List<Tag> of(
      Cluster cluster,
      TaskDefinition definition,
      @Nullable String propagate,
      @Nullable List<Tag> explicit,
      @Nullable Boolean managed) {
    if (propagate != null
        && !propagate.equals(PropagateTags.TASK_DEFINITION)
        && !propagate.equals(PropagateTags.NONE)) {
      throw new InvalidParameterException(
          "propagateTags should be one of [TASK_DEFINITION, NONE] for a task of no service");
    }
    List<Tag> inherited =
        PropagateTags.TASK_DEFINITION.equals(propagate) ? definition.tags() : List.of();
    List<Tag> tags = Tags.joined(inherited, Tags.checked(explicit));
    if (tags.size() > Tags.MOST) {
      throw new InvalidParameterException(
          "The number of tags must not be greater than " + Tags.MOST + ".");
    }
    return Boolean.TRUE.equals(managed) ? managed(tags, cluster.name(), null) : tags;
  }

  /**
   * With the tags that ECS manages, which do not count to the limit.
   *
   * @param serviceName null for a standalone task
   */
  public static List<Tag> managed(
      List<Tag> tags, String clusterName, @Nullable String serviceName) {
    List<Tag> managed = new ArrayList<>();
    managed.add(new Tag("aws:ecs:clusterName", clusterName));
    if (serviceName != null) {
      managed.add(new Tag("aws:ecs:serviceName", serviceName));
    }
    return Tags.joined(tags, managed);
  }
}
