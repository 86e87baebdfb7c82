package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.Choice;
import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.Placement;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
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
  private final Demand demand;
  private final GroupCompany company;
  private final Placement placement;

  /**
   * Prepares a launch.
   *
   * @param copies how many tasks will be asked for, or about
   */
  public TaskLauncher(Draft draft, TaskPlan plan, int copies, Context context) {
    this.draft = draft;
    this.plan = plan;
    this.context = context;
    containers = TaskOverrides.containers(plan.definition().definition(), plan.overrides());
    size = TaskSize.of(plan.definition().definition(), plan.overrides(), containers);
    demand = demand(plan, size);
    String clusterArn = plan.cluster().arn();
    PlacementRules rules = plan.rules();
    company = new GroupCompany(draft, clusterArn, plan.group(), !rules.preferences().isEmpty());
    ClusterCandidates candidates =
        new ClusterCandidates(
            draft, clusterArn, arn("container-instance", ""), () -> context.ids().hex32());
    placement = new Placement(demand, candidates, company, copies, context.ids()::below);
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
        plan.rules().distinctInstance(),
        plan.rules().preferences());
  }

  /** Places one more task and puts its row; null where no instance can take it. */
  public @Nullable Task launch() {
    Choice choice = placement.next();
    return choice == null ? null : put(choice.instance(), choice.share());
  }

  /**
   * Why no instance can take one more task, those that came closest first.
   *
   * @param limit so many instances at most
   */
  public List<Refusal> refusals(int limit) {
    return placement.refusals(limit);
  }

  /** Why this instance cannot take one more task; null: it can. Looks at no constraint. */
  @Nullable Obstacle obstacle(ContainerInstance instance) {
    return demand.obstacle(instance, used(instance), 0);
  }

  /** Puts one task on an instance that has no {@link #obstacle}, whatever the placement rules. */
  Task launchOn(ContainerInstance instance) {
    return put(instance, demand.share(instance, used(instance)));
  }

  private InstanceUsage used(ContainerInstance instance) {
    return draft.total(Task.USAGE, instance.arn());
  }

  private Task put(ContainerInstance instance, InstanceUsage share) {
    Task task = task(instance, share);
    draft.put(Task.KIND, task);
    company.joined(instance);
    return task;
  }

  private Task task(ContainerInstance instance, InstanceUsage share) {
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
        containers(id, share.gpus()),
        plan.overrides(),
        List.of(),
        List.of(architecture(instance)),
        plan.tags(),
        plan.enableExecuteCommand(),
        null,
        null,
        TaskTimeline.createdAt(context.now()).withConnectivity("CONNECTED", context.now()),
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
        null,
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
