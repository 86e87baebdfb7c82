package dev.longshore.agent;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.docker.StatisticsWatcher;
import dev.longshore.agent.link.Telemetry;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerStatus;
import dev.longshore.agent.task.TaskRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** Gathers what the telemetry session publishes: samples of all running containers, health. */
final class AgentTelemetry implements Telemetry, AutoCloseable {
  /** Samples come about once a second and are taken every twenty. */
  private static final int MOST_SAMPLES = 60;

  private final Supplier<Collection<TaskRow>> tasks;
  private final RuntimeHealth health;
  private final boolean disabled;
  private final StatisticsWatcher watcher;
  private final ConcurrentHashMap<String, BlockingQueue<Statistics>> samples =
      new ConcurrentHashMap<>();

  AgentTelemetry(
      ContainerEngine engine,
      RuntimeHealth health,
      boolean disabled,
      Supplier<Collection<TaskRow>> tasks) {
    this.tasks = tasks;
    this.health = health;
    this.disabled = disabled;
    watcher = new StatisticsWatcher(engine, this::sampled);
  }

  private void sampled(String dockerId, Statistics taken) {
    BlockingQueue<Statistics> queue = samples.get(dockerId);
    // Nobody has taken them for a minute: what an interval without a session held is not told.
    if (queue != null && !queue.offer(taken)) {
      queue.clear();
    }
  }

  /** Follows the containers that run now, and those only. */
  void follow(Collection<TaskRow> now) {
    if (disabled) {
      return;
    }
    Set<String> running = new HashSet<>();
    for (TaskRow task : now) {
      for (ContainerRow container : task.containers()) {
        if (container.known() == ContainerStatus.RUNNING && container.dockerId() != null) {
          running.add(container.dockerId());
        }
      }
    }
    for (String id : List.copyOf(samples.keySet())) {
      if (!running.contains(id)) {
        samples.remove(id);
        watcher.forget(id);
      }
    }
    for (String id : running) {
      if (samples.putIfAbsent(id, new LinkedBlockingQueue<>(MOST_SAMPLES)) == null) {
        watcher.follow(id);
      }
    }
  }

  Optional<Statistics> latest(String dockerId) {
    return watcher.latest(dockerId);
  }

  @Override
  public Collection<TaskRow> tasks() {
    return tasks.get();
  }

  @Override
  public List<Statistics> takeSamples(String dockerId) {
    List<Statistics> taken = new ArrayList<>();
    BlockingQueue<Statistics> queue = samples.get(dockerId);
    if (queue != null) {
      queue.drainTo(taken);
    }
    return taken;
  }

  @Override
  public Optional<RuntimeCheck> takeRuntimeCheck() {
    return health.take();
  }

  @Override
  public void close() {
    watcher.close();
  }
}
