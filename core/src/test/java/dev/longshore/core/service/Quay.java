package dev.longshore.core.service;

import dev.longshore.core.Harbour;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.ContainerInstanceEditor;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskDefinitionFamily;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeleteServiceRequest;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DescribeServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.DescribeServicesRequest;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceEvent;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A harbour with a cluster {@code default}, instances and task definitions, whose tasks run, fail
 * and stop as the test says: it plays the agents.
 */
final class Quay {
  final Harbour harbour;
  private final String clusterArn;
  private final Traffic traffic;

  /** A quay where tasks count as healthy as soon as they run. */
  Quay() {
    this(ServiceSettings.USUAL.withSettling(Duration.ZERO));
  }

  Quay(ServiceSettings settings) {
    this(new ServiceReconciler(settings));
  }

  /** A quay whose traffic is shifted, and where tasks count as healthy as soon as they run. */
  Quay(Traffic traffic) {
    this(
        traffic, new ServiceReconciler(ServiceSettings.USUAL.withSettling(Duration.ZERO), traffic));
  }

  Quay(Reconciler... reconcilers) {
    this(Traffic.NONE, reconcilers);
  }

  Quay(Traffic traffic, Reconciler... reconcilers) {
    this.traffic = traffic;
    harbour = new Harbour(reconcilers);
    clusterArn = harbour.place().ecs("cluster/default");
    cluster("default");
  }

  void cluster(String name) {
    Cluster cluster =
        new Cluster(
            harbour.place().ecs("cluster/" + name),
            name,
            true,
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    harbour.edit(draft -> draft.put(Cluster.KIND, cluster));
  }

  /** Registers an instance with 10,000 CPU units and MiB. */
  Quay instance(String id, String zone) {
    return instance(id, zone, 10_000, 10_000);
  }

  Quay instance(String id, String zone, int cpu, int memory) {
    ContainerInstance instance =
        new ContainerInstance(
            instanceArn(id),
            id,
            clusterArn,
            null,
            ContainerInstance.ACTIVE,
            null,
            true,
            harbour.now(),
            List.of(new Attribute("ecs.availability-zone", zone, null, null)),
            List.of(),
            cpu,
            memory,
            List.of(),
            List.of(),
            0,
            null,
            "EC2",
            harbour.now(),
            List.of(),
            List.of(),
            null,
            1);
    harbour.edit(draft -> draft.put(ContainerInstance.KIND, instance));
    return this;
  }

  String instanceArn(String id) {
    return harbour.place().ecs("container-instance/default/" + id);
  }

  void instanceStatus(String id, String status) {
    instance(id, instance -> instance.status(status));
  }

  /** Changes an instance. */
  void instance(String id, UnaryOperator<ContainerInstanceEditor> with) {
    ContainerInstance instance =
        Objects.requireNonNull(harbour.state().find(ContainerInstance.KIND, instanceArn(id)));
    harbour.edit(draft -> draft.put(ContainerInstance.KIND, with.apply(instance.edit()).build()));
  }

  /** Registers the family's next revision: one container of 100 CPU units and MiB. */
  String definition(String family) {
    return definition(family, container -> container);
  }

  /** As {@link #definition(String)}, with a health check. */
  String checkedDefinition(String family) {
    HealthCheck check = HealthCheck.builder().command(List.of("CMD", "true")).build();
    return definition(family, container -> container.healthCheck(check));
  }

  String definition(String family, UnaryOperator<ContainerDefinition.Builder> with) {
    return definition(family, "bridge", List.of(), with);
  }

  /** As {@link #definition(String)}, for instances with that attribute. */
  String requiring(String family, String attribute) {
    List<Attribute> required = List.of(Attribute.builder().name(attribute).build());
    return definition(family, "bridge", required, container -> container);
  }

  /** As {@link #definition(String)}, with that network mode. */
  String networkDefinition(String family, String networkMode) {
    return networkDefinition(family, networkMode, container -> container);
  }

  String networkDefinition(
      String family, String networkMode, UnaryOperator<ContainerDefinition.Builder> with) {
    return definition(family, networkMode, List.of(), with);
  }

  private String definition(
      String family,
      String networkMode,
      List<Attribute> required,
      UnaryOperator<ContainerDefinition.Builder> with) {
    TaskDefinitionFamily before = harbour.state().find(TaskDefinitionFamily.KIND, family);
    int revision = before == null ? 1 : before.lastRevision() + 1;
    String arn = harbour.place().ecs("task-definition/" + family + ':' + revision);
    ContainerDefinition container =
        with.apply(
                ContainerDefinition.builder()
                    .name("app")
                    .image("app:1")
                    .cpu(100)
                    .memory(100)
                    .essential(true))
            .build();
    dev.longshore.shapes.ecs.TaskDefinition definition =
        dev.longshore.shapes.ecs.TaskDefinition.builder()
            .taskDefinitionArn(arn)
            .family(family)
            .revision(revision)
            .networkMode(networkMode)
            .requiresAttributes(required)
            .containerDefinitions(List.of(container))
            .build();
    harbour.edit(draft -> {
      draft.put(TaskDefinitionFamily.KIND, new TaskDefinitionFamily(family, revision));
      draft.put(
          TaskDefinition.KIND,
          new TaskDefinition(
              arn,
              family,
              revision,
              "ACTIVE",
              definition,
              List.of(new Tag("family", family)),
              harbour.now(),
              "somebody",
              null,
              null));
    });
    return arn;
  }

  void definitionStatus(String family, int revision, String status) {
    TaskDefinition row =
        Objects.requireNonNull(
            harbour.state().find(TaskDefinition.KIND, TaskDefinition.key(family, revision)));
    harbour.edit(draft ->
        draft.put(
            TaskDefinition.KIND,
            new TaskDefinition(
                row.arn(),
                row.family(),
                row.revision(),
                status,
                row.definition(),
                row.tags(),
                row.registeredAt(),
                row.registeredBy(),
                row.deregisteredAt(),
                row.deleteRequestedAt())));
  }

  /** A service whose tasks stay where they are, lest every test tell of zones. */
  static CreateServiceRequest.Builder request(String name, String definition, int desired) {
    return CreateServiceRequest.builder()
        .availabilityZoneRebalancing("DISABLED")
        .serviceName(name)
        .taskDefinition(definition)
        .desiredCount(desired);
  }

  dev.longshore.shapes.ecs.Service create(CreateServiceRequest.Builder request) {
    return Objects.requireNonNull(
        harbour.call(new CreateService(traffic, true), request.build()).service());
  }

  /** Creates the service {@code web}. */
  void create(String definition, int desired, int minimumPercent, int maximumPercent) {
    create(
        request("web", definition, desired)
            .deploymentConfiguration(percents(minimumPercent, maximumPercent)));
  }

  static DeploymentConfiguration percents(int minimum, int maximum) {
    return DeploymentConfiguration.builder()
        .minimumHealthyPercent(minimum)
        .maximumPercent(maximum)
        .build();
  }

  /** Updates the service {@code web}. */
  dev.longshore.shapes.ecs.Service update(UnaryOperator<UpdateServiceRequest.Builder> with) {
    UpdateServiceRequest request =
        with.apply(UpdateServiceRequest.builder().service("web")).build();
    return Objects.requireNonNull(
        harbour.call(new UpdateService(traffic, true), request).service());
  }

  dev.longshore.shapes.ecs.Service delete(boolean force) {
    DeleteServiceRequest request =
        DeleteServiceRequest.builder().service("web").force(force).build();
    return Objects.requireNonNull(harbour.call(new DeleteService(), request).service());
  }

  /** Describes the service {@code web}. */
  dev.longshore.shapes.ecs.Service describe() {
    DescribeServicesRequest request =
        DescribeServicesRequest.builder().services(List.of("web")).build();
    return Objects.requireNonNull(harbour.ask(new DescribeServices(), request).services())
        .getFirst();
  }

  /** A service deployment as the API shows it. */
  ServiceDeployment deployment(String arn) {
    DescribeServiceDeploymentsRequest request = new DescribeServiceDeploymentsRequest(List.of(arn));
    return Objects.requireNonNull(
            harbour.ask(new DescribeServiceDeployments(), request).serviceDeployments())
        .getFirst();
  }

  /** Its deployments as the API shows them. */
  List<dev.longshore.shapes.ecs.Deployment> deployments() {
    return Objects.requireNonNull(describe().deployments());
  }

  /** Its events as the API shows them. */
  List<ServiceEvent> described() {
    return Objects.requireNonNull(describe().events());
  }

  /** The texts of the service's events, the oldest first. */
  List<String> events() {
    return described().reversed().stream()
        .map(ServiceEvent::message)
        .map(Objects::requireNonNull)
        .toList();
  }

  /** The row of the service {@code web}. */
  Service web() {
    return Objects.requireNonNull(
        harbour.state().find(Service.KIND, harbour.place().ecs("service/default/web")));
  }

  Deployment primary() {
    return web().primary();
  }

  TaskCounts counts() {
    TaskCounts all = TaskCounts.NONE;
    for (Deployment deployment : web().deployments()) {
      all = all.plus(harbour.state().total(Task.COUNTS, deployment.id()));
    }
    return all;
  }

  /** Tasks that are not STOPPED, in the order of their ARNs. */
  List<Task> live() {
    List<Task> live = new ArrayList<>();
    for (Task task : harbour.state().all(Task.KIND)) {
      if (!task.isStopped()) {
        live.add(task);
      }
    }
    return live;
  }

  /** Live tasks of that definition whose desired status is RUNNING. */
  List<Task> wanted(String definition) {
    return live().stream()
        .filter(task -> task.isWanted() && task.taskDefinitionArn().equals(definition))
        .toList();
  }

  /** Live tasks whose desired status is STOPPED. */
  List<Task> stopping() {
    return live().stream().filter(Task::stopping).toList();
  }

  /** The agents do all they were told, in one turn: start what is wanted, stop what is not. */
  void act() {
    harbour.edit(draft -> {
      runAll(draft);
      stopAll(draft);
    });
  }

  /** The agents start every pending task that is wanted; all in one turn. */
  void runAll() {
    harbour.edit(this::runAll);
  }

  private void runAll(Draft draft) {
    for (Task task : live()) {
      if (task.isWanted() && task.lastStatus() == TaskStatus.PENDING) {
        draft.put(Task.KIND, running(task));
      }
    }
  }

  void run(Task task) {
    harbour.edit(draft -> draft.put(Task.KIND, running(now(task))));
  }

  private Task running(Task task) {
    return task.edit()
        .lastStatus(TaskStatus.RUNNING)
        .timeline(task.timeline().withStartedAt(harbour.now()))
        .build();
  }

  /** The agents stop every task that is to stop; all in one turn. */
  void stopAll() {
    harbour.edit(this::stopAll);
  }

  private void stopAll(Draft draft) {
    for (Task task : stopping()) {
      draft.put(Task.KIND, stopped(task));
    }
  }

  void stop(Task task) {
    harbour.edit(draft -> draft.put(Task.KIND, stopped(now(task))));
  }

  private Task stopped(Task task) {
    return task.edit()
        .stopping()
        .lastStatus(TaskStatus.STOPPED)
        .timeline(task.timeline().withStoppedAt(harbour.now()))
        .build();
  }

  /** An essential container of a task exits by itself. */
  void exit(Task task) {
    Task exited = stopped(now(task)).edit().stopCode("EssentialContainerExited").build();
    harbour.edit(draft -> draft.put(Task.KIND, exited));
  }

  /** Every pending task fails before it runs; all in one turn. */
  void failAll() {
    harbour.edit(draft -> {
      for (Task task : live()) {
        if (task.lastStatus() == TaskStatus.PENDING && task.isWanted()) {
          draft.put(Task.KIND, stopped(task).edit().stopCode("TaskFailedToStart").build());
        }
      }
    });
  }

  void fail(Task task) {
    Task failed = stopped(now(task)).edit().stopCode("TaskFailedToStart").build();
    harbour.edit(draft -> draft.put(Task.KIND, failed));
  }

  void health(Task task, String status) {
    Task changed = now(task).edit().healthStatus(status).build();
    harbour.edit(draft -> draft.put(Task.KIND, changed));
  }

  void protect(Task task, Duration time) {
    Task changed = now(task).edit().protectedUntil(harbour.now().plus(time)).build();
    harbour.edit(draft -> draft.put(Task.KIND, changed));
  }

  /** The task's row as it is now. */
  Task now(Task task) {
    return Objects.requireNonNull(harbour.state().find(Task.KIND, task.arn()));
  }

  /** The agents act until nothing is left to do. */
  void settle() {
    for (int round = 0; round < 1_000; round++) {
      List<Task> before = live();
      act();
      if (before.equals(live())) {
        return;
      }
    }
    throw new AssertionError("The service never comes to rest.");
  }
}
