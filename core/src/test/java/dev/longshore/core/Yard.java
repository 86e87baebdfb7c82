package dev.longshore.core;

import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.instance.InstanceRoom;
import dev.longshore.core.instance.RegisterContainerInstance;
import dev.longshore.core.instance.ReportConnectivity;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.task.DescribeTasks;
import dev.longshore.core.task.RunTask;
import dev.longshore.core.task.SubmitTaskStateChange;
import dev.longshore.core.task.TaskRoom;
import dev.longshore.core.taskdefinition.RegisterTaskDefinition;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DescribeTasksRequest;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.PlatformDevice;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A harbour with the cluster {@code default}, for tests that need instances and tasks. */
public final class Yard {
  public static final int CPU = 2048;
  public static final int MEMORY = 4096;

  public final Harbour harbour;

  public Yard() {
    Operations operations = new Operations(Ecs.MODEL);
    InstanceRoom.register(operations);
    TaskRoom.register(operations);
    harbour = new Harbour(operations.reconcilers().toArray(new Reconciler[0]));
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().build());
  }

  /** Registers a connected instance with two vCPU and 4 GiB. */
  public String instance() {
    return instance("us-east-1a", CPU, MEMORY);
  }

  /** Registers a connected instance. */
  public String instance(String zone, int cpu, int memory) {
    return instance(request ->
        request
            .totalResources(resources(cpu, memory))
            .attributes(List.of(attribute("ecs.availability-zone", zone))));
  }

  /** Registers a connected instance as asked for. */
  public String instance(UnaryOperator<RegisterContainerInstanceRequest.Builder> with) {
    String arn = registered(with);
    connect(arn, true);
    return arn;
  }

  /** Registers an instance whose agent never connected. */
  public String registered(UnaryOperator<RegisterContainerInstanceRequest.Builder> with) {
    var request = RegisterContainerInstanceRequest.builder().totalResources(resources(CPU, MEMORY));
    var answer = harbour.call(new RegisterContainerInstance(), with.apply(request).build());
    return known(known(answer.containerInstance()).containerInstanceArn());
  }

  public void connect(String arn, boolean connected) {
    harbour.call(new ReportConnectivity(), new ReportConnectivity.Report(arn, connected, null));
  }

  public static List<Resource> resources(int cpu, int memory) {
    return List.of(
        Resource.builder().name("CPU").type("INTEGER").integerValue(cpu).build(),
        Resource.builder().name("MEMORY").type("INTEGER").integerValue(memory).build(),
        Resource.builder()
            .name("PORTS")
            .type("STRINGSET")
            .stringSetValue(List.of("22", "2375", "2376", "51678", "51679"))
            .build(),
        Resource.builder().name("PORTS_UDP").type("STRINGSET").stringSetValue(List.of()).build());
  }

  public static Attribute attribute(String name, String value) {
    return Attribute.builder().name(name).value(value).build();
  }

  public static List<PlatformDevice> gpus(String... ids) {
    List<PlatformDevice> devices = new ArrayList<>();
    for (String id : ids) {
      devices.add(new PlatformDevice(id, "GPU"));
    }
    return devices;
  }

  /** A container {@code app} of 128 MiB that takes no CPU units. */
  public static ContainerDefinition.Builder app() {
    return container("app");
  }

  public static ContainerDefinition.Builder container(String name) {
    return ContainerDefinition.builder().name(name).image("busybox").memory(128);
  }

  /** Registers a task definition of these containers. */
  public String define(String family, ContainerDefinition... containers) {
    return define(family, builder -> builder.containerDefinitions(List.of(containers)));
  }

  /** Registers a task definition, by default of one container. */
  public String define(String family, UnaryOperator<RegisterTaskDefinitionRequest.Builder> with) {
    var request =
        RegisterTaskDefinitionRequest.builder()
            .family(family)
            .containerDefinitions(List.of(app().build()));
    var answer = harbour.call(new RegisterTaskDefinition(), with.apply(request).build());
    return known(known(answer.taskDefinition()).taskDefinitionArn());
  }

  /** Runs tasks as asked for. */
  public RunTaskResponse run(String definition, UnaryOperator<RunTaskRequest.Builder> with) {
    return harbour.call(
        new RunTask(), with.apply(RunTaskRequest.builder().taskDefinition(definition)).build());
  }

  /** Runs one task, which must fit. */
  public String run(String definition) {
    RunTaskResponse response = run(definition, request -> request);
    return known(known(response.tasks()).getFirst().taskArn());
  }

  /** The task's row. */
  public Task row(String arn) {
    return known(harbour.state().find(Task.KIND, arn));
  }

  public ContainerInstance instanceRow(String arn) {
    return known(harbour.state().find(ContainerInstance.KIND, arn));
  }

  /** The task as DescribeTasks shows it. */
  public dev.longshore.shapes.ecs.Task describe(String arn) {
    var request =
        DescribeTasksRequest.builder().tasks(List.of(arn)).include(List.of("TAGS")).build();
    var answer = harbour.ask(new DescribeTasks(), request);
    return known(answer.tasks()).getFirst();
  }

  /** The agent reports of a task. */
  public void report(String arn, UnaryOperator<SubmitTaskStateChangeRequest.Builder> with) {
    var request = SubmitTaskStateChangeRequest.builder().cluster("default").task(arn);
    harbour.call(new SubmitTaskStateChange(), with.apply(request).build());
  }

  /** The agent reports that the task, with its container {@code app}, is in that status. */
  public void report(String arn, String status) {
    report(arn, request -> request.status(status).containers(List.of(change("app", status))));
  }

  public static ContainerStateChange change(String name, String status) {
    return ContainerStateChange.builder().containerName(name).status(status).build();
  }

  public static ContainerStateChange exit(String name, int code) {
    return change(name, "STOPPED").toBuilder().exitCode(code).build();
  }

  public static <T> T known(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
