package dev.longshore.core.task;

import dev.longshore.core.Yard;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.instance.RegisterContainerInstance;
import dev.longshore.core.instance.ReportConnectivity;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Tables;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.Companions;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.core.taskdefinition.RegisterTaskDefinition;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RunTaskRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.IntSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures how many tasks a second RunTask decides on one thread, without log or wire, and how
 * evenly they fall on instances. The thread's own CPU time is printed beside the time that passed,
 * because other work on the machine lengthens only the latter. Run by hand; prints, asserts
 * nothing.
 */
final class LaunchRate {
  private static final int INSTANCES = 5_000;
  private static final int TASKS = 100_000;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private final Context context =
      new Context(
          Instant.parse("2026-01-01T00:00:00Z"),
          Caller.root("123456789012"),
          new Place("aws", "us-east-1", "123456789012"),
          Ids.seeded(1));

  private LaunchRate() {}

  public static void main(String[] arguments) {
    for (int round = 0; round < 7; round++) {
      new LaunchRate().measure("random, count 10", 10, null, TASKS);
      new LaunchRate().measure("random, count 1", 1, null, TASKS);
      PlacementStrategy spread =
          PlacementStrategy.builder().type("spread").field("instanceId").build();
      new LaunchRate().measure("spread, count 10", 10, spread, TASKS);
    }
  }

  private void measure(String what, int count, @Nullable PlacementStrategy strategy, int tasks) {
    State state = fleet();
    RunTask runTask = new RunTask();
    RunTaskRequest request =
        RunTaskRequest.builder()
            .taskDefinition("app")
            .count(count)
            .placementStrategy(strategy == null ? null : List.of(strategy))
            .build();
    long started = System.nanoTime();
    long startedCpu = CLOCK.getCurrentThreadCpuTime();
    Companions companions = new Companions();
    int done = 0;
    while (done < tasks) {
      Draft draft = Draft.on(state, companions);
      for (int call = 0; call < 64 && done < tasks; call++) {
        draft.mark();
        done += Yard.known(runTask.decide(draft, request, context).tasks()).size();
      }
      state = draft.state();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    double cpuSeconds = (CLOCK.getCurrentThreadCpuTime() - startedCpu) / 1e9;
    System.out.printf(
        "%s: %d tasks, %.0f per second, %.0f per second of the thread's own CPU time; %s%n",
        what, done, done / seconds, done / cpuSeconds, evenness(state));
  }

  private static String evenness(State state) {
    IntSummaryStatistics tasks = new IntSummaryStatistics();
    double squares = 0;
    for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
      int count = state.total(Task.USAGE, instance.arn()).running();
      tasks.accept(count);
      squares += (double) count * count;
    }
    double variance = squares / tasks.getCount() - tasks.getAverage() * tasks.getAverage();
    return String.format(
        "tasks per instance %d to %d, mean %.1f, deviation %.1f",
        tasks.getMin(), tasks.getMax(), tasks.getAverage(), Math.sqrt(variance));
  }

  private State fleet() {
    Draft draft = Draft.on(Tables.empty());
    new CreateCluster().decide(draft, CreateClusterRequest.builder().build(), context);
    new RegisterTaskDefinition()
        .decide(
            draft,
            RegisterTaskDefinitionRequest.builder()
                .family("app")
                .containerDefinitions(List.of(Yard.app().cpu(10).build()))
                .build(),
            context);
    for (int at = 0; at < INSTANCES; at++) {
      var answer =
          new RegisterContainerInstance()
              .decide(
                  draft,
                  RegisterContainerInstanceRequest.builder()
                      .totalResources(Yard.resources(4096, 16_384))
                      .build(),
                  context);
      String arn = Yard.known(Yard.known(answer.containerInstance()).containerInstanceArn());
      new ReportConnectivity()
          .decide(draft, new ReportConnectivity.Report(arn, true, null), context);
    }
    return draft.state();
  }
}
