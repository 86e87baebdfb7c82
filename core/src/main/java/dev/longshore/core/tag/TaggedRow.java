package dev.longshore.core.tag;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row whose tags can be asked for and changed.
 *
 * @param with makes the row with other tags
 */
record TaggedRow<R>(Kind<R> kind, R row, List<Tag> tags, BiFunction<R, List<Tag>, R> with) {
  private static final Pattern REVISION = Pattern.compile("[^/]+/[^:/]+:[0-9]{1,9}");

  /** Puts the row with other tags. */
  void put(Draft draft, List<Tag> changed) {
    draft.put(kind, with.apply(row, changed));
  }

  /**
   * The row that an ARN names.
   *
   * @param missing makes the error for a resource that does not exist, which differs by action
   * @throws ClusterNotFoundException the cluster in the ARN does not exist
   * @throws InvalidParameterException no ARN of this place, an inactive cluster or service, or a
   *     resource that has no tags
   */
  static TaggedRow<?> find(
      View view, Context context, String text, Function<String, ServiceException> missing) {
    Arn arn = Arn.parse(text).filter(parsed -> parsed.isIn(context.place())).orElse(null);
    if (arn == null) {
      throw invalid("The specified ARN is invalid. Specify a valid ARN and try again.");
    }
    return switch (arn.type()) {
      case "cluster" -> of(checkCluster(view, text));
      case "task-definition" -> of(taskDefinition(view, text, missing));
      case "task-set" -> of(taskSet(view, context, arn, text, missing));
      case "task", "container-instance", "service" -> inCluster(view, context, arn, text, missing);
      default ->
          throw invalid(
              "The specified resource cannot be tagged. Specify a resource that supports tags and"
                  + " try again.");
    };
  }

  private static TaskSet taskSet(
      View view,
      Context context,
      Arn arn,
      String text,
      Function<String, ServiceException> missing) {
    if (arn.segments().size() > 1) {
      checkCluster(view, context.place().ecs("cluster/" + arn.segments().get(1)));
    }
    return found(view.find(TaskSet.KIND, text), "task set", missing);
  }

  private static TaggedRow<?> inCluster(
      View view,
      Context context,
      Arn arn,
      String text,
      Function<String, ServiceException> missing) {
    List<String> segments = arn.segments();
    if (segments.size() != 3) {
      // An ARN of the old form, without the cluster's name.
      throw invalid("Long arn format must be used for tagging operations");
    }
    checkCluster(view, context.place().ecs("cluster/" + segments.get(1)));
    return switch (arn.type()) {
      case "task" -> of(found(view.find(Task.KIND, text), "task", missing));
      case "service" -> of(found(view.find(Service.KIND, text), "service", missing));
      default -> of(found(view.find(ContainerInstance.KIND, text), "container instance", missing));
    };
  }

  private static Cluster checkCluster(View view, String arn) {
    Cluster cluster = view.find(Cluster.KIND, arn);
    if (cluster == null) {
      throw new ClusterNotFoundException("Cluster not found.");
    }
    if (!cluster.active()) {
      throw inactive("cluster");
    }
    return cluster;
  }

  private static TaskDefinition taskDefinition(
      View view, String arn, Function<String, ServiceException> missing) {
    TaskDefinition row =
        REVISION.matcher(arn).matches()
            ? view.find(TaskDefinition.KIND, TaskDefinition.keyOfArn(arn))
            : null;
    if (row == null) {
      throw missing.apply(
          "The specified task definition does not exist. Specify a valid account, family, revision"
              + " and try again.");
    }
    return row;
  }

  private static <R> R found(
      @Nullable R row, String noun, Function<String, ServiceException> missing) {
    if (row == null) {
      throw missing.apply(
          "The specified " + noun + " was not found. Specify a valid " + noun + " and try again.");
    }
    return row;
  }

  private static TaggedRow<Cluster> of(Cluster row) {
    return new TaggedRow<>(Cluster.KIND, row, row.tags(), Cluster::withTags);
  }

  private static TaggedRow<TaskDefinition> of(TaskDefinition row) {
    return new TaggedRow<>(TaskDefinition.KIND, row, row.tags(), TaskDefinition::withTags);
  }

  private static TaggedRow<Task> of(Task row) {
    return new TaggedRow<>(
        Task.KIND, row, row.tags(), (task, tags) -> task.edit().tags(tags).build());
  }

  private static TaggedRow<Service> of(Service row) {
    if (row.status().equals(Service.INACTIVE)) {
      throw inactive("service");
    }
    return new TaggedRow<>(
        Service.KIND, row, row.tags(), (service, tags) -> service.edit().tags(tags).build());
  }

  private static TaggedRow<TaskSet> of(TaskSet row) {
    return new TaggedRow<>(TaskSet.KIND, row, row.tags(), TaskSet::withTags);
  }

  private static TaggedRow<ContainerInstance> of(ContainerInstance row) {
    return new TaggedRow<>(
        ContainerInstance.KIND,
        row,
        row.tags(),
        (instance, tags) -> instance.edit().tags(tags).build());
  }

  private static InvalidParameterException inactive(String noun) {
    return invalid(
        "The specified " + noun + " is inactive. Specify an active " + noun + " and try again.");
  }

  private static InvalidParameterException invalid(String message) {
    return new InvalidParameterException(message);
  }
}
