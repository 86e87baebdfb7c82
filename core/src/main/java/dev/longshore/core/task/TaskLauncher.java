package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.placement.Posts;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of one launch, each PENDING on the instance it was placed on. Holds what the
 * copies share, so that a copy costs no more than its row. Lives no longer than one decision.
 */
public final class TaskLauncher {
  private static final String ARCHITECTURE = "ecs.cpu-architecture";

  private final Draft draft;
  private final TaskPlan plan;
  private final Context context;
  private final List<ContainerDefinition> containers;
  private final TaskSize size;
  private final Placement placement;

  /** Prepares a launch. */
  public TaskLauncher(Draft draft, TaskPlan plan, Context context) {
    this.draft = draft;
    this.plan = plan;
    this.context = context;
    containers = TaskOverrides.containers(plan.definition().definition(), plan.overrides());
    size = TaskSize.of(plan.definition().definition(), plan.overrides(), containers);
    Fleet fleet = Fleets.of(draft, plan.cluster().arn());
    placement = new Placement(fleet, demand(plan, size), plan.group(), context.ids().bits());
  }

  /** What each of the planned tasks asks of its instance. */
  static Demand demand(TaskPlan plan) {
    List<ContainerDefinition> containers =
        TaskOverrides.containers(plan.definition().definition(), plan.overrides());
    return demand(plan, TaskSize.of(plan.definition().definition(), plan.overrides(), containers));
  }

  private static Demand demand(TaskPlan plan, TaskSize size) {
    return new Demand(
        plan.launchType(),
        size.cpu(),
        size.memory(),
        size.ports(),
        size.gpus(),
        size.networkInterfaces(),
        Given.list(plan.definition().definition().requiresAttributes()),
        plan.rules().memberOf(),
        plan.rules().distinctInstance(),
        plan.rules().preferences());
  }

  /** Places one more task and puts its row; null where no instance can take it. */
  public @Nullable Task launch() {
    ContainerInstance instance = placement.next();
    return instance == null ? null : launchOn(instance);
  }

  /**
   * Why no instance can take one more task, those that came closest first.
   *
   * @param limit so many instances at most
   */
  public List<Refusal> refusals(int limit) {
    return placement.refusals(limit);
  }

  /** As {@link Placement#spread}. */
  public SortedMap<String, Integer> spread(String attribute) {
    return placement.spread(attribute);
  }

  /** Why this instance cannot take one more task; null: it can. */
  @Nullable Obstacle obstacle(ContainerInstance instance) {
    return placement.obstacle(instance);
  }

  /** Puts one task on the instance of a vacant post; null: the post is now known to be cramped. */
  public @Nullable Task launchAt(Posts posts, ContainerInstance instance) {
    posts.lift(instance.arn());
    Obstacle obstacle = placement.obstacle(instance);
    if (obstacle != null) {
      posts.cramp(instance.arn(), obstacle);
      return null;
    }
    return launchOn(instance);
  }

  /** Puts one task on an instance that has no {@link #obstacle}, whatever the placement rules. */
  Task launchOn(ContainerInstance instance) {
    Task task = task(instance, gpus(instance));
    draft.put(Task.KIND, task);
    return task;
  }

  /** The first GPUs of the instance that are free. */
  private List<String> gpus(ContainerInstance instance) {
    if (size.gpus() == 0) {
      return List.of();
    }
    List<String> used = draft.total(Task.USAGE, instance.arn()).gpus();
    return instance.gpus().stream().filter(id -> !used.contains(id)).limit(size.gpus()).toList();
  }

  private Task task(ContainerInstance instance, List<String> gpus) {
    String id = context.ids().hex32();
    return new Task(
        arn("task", id),
        id,
        plan.cluster().arn(),
        plan.definition().arn(),
        instance.arn(),
        instance.availabilityZone(),
        plan.launchType(),
        null,
        null,
        plan.group(),
        plan.startedBy(),
        plan.serviceArn(),
        TaskStatus.PENDING,
        false,
        "UNKNOWN",
        size.cpu(),
        size.memory(),
        size.ports(),
        size.networkInterfaces(),
        containers(id, gpus),
        plan.overrides(),
        List.of(),
        List.of(architecture(instance)),
        plan.tags(),
        plan.enableExecuteCommand(),
        null,
        null,
        TaskTimeline.createdAt(context.now()).withConnectivity("CONNECTED", context.now()),
        null,
        null,
        1);
  }

  private List<TaskContainer> containers(String taskId, List<String> gpus) {
    List<TaskContainer> rows = new ArrayList<>(containers.size());
    int given = 0;
    for (ContainerDefinition container : containers) {
      int count = TaskSize.gpus(container);
      rows.add(container(container, taskId, gpus.subList(given, given + count)));
      given += count;
    }
    return List.copyOf(rows);
  }

  private TaskContainer container(
      ContainerDefinition definition, String taskId, List<String> gpus) {
    return new TaskContainer(
        arn("container", taskId + '/' + context.ids().uuid()),
        Given.text(definition.name()),
        Given.text(definition.image()),
        !Boolean.FALSE.equals(definition.essential()),
        "PENDING",
        null,
        plan.digests().get(Given.text(definition.name())),
        null,
        null,
        "UNKNOWN",
        definition.healthCheck() != null,
        List.of(),
        definition.cpu() == null ? 0 : definition.cpu(),
        definition.memory(),
        definition.memoryReservation(),
        List.copyOf(gpus));
  }

  private static Attribute architecture(ContainerInstance instance) {
    String value = instance.attribute(ARCHITECTURE);
    return Attribute.builder().name(ARCHITECTURE).value(value == null ? "x86_64" : value).build();
  }

  private String arn(String kind, String id) {
    return context.place().ecs(kind + '/' + plan.cluster().name() + '/' + id);
  }
}
