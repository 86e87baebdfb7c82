package dev.longshore.server.simulated;

import static java.util.Objects.requireNonNull;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.fleet.FleetReports;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.Resource;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import dev.longshore.shapes.ecs.VersionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Container instances without machines. They register and report like agents, through the same
 * actions and the same durable log, but without a network between: a task that is placed on one is
 * RUNNING as soon as its report is durable, and one that is to stop is STOPPED.
 */
public final class SimulatedFleet implements Watcher {
  /** The attribute that marks such an instance. */
  public static final String MARK = "longshore.simulated";

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedFleet.class);

  /** Reports under way at once; the rest waits its turn, as agents' reports do. */
  private static final int IN_FLIGHT = 4_096;

  private static final int CPU = 64 * 1024;
  private static final int MEMORY = 256 * 1024;
  private static final int SIGTERM_EXIT_CODE = 143;

  private final ServedApi api;
  private final FleetReports reports;
  private final Supplier<State> committed;
  private final Caller caller;
  private final String cluster;
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final Thread thread;

  /**
   * @param cluster the name of the cluster that the instances join
   */
  public SimulatedFleet(
      ServedApi api,
      FleetReports reports,
      Supplier<State> committed,
      Caller caller,
      String cluster) {
    this.api = api;
    this.reports = reports;
    this.committed = committed;
    this.caller = caller;
    this.cluster = cluster;
    this.thread = Thread.ofPlatform().name("simulated-fleet").daemon().unstarted(this::run);
  }

  /**
   * Makes sure that there are so many simulated instances, using those of an earlier run, and takes
   * up their tasks.
   */
  public void start(int count) {
    List<String> known = new ArrayList<>();
    for (ContainerInstance instance : committed.get().all(ContainerInstance.KIND)) {
      if (instance.attribute(MARK) != null && !instance.status().equals("INACTIVE")) {
        known.add(instance.arn());
      }
    }
    List<CompletableFuture<? extends Shape>> registrations = new ArrayList<>();
    for (int at = known.size(); at < count; at++) {
      registrations.add(call("RegisterContainerInstance", registration(at)));
    }
    registrations.forEach(CompletableFuture::join);
    State state = committed.get();
    for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
      if (instance.attribute(MARK) != null && !instance.status().equals("INACTIVE")) {
        reports.connected(instance.arn(), VersionInfo.builder().agentVersion("simulated").build());
        state.by(Task.ON_INSTANCE, instance.arn()).forEach(task -> news.add(task.arn()));
      }
    }
    thread.start();
  }

  private CompletableFuture<? extends Shape> call(String operation, Shape input) {
    OperationModel model = requireNonNull(api.model().operation(operation));
    return api.endpoint().call(model, input, caller).toCompletableFuture();
  }

  private RegisterContainerInstanceRequest registration(int number) {
    return RegisterContainerInstanceRequest.builder()
        .cluster(cluster)
        .attributes(
            List.of(
                Attribute.builder().name(MARK).value(Integer.toString(number)).build(),
                Attribute.builder().name("ecs.os-type").value("linux").build(),
                Attribute.builder().name("ecs.os-family").value("LINUX").build()))
        .totalResources(List.of(amount("CPU", CPU), amount("MEMORY", MEMORY)))
        .build();
  }

  private static Resource amount(String name, int value) {
    return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
  }

  @Override
  public void leading(State state) {}

  @Override
  public void committed(State state, List<Change<?>> changes) {
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      if (task != null && wants(task)) {
        news.add(task.arn());
      }
    }
  }

  private static boolean wants(Task task) {
    return task.mustStop() ? !task.isStopped() : task.lastStatus() == TaskStatus.PENDING;
  }

  private void run() {
    try {
      while (true) {
        act(news.take());
      }
    } catch (InterruptedException e) {
      LOG.debug("The simulated fleet ends.", e);
    }
  }

  private void act(String taskArn) throws InterruptedException {
    State state = committed.get();
    Task task = state.find(Task.KIND, taskArn);
    if (task == null || !wants(task) || !isSimulated(state, task)) {
      return;
    }
    room.acquire();
    call("SubmitTaskStateChange", report(task))
        .whenComplete((done, failure) -> {
          room.release();
          if (failure != null) {
            reported(taskArn, failure);
          }
        })
        .exceptionally(failure -> null);
  }

  /** Only a report that found the queue full is worth repeating; agents do the same. */
  private void reported(String taskArn, Throwable failure) {
    if (failure instanceof ServiceException refused
        && refused.code().equals("ThrottlingException")) {
      news.add(taskArn);
    } else {
      LOG.warn("A simulated report of {} was refused: {}", taskArn, failure.toString());
    }
  }

  private static boolean isSimulated(State state, Task task) {
    String arn = task.containerInstanceArn();
    ContainerInstance instance = arn == null ? null : state.find(ContainerInstance.KIND, arn);
    return instance != null && instance.attribute(MARK) != null;
  }

  private static SubmitTaskStateChangeRequest report(Task task) {
    String status = task.mustStop() ? "STOPPED" : "RUNNING";
    List<ContainerStateChange> containers = new ArrayList<>();
    for (TaskContainer container : task.containers()) {
      ContainerStateChange.Builder change =
          ContainerStateChange.builder().containerName(container.name()).status(status);
      if (!task.mustStop()) {
        change.runtimeId("simulated-" + task.id() + '-' + container.name());
      } else if (container.runtimeId() != null) {
        change.exitCode(SIGTERM_EXIT_CODE);
      }
      containers.add(change.build());
    }
    return SubmitTaskStateChangeRequest.builder()
        .cluster(task.clusterArn())
        .task(task.arn())
        .status(status)
        .containers(containers)
        .build();
  }

  /** Ends the pretending; the instances stay registered. */
  public void stop() {
    thread.interrupt();
  }
}
