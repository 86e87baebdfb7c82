package dev.longshore.agent;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.ContainerSummary;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.docker.EventQuery;
import dev.longshore.agent.docker.Feed;
import dev.longshore.agent.link.Nudge;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerStatus;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.agent.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what becomes of the agent's containers: by the engine's events, each followed by a fresh
 * inspection, and by comparing the whole list every minute for what no event told of. Containers
 * with the agent's label whose task it does not know are removed.
 */
final class EngineWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(EngineWatcher.class);
  private static final String TASK_LABEL = "com.amazonaws.ecs.task-arn";
  private static final String NAME_LABEL = "com.amazonaws.ecs.container-name";
  private static final Duration RECONNECT = Duration.ofSeconds(1);
  private static final Duration RESYNC = Duration.ofMinutes(1);
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final ContainerEngine engine;
  private final ContainerHands hands;
  private final TaskLoop loop;
  private final List<String> label;
  private final InstantSource clock;
  private final Executor inspector;
  private final Nudge pause = new Nudge();

  /** Containers that ran out of memory and whose end has not come yet; the feed's thread alone. */
  private final Set<String> outOfMemory = new HashSet<>();

  EngineWatcher(
      ContainerEngine engine,
      ContainerHands hands,
      TaskLoop loop,
      String label,
      Executor inspector,
      InstantSource clock) {
    this.engine = engine;
    this.hands = hands;
    this.loop = loop;
    this.label = List.of(label);
    this.inspector = inspector;
    this.clock = clock;
  }

  /** How the containers of the given tasks are now, for an agent that comes back. */
  List<Event.Found> find(Iterable<TaskRow> tasks) {
    List<Event.Found> found = new ArrayList<>();
    for (TaskRow task : tasks) {
      for (ContainerRow container : task.containers()) {
        // By name: a container made just before the crash has an id nobody has written down.
        found.add(found(task, container));
      }
    }
    return found;
  }

  private Event.Found found(TaskRow task, ContainerRow container) {
    String id = container.dockerId() == null ? container.dockerName() : container.dockerId();
    try {
      return new Event.Found(
          task.arn(), container.name(), Views.of(engine.containers().inspect(id)));
    } catch (DockerException e) {
      if (!e.notFound()) {
        throw e;
      }
      return new Event.Found(task.arn(), container.name(), null);
    }
  }

  /** Follows events until interrupted. */
  void follow() throws InterruptedException {
    Instant since = clock.instant();
    while (!Thread.currentThread().isInterrupted()) {
      try (Feed<dev.longshore.agent.docker.Event> feed =
          engine.events(EventQuery.containers(since.minus(OVERLAP), label))) {
        resync();
        for (Optional<dev.longshore.agent.docker.Event> next = feed.next();
            next.isPresent();
            next = feed.next()) {
          since = next.get().time();
          tell(next.get());
        }
        LOG.warn("the container engine ended its events");
      } catch (DockerException e) {
        if (e.kind() == DockerException.Kind.INTERRUPTED) {
          throw new InterruptedException();
        }
        LOG.warn("the container engine's events are interrupted: {}", e.getMessage());
      }
      var _ = pause.await(RECONNECT);
    }
  }

  private void tell(dev.longshore.agent.docker.Event event) throws InterruptedException {
    String action = event.action();
    boolean matters =
        action.equals("start")
            || action.equals("die")
            || action.equals("destroy")
            || action.equals("oom")
            || action.startsWith("health_status");
    String arn = event.attributes().get(TASK_LABEL);
    String name = event.attributes().get(NAME_LABEL);
    if (!matters || arn == null || name == null || loop.task(arn) == null) {
      return;
    }
    switch (action) {
      case "oom" -> outOfMemory.add(event.id());
      case "destroy" -> outOfMemory.remove(event.id());
      case "die" -> {
        died(arn, name, event);
        return;
      }
      default -> {}
    }
    loop.submit(hands.observe(arn, name, event.id()));
  }

  private void died(String arn, String name, dev.longshore.agent.docker.Event event)
      throws InterruptedException {
    boolean oom = outOfMemory.remove(event.id());
    String code = event.attributes().getOrDefault("exitCode", "");
    // Not every compatible engine tells the code; then the inspection does.
    if (code.matches("\\d{1,9}")) {
      loop.submit(new Event.Died(arn, name, event.id(), Integer.parseInt(code), oom, event.time()));
    }
    inspector.execute(() -> inspect(arn, name, event.id()));
  }

  /** Aside, for the engine answers only once it has cleared away the run; events do not wait. */
  private void inspect(String arn, String name, String dockerId) {
    try {
      loop.submit(hands.observe(arn, name, dockerId));
    } catch (InterruptedException e) {
      LOG.debug("given up as the agent ends: inspection of {}", dockerId);
    } catch (DockerException e) {
      LOG.warn(
          "{} cannot be inspected, the next comparison will tell: {}", dockerId, e.getMessage());
    }
  }

  /** Compares the whole list every minute until interrupted. */
  void compare() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      var _ = pause.await(RESYNC);
      try {
        resync();
      } catch (DockerException e) {
        if (e.kind() == DockerException.Kind.INTERRUPTED) {
          throw new InterruptedException();
        }
        LOG.warn("the containers cannot be listed: {}", e.getMessage());
      }
    }
  }

  private void resync() throws InterruptedException {
    // The rows first: a container that is gone from the list was gone after they were read.
    List<TaskRow> tasks = List.copyOf(loop.tasks());
    Map<String, ContainerSummary> listed = new HashMap<>();
    for (ContainerSummary summary : engine.containers().list(label, true)) {
      listed.put(summary.id(), summary);
    }
    for (TaskRow task : tasks) {
      for (ContainerRow container : task.containers()) {
        compare(task, container, listed.get(container.dockerId()));
      }
    }
    for (ContainerSummary summary : listed.values()) {
      String arn = summary.labels().get(TASK_LABEL);
      if (arn == null || loop.task(arn) == null) {
        removeForgotten(summary);
      }
    }
  }

  private void compare(TaskRow task, ContainerRow container, @Nullable ContainerSummary summary)
      throws InterruptedException {
    String id = container.dockerId();
    if (id == null || container.removed() || container.work() == Work.CREATE) {
      return;
    }
    boolean running =
        summary != null && (summary.state().equals("running") || summary.state().equals("paused"));
    boolean expected = container.known() == ContainerStatus.RUNNING;
    if (summary == null || running != expected) {
      loop.submit(hands.observe(task.arn(), container.name(), id));
    }
  }

  private void removeForgotten(ContainerSummary summary) {
    LOG.warn("removing {} of a task this agent does not know", summary.names());
    try {
      engine.containers().remove(summary.id(), true, true);
    } catch (DockerException e) {
      if (!e.notFound() && !e.conflict()) {
        LOG.warn("{} not removed: {}", summary.id(), e.getMessage());
      }
    }
  }

  /** Removes everything that has the agent's label, at once. */
  void removeAll() {
    for (ContainerSummary summary : engine.containers().list(label, true)) {
      removeForgotten(summary);
    }
  }
}
