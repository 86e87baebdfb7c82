package dev.longshore.core.access;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags that an object of ECS has. */
final class ResourceTags {
  private static final Pattern REVISION = Pattern.compile(".*:task-definition/[^:/]+:[0-9]{1,9}");

  private ResourceTags() {}

  /** Those of the object with that ARN; none where there is no such object. */
  static Map<String, String> of(View view, String arn) {
    List<Tag> tags = Arn.parse(arn).map(parsed -> tags(view, parsed.type(), arn)).orElse(null);
    Map<String, String> map = new TreeMap<>();
    for (Tag tag : Given.list(tags)) {
      if (tag.key() != null) {
        map.put(tag.key(), Request.orEmpty(tag.value()));
      }
    }
    return map;
  }

  private static @Nullable List<Tag> tags(View view, String type, String arn) {
    return switch (type) {
      case "cluster" -> tags(view.find(Cluster.KIND, arn), Cluster::tags);
      case "service" -> tags(view.find(Service.KIND, arn), Service::tags);
      case "task" -> tags(view.find(Task.KIND, arn), Task::tags);
      case "container-instance" ->
          tags(view.find(ContainerInstance.KIND, arn), ContainerInstance::tags);
      case "task-definition" ->
          REVISION.matcher(arn).matches()
              ? tags(
                  view.find(TaskDefinition.KIND, TaskDefinition.keyOfArn(arn)),
                  TaskDefinition::tags)
              : null;
      default -> null;
    };
  }

  private static <R> @Nullable List<Tag> tags(@Nullable R row, Function<R, List<Tag>> tags) {
    return row == null ? null : tags.apply(row);
  }
}
