package dev.longshore.simulation;

import dev.longshore.agent.task.ContainerView;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Work;
import dev.longshore.simulation.check.Sighting;
import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine without containers. It takes its time, fails now and then, and goes on with
 * what it was asked though the agent that asked is dead. Images say how their processes live.
 */
final class FakeEngine {
  /** An image whose process ends by itself, well. */
  static final String JOB = "longshore/job";

  /** An image whose process fails soon. */
  static final String BROKEN = "longshore/broken";

  /** An image whose process runs until it is stopped, and does not listen to SIGTERM. */
  static final String DEAF = "longshore/deaf";

  /** An image whose process runs until it is stopped. */
  static final String STEADY = "longshore/steady";

  private static final int FIRST_DYNAMIC_PORT = 32_768;
  private static final int SIGTERM_EXIT = 143;
  private static final int SIGKILL_EXIT = 137;

  private final Harbour harbour;
  private final Chance chance;
  private final Surroundings surroundings;
  private final Map<String, Contained> containers = new LinkedHashMap<>();
  private final Map<String, Long> busyUntil = new HashMap<>();
  private int nextPort = FIRST_DYNAMIC_PORT;
  private boolean unplugged;

  /** Who is told what happens here. */
  interface Surroundings {
    /** A process began or ended; the engine's event stream may tell the agent of it. */
    void changed(Contained container);

    /** A process began: the moment at which promises about containers can be broken. */
    void started(Contained container);

    /** A port that was to be opened is open already. */
    void collided(Contained container, int port);
  }

  FakeEngine(Harbour harbour, Chance chance, Surroundings surroundings) {
    this.harbour = harbour;
    this.chance = chance;
    this.surroundings = surroundings;
  }

  /** Does what was asked, and says later what came of it. */
  void perform(Effect.OnContainer effect, Consumer<Event> outcome) {
    switch (effect) {
      case Effect.ResolveManifest resolve ->
          later(20, 1_500, () -> outcome.accept(resolved(resolve)));
      case Effect.PullImage pull -> {
        Instant started = harbour.agenda().instant();
        later(50, 20_000, () -> outcome.accept(pulled(pull, started)));
      }
      case Effect.CreateContainer create -> later(5, 300, () -> outcome.accept(created(create)));
      case Effect.StartContainer start ->
          inTurn(start.dockerId(), 20, 900, () -> outcome.accept(start(start)));
      case Effect.StopContainer stop -> inTurn(stop.dockerId(), 2, 50, () -> stop(stop, outcome));
      case Effect.RemoveContainer remove ->
          inTurn(remove.dockerId(), 5, 200, () -> outcome.accept(removed(remove)));
    }
  }

  /** An engine does one thing at a time to one container, in the order in which it was asked. */
  private void inTurn(String id, int least, int most, Runnable action) {
    long now = harbour.agenda().elapsed();
    long begins = Math.max(now, busyUntil.getOrDefault(id, 0L));
    long ends = begins + harbour.weather().delay(chance, least, most);
    busyUntil.put(id, ends);
    in(ends - now, action);
  }

  private void later(int least, int most, Runnable action) {
    in(harbour.weather().delay(chance, least, most), action);
  }

  private void in(long delay, Runnable action) {
    harbour
        .agenda()
        .after(
            delay,
            () -> {
              if (!unplugged) {
                action.run();
              }
            });
  }

  /** The machine is set up anew or lost: everything here ends, and nothing begins any more. */
  void unplug() {
    all().forEach(each -> remove(each.id));
    unplugged = true;
  }

  private boolean fails() {
    return harbour.weather().strikes(chance, harbour.weather().engineFaults);
  }

  private Event resolved(Effect.ResolveManifest effect) {
    return fails()
        ? failed(
            effect, Work.MANIFEST, "CannotPullImageManifestError: Error response from daemon: no")
        : new Event.ManifestResolved(
            effect.taskArn(),
            effect.container(),
            chance.in(0.8) ? "sha256:" + "0".repeat(64) : null);
  }

  private Event pulled(Effect.PullImage effect, Instant started) {
    return fails()
        ? failed(effect, Work.PULL, "CannotPullContainerError: Error response from daemon: no")
        : new Event.ImagePulled(
            effect.taskArn(), effect.container(), started, harbour.agenda().instant());
  }

  private static Event failed(Effect.OnContainer effect, Work work, String reason) {
    return new Event.StepFailed(effect.taskArn(), effect.container(), work, reason);
  }

  private Event created(Effect.CreateContainer effect) {
    Contained there = named(effect.dockerName());
    if (there == null) {
      if (fails()) {
        return failed(
            effect, Work.CREATE, "CannotCreateContainerError: Error response from daemon");
      }
      there =
          new Contained(
              chance.hex(64),
              effect.dockerName(),
              effect.taskArn(),
              effect.container(),
              effect.config().at("Image").text(),
              harbour.agenda().instant(),
              ports(effect.hostConfig()));
      containers.put(there.id, there);
    }
    return new Event.ContainerCreated(effect.taskArn(), effect.container(), there.id);
  }

  private @Nullable Contained named(String name) {
    for (Contained each : containers.values()) {
      if (each.name.equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static List<ContainerView.Port> ports(Json.Fields hostConfig) {
    List<ContainerView.Port> ports = new ArrayList<>();
    if (hostConfig.at("PortBindings") instanceof Json.Fields bindings) {
      bindings
          .members()
          .forEach((name, list) -> {
            String[] parts = name.split("/", 2);
            for (Json each : list.elements()) {
              String host = each.at("HostPort").text();
              ports.add(
                  new ContainerView.Port(
                      each.at("HostIp").text(),
                      host.isEmpty() ? 0 : Integer.parseInt(host),
                      Integer.parseInt(parts[0]),
                      parts[1]));
            }
          });
    }
    return ports;
  }

  private Event start(Effect.StartContainer effect) {
    Contained container = containers.get(effect.dockerId());
    if (container == null) {
      return failed(effect, Work.START, "CannotStartContainerError: no such container");
    }
    if (!container.running()) {
      if (fails()) {
        return failed(effect, Work.START, "CannotStartContainerError: Error response from daemon");
      }
      for (ContainerView.Port port : container.wanted) {
        if (port.hostPort() != 0 && isOpen(port)) {
          surroundings.collided(container, port.hostPort());
          return failed(effect, Work.START, "CannotStartContainerError: port is already allocated");
        }
      }
      run(container);
    }
    return new Event.ContainerStarted(effect.taskArn(), effect.container(), container.view());
  }

  private boolean isOpen(ContainerView.Port wanted) {
    return containers.values().stream()
        .filter(Contained::running)
        .flatMap(each -> each.ports.stream())
        .anyMatch(port ->
            port.hostPort() == wanted.hostPort() && port.protocol().equals(wanted.protocol()));
  }

  private void run(Contained container) {
    container.startedAt = harbour.agenda().instant();
    container.finishedAt = null;
    container.runs++;
    container.ports = container.wanted.stream().map(this::opened).toList();
    harbour.chronicle().tell(() -> container.name + " runs");
    surroundings.started(container);
    surroundings.changed(container);
    int run = container.runs;
    switch (container.image) {
      case JOB -> harbour.agenda().after(chance.between(500, 60_000), () -> end(container, run, 0));
      case BROKEN ->
          harbour.agenda().after(chance.between(100, 5_000), () -> end(container, run, 1));
      default -> {
        if (harbour.weather().strikes(chance, harbour.weather().containerDeaths)) {
          harbour
              .agenda()
              .after(
                  chance.between(100, 300_000),
                  () -> {
                    if (!harbour.weather().isCalm()) {
                      end(container, run, chance.in(0.5) ? SIGKILL_EXIT : 1);
                    }
                  });
        }
      }
    }
  }

  private ContainerView.Port opened(ContainerView.Port port) {
    return port.hostPort() != 0
        ? port
        : new ContainerView.Port(
            port.hostAddress(), nextPort++, port.containerPort(), port.protocol());
  }

  private void end(Contained container, int run, int code) {
    if (container.running() && container.runs == run && containers.containsKey(container.id)) {
      container.finishedAt = harbour.agenda().instant();
      container.exitCode = code;
      harbour.chronicle().tell(() -> container.name + " ends with " + code);
      surroundings.changed(container);
    }
  }

  private void stop(Effect.StopContainer effect, Consumer<Event> outcome) {
    Contained container = containers.get(effect.dockerId());
    if (container == null) {
      outcome.accept(new Event.Vanished(effect.taskArn(), effect.container()));
      return;
    }
    if (fails()) {
      outcome.accept(new Event.StopFailed(effect.taskArn(), effect.container()));
      return;
    }
    boolean deaf = container.image.equals(DEAF);
    long patience = deaf ? effect.timeout().toMillis() : chance.between(1, 900);
    int run = container.runs;
    harbour
        .agenda()
        .after(
            container.running() ? patience : 0,
            () -> {
              end(container, run, deaf ? SIGKILL_EXIT : SIGTERM_EXIT);
              outcome.accept(observed(container));
            });
  }

  private Event removed(Effect.RemoveContainer effect) {
    if (fails()) {
      return new Event.RemoveFailed(effect.taskArn(), effect.container());
    }
    remove(effect.dockerId());
    return new Event.ContainerRemoved(effect.taskArn(), effect.container());
  }

  /** Removes a container by force. */
  void remove(String id) {
    Contained container = containers.get(id);
    if (container != null) {
      end(container, container.runs, SIGKILL_EXIT);
      containers.remove(id);
    }
  }

  /** The container as it is now, or that it is not any more. */
  Event observed(Contained container) {
    return containers.containsKey(container.id)
        ? new Event.Observed(container.taskArn, container.container, container.view())
        : new Event.Vanished(container.taskArn, container.container);
  }

  /** The end of the container's last run, as an event tells it. */
  Event died(Contained container) {
    ContainerView view = container.view();
    return new Event.Died(
        container.taskArn,
        container.container,
        container.id,
        view.exitCode(),
        view.oomKilled(),
        Objects.requireNonNullElse(view.finishedAt(), Instant.EPOCH));
  }

  /** The container of that id or name, or null. */
  @Nullable Contained find(@Nullable String id, String name) {
    return id == null ? named(name) : containers.get(id);
  }

  List<Contained> all() {
    return List.copyOf(containers.values());
  }

  /** Every process that runs here now. */
  void sightings(String machine, @Nullable String instanceArn, List<Sighting> into) {
    for (Contained each : containers.values()) {
      if (each.running()) {
        into.add(
            new Sighting(
                machine,
                instanceArn,
                each.taskArn,
                each.container,
                each.id,
                each.ports.stream().map(port -> port.protocol() + port.hostPort()).toList()));
      }
    }
  }
}
