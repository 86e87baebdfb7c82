package dev.longshore.simulation;

import dev.longshore.agent.link.StateReporter;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerStatus;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Entropy;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.InstanceRow;
import dev.longshore.agent.task.Settings;
import dev.longshore.agent.task.TaskEngine;
import dev.longshore.agent.task.TaskReport;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.agent.task.Work;
import dev.longshore.simulation.check.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a container engine and an agent whose mind is the product's. The agent saves its
 * rows before it acts, as the real one does, and may die between any two moments; its containers
 * live on.
 */
final class Machine implements FakeEngine.Surroundings {
  private static final long RESYNC_MILLIS = 60_000;
  private static final long PATIENCE_MILLIS = 10_000;

  final String name;
  final Capacity capacity;
  private final Harbour harbour;
  private final Network network;
  private final Chance chance;
  private final Onlooker onlooker;
  private final Entropy entropy = new ChanceEntropy();

  /** What outlives the agent: its engine's containers, its journal, its identity. */
  private FakeEngine engine;

  private final Map<String, TaskRow> journal = new LinkedHashMap<>();
  private InstanceRow instance = InstanceRow.fresh();
  private @Nullable String arn;

  private @Nullable Life process;
  private boolean wrecked;

  /**
   * What a machine offers.
   *
   * @param cpu units
   * @param memory MiB
   */
  record Capacity(int cpu, int memory, List<String> gpus) {}

  /** Who is shown what happens on machines. */
  interface Onlooker {
    void started(Machine machine, Contained container);

    void collided(Machine machine, Contained container, int port);

    /** The control plane took a report of a task's. */
    void reportTaken(TaskReport report);

    void registered(String instanceArn);
  }

  private final class ChanceEntropy implements Entropy {
    @Override
    public String hex(int digits) {
      return chance.hex(digits);
    }

    @Override
    public long below(long bound) {
      return Math.floorMod(chance.bits(), bound);
    }
  }

  /** One life of the agent. */
  private final class Life {
    final TaskEngine brain = new TaskEngine(settings(), entropy, instance, journal.values());
    final AgentLink link =
        new AgentLink(name, harbour, network, chance.fork(), this::event, Machine.this::dismissed);
    @Nullable Instant wakeAt;

    boolean alive() {
      return process == this;
    }

    void event(Event event) {
      if (!alive()) {
        return;
      }
      TaskEngine.Step step = brain.step(event, harbour.agenda().instant());
      for (String touched : step.touched()) {
        TaskRow row = brain.tasks().get(touched);
        if (row == null) {
          journal.remove(touched);
        } else {
          journal.put(touched, row);
        }
      }
      instance = brain.instance();
      if (harbour.weather().strikes(chance, harbour.weather().agentDeaths)) {
        // After the rows were saved and before anything was done about them.
        die();
        reviveLater();
        return;
      }
      step.effects().forEach(this::carryOut);
      wakeLater();
    }

    private void wakeLater() {
      Instant next = brain.wakeAt().orElse(null);
      if (next != null && !next.equals(wakeAt)) {
        wakeAt = next;
        harbour
            .agenda()
            .at(
                next,
                () -> {
                  if (next.equals(wakeAt)) {
                    wakeAt = null;
                    event(new Event.Woke());
                  }
                });
      }
    }

    private void carryOut(Effect effect) {
      switch (effect) {
        case Effect.OnContainer onContainer -> engine.perform(onContainer, this::event);
        case Effect.SubmitState submit -> deliver(submit.report(), 50);
        case Effect.Acknowledge acknowledge -> link.send(acknowledge);
        case Effect.AcknowledgeCredentials acknowledge -> link.send(acknowledge);
        case Effect.VerifyStops verify -> link.send(verify);
        case Effect.CreateVolume create ->
            harbour
                .agenda()
                .after(10, () -> event(new Event.VolumeCreated(create.taskArn(), create.volume())));
        case Effect.RemoveVolume remove ->
            harbour
                .agenda()
                .after(10, () -> event(new Event.VolumeRemoved(remove.taskArn(), remove.volume())));
        case Effect.FetchSecrets fetch ->
            harbour.agenda().after(20, () -> event(new Event.SecretsFetched(fetch.taskArn())));
        case Effect.DropSecrets drop -> {}
        case Effect.StoreCredentials store -> {}
        case Effect.DropCredentials drop -> {}
        case Effect.PublishHealth publish -> {}
      }
    }

    /** As the real reporter does: until it is taken, or refused for ever. */
    private void deliver(TaskReport report, long wait) {
      if (!alive()) {
        return;
      }
      network.call(
          name,
          "SubmitTaskStateChange",
          StateReporter.request(report, "default"),
          PATIENCE_MILLIS,
          answer -> delivered(report, wait, answer));
    }

    private void delivered(TaskReport report, long wait, Answer answer) {
      if (answer instanceof Answer.Done) {
        onlooker.reportTaken(report);
      }
      boolean settled =
          answer instanceof Answer.Done
              || (answer instanceof Answer.Refused refused
                  && StateReporter.isFinal(refused.code()));
      if (settled) {
        event(new Event.ReportSettled(report.taskArn(), report.number()));
      } else {
        harbour.agenda().after(wait, () -> deliver(report, Math.min(30_000, wait * 2)));
      }
    }

    /** Compares all containers, for what no event told of, and removes those nobody knows. */
    private void resync() {
      if (!alive()) {
        return;
      }
      for (TaskRow task : List.copyOf(brain.tasks().values())) {
        for (ContainerRow row : task.containers()) {
          compare(task, row);
        }
      }
      for (Contained each : engine.all()) {
        if (alive() && !brain.tasks().containsKey(each.taskArn)) {
          engine.remove(each.id);
        }
      }
      harbour.agenda().after(RESYNC_MILLIS, this::resync);
    }

    private void compare(TaskRow task, ContainerRow row) {
      String id = row.dockerId();
      if (id == null || row.removed() || row.work() == Work.CREATE) {
        return;
      }
      Contained there = engine.find(id, row.dockerName());
      if (there == null) {
        event(new Event.Vanished(task.arn(), row.name()));
      } else if (there.running() != (row.known() == ContainerStatus.RUNNING)) {
        event(engine.observed(there));
      }
    }
  }

  Machine(
      String name,
      Capacity capacity,
      Harbour harbour,
      Network network,
      Chance chance,
      Onlooker onlooker) {
    this.name = name;
    this.capacity = capacity;
    this.harbour = harbour;
    this.network = network;
    this.chance = chance;
    this.onlooker = onlooker;
    engine = new FakeEngine(harbour, chance.fork(), this);
  }

  private Settings settings() {
    return new Settings(
        "default",
        capacity.cpu(),
        capacity.memory(),
        List.of(22, 2375, 2376, 51678, 51679),
        List.of(),
        "127.0.0.1",
        50_000,
        50_100,
        Duration.ofSeconds(30),
        Duration.ofHours(3),
        "http://169.254.170.2",
        new TreeMap<>());
  }

  @Nullable String instanceArn() {
    return arn;
  }

  boolean isAlive() {
    return process != null;
  }

  boolean isWrecked() {
    return wrecked;
  }

  /** The agent starts: it takes up its rows and containers, registers and connects. */
  void start() {
    if (process != null || wrecked) {
      return;
    }
    harbour.chronicle().tell(() -> name + ": the agent starts");
    Life started = new Life();
    process = started;
    started.event(new Event.Resumed(found()));
    if (started.alive()) {
      started.resync();
      register(started);
    }
  }

  private List<Event.Found> found() {
    List<Event.Found> found = new ArrayList<>();
    for (TaskRow task : journal.values()) {
      for (ContainerRow row : task.containers()) {
        Contained there = engine.find(row.dockerId(), row.dockerName());
        found.add(new Event.Found(task.arn(), row.name(), there == null ? null : there.view()));
      }
    }
    return found;
  }

  private void register(Life registering) {
    if (!registering.alive()) {
      return;
    }
    network.call(
        name,
        "RegisterContainerInstance",
        Requests.registration(capacity, name, arn),
        PATIENCE_MILLIS,
        answer -> registered(registering, answer));
  }

  private void registered(Life registering, Answer answer) {
    if (!registering.alive()) {
      return;
    }
    switch (answer) {
      case Answer.Done done -> {
        String given = done.body().at("containerInstance", "containerInstanceArn").text();
        arn = given;
        harbour.chronicle().tell(() -> name + " is " + given);
        onlooker.registered(given);
        registering.link.begin(given);
      }
      case Answer.Refused refused when !refused.isTransient() -> dismissed();
      case Answer.Refused refused ->
          harbour.agenda().after(chance.between(500, 3_000), () -> register(registering));
      case Answer.Lost lost ->
          harbour.agenda().after(chance.between(500, 3_000), () -> register(registering));
    }
  }

  /** The agent dies at once. */
  void die() {
    Life dead = process;
    if (dead != null) {
      harbour.chronicle().tell(() -> name + ": the agent dies");
      process = null;
      dead.link.drop();
    }
  }

  void reviveLater() {
    harbour.agenda().after(chance.between(100, 60_000), this::start);
  }

  /** The control plane does not want this instance any more: its operator sets it up anew. */
  private void dismissed() {
    harbour.chronicle().tell(() -> name + " was deregistered");
    die();
    harbour
        .agenda()
        .after(
            chance.between(1_000, 30_000),
            () -> {
              if (process == null && !wrecked) {
                wipe();
                start();
              }
            });
  }

  private void wipe() {
    engine.unplug();
    engine = new FakeEngine(harbour, chance.fork(), this);
    journal.clear();
    instance = InstanceRow.fresh();
    arn = null;
  }

  /** The machine is lost for good, with its containers; its registration stays behind. */
  void wreck() {
    harbour.chronicle().tell(() -> name + " is lost");
    die();
    engine.unplug();
    wrecked = true;
  }

  void sightings(List<Sighting> into) {
    engine.sightings(name, arn, into);
  }

  @Override
  public void changed(Contained container) {
    Life alive = process;
    if (alive == null || harbour.weather().strikes(chance, harbour.weather().eventLoss)) {
      return;
    }
    int times = harbour.weather().strikes(chance, 0.1) ? 2 : 1;
    for (int at = 0; at < times; at++) {
      FakeEngine told = engine;
      if (!container.running()) {
        Event died = told.died(container);
        harbour.agenda().after(harbour.weather().delay(chance, 1, 100), () -> alive.event(died));
      }
      Consumer<Contained> tell = each -> alive.event(told.observed(each));
      harbour.agenda().after(harbour.weather().delay(chance, 1, 100), () -> tell.accept(container));
    }
  }

  @Override
  public void started(Contained container) {
    onlooker.started(this, container);
  }

  @Override
  public void collided(Contained container, int port) {
    onlooker.collided(this, container, port);
  }
}
