package dev.longshore.simulation;

import dev.longshore.agent.task.TaskReport;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.simulation.check.Checkers;
import dev.longshore.simulation.check.NothingAcknowledgedIsLost.Fact;
import dev.longshore.simulation.check.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One life of the whole system, from a seed: a control plane, machines with agents, a user, and a
 * network that cannot be trusted, for some minutes of faults and then as much calm as it takes to
 * settle. Every step is followed by the checkers' questions.
 */
public final class Simulation {
  private static final long LONGEST_CALM_MILLIS = 90 * 60_000;
  private static final long LOOK_MILLIS = 10_000;
  private static final long TIDY_MILLIS = 30_000;

  private final long seed;
  private final Chance chance;
  private final Agenda agenda = new Agenda();
  private final Checkers checkers = new Checkers();
  private final Harbour harbour;
  private final Server server;
  private final Network network;
  private final User user;
  private final List<Machine> machines = new ArrayList<>();
  private final Machine.Onlooker onlooker = new Eyes();
  private int commits;
  private int started;

  /**
   * How a life went.
   *
   * @param millis of virtual time
   */
  public record Outcome(long seed, long millis, int commits, int containersStarted, int tasks) {}

  private final class Eyes implements Machine.Onlooker, Server.Witness {
    @Override
    public void committed(State before, List<Change<?>> changes, State after) {
      commits++;
      checkers.committed(before, changes, after);
      harbour.chronicle().tell(() -> "committed " + brief(changes));
      if (changes.stream().anyMatch(change -> change.after(Task.KIND) != null)) {
        look();
      }
    }

    @Override
    public void restored(State before, State after, boolean exact) {
      checkers.restored(before, after, exact);
    }

    @Override
    public void started(Machine machine, Contained container) {
      started++;
      look();
    }

    @Override
    public void collided(Machine machine, Contained container, int port) {
      checkers.collided(machine.name, container.taskArn, port);
    }

    @Override
    public void reportTaken(TaskReport report) {
      TaskStatus least = TaskStatus.valueOf(report.status());
      checkers.acknowledged(
          new Fact(
              "the report that " + report.taskArn() + " is " + report.status() + " was taken",
              report.taskArn(),
              state -> {
                Task task = state.find(Task.KIND, report.taskArn());
                return task != null && (!least.isAfter(task.lastStatus()) || task.stopping());
              }),
          server.state());
    }

    @Override
    public void registered(String instanceArn) {
      checkers.acknowledged(
          new Fact(
              instanceArn + " is registered",
              instanceArn,
              state -> state.find(ContainerInstance.KIND, instanceArn) != null),
          server.state());
    }
  }

  private Simulation(long seed, @Nullable Consumer<String> reader) {
    this.seed = seed;
    chance = Chance.of(seed);
    harbour = new Harbour(agenda, new Weather(chance.fork()), new Chronicle(agenda, reader));
    server = new Server(harbour, chance.fork(), new Eyes());
    network = new Network(harbour, chance.fork(), server);
    user = new User(harbour, network, chance.fork(), checkers, server::state);
  }

  /**
   * Lives one life.
   *
   * @param reader takes what happens, line by line; null where nobody reads it
   * @throws SimulationFailure if a promise was broken
   */
  public static Outcome run(long seed, @Nullable Consumer<String> reader) {
    Simulation simulation = new Simulation(seed, reader);
    SimulationLog.begin(simulation.harbour.chronicle().isRead());
    try {
      return simulation.live();
    } catch (SimulationFailure e) {
      throw e;
    } catch (RuntimeException e) {
      SimulationFailure failure =
          new SimulationFailure(seed, simulation.agenda.elapsed(), "it threw " + e);
      failure.initCause(e);
      throw failure;
    } finally {
      SimulationLog.end();
    }
  }

  private Outcome live() {
    harbour.chronicle().tell(() -> "seed " + seed + ": " + harbour.weather());
    server.start();
    int count = chance.between(2, 5);
    for (int at = 0; at < count; at++) {
      bringIn();
    }
    user.begin();
    new Mishaps(harbour, chance.fork(), server, network, () -> machines, this::bringIn).begin();
    go(chance.between(240, 720) * 1_000L);
    settle();
    replayOnce(false);
    replayOnce(true);
    State state = server.state();
    return new Outcome(seed, agenda.elapsed(), commits, started, state.count(Task.KIND));
  }

  private void bringIn() {
    Machine machine =
        new Machine(
            "m" + machines.size(),
            new Machine.Capacity(2048, 4096, chance.in(0.5) ? List.of("gpu0", "gpu1") : List.of()),
            harbour,
            network,
            chance.fork(),
            onlooker);
    machines.add(machine);
    agenda.after(chance.below(5_000), machine::start);
  }

  /** Lets time pass, and stops at the first broken promise. */
  private void go(long millis) {
    long end = agenda.elapsed() + millis;
    while (agenda.next(end)) {
      judge();
    }
    judge();
  }

  private void judge() {
    SimulationLog.drain(harbour.chronicle(), checkers::logged);
    checkers
        .broken()
        .ifPresent(what -> {
          harbour.chronicle().tell(() -> "BROKEN: " + what);
          throw new SimulationFailure(seed, agenda.elapsed(), what);
        });
  }

  private void settle() {
    harbour.chronicle().tell(() -> "the weather is calm");
    harbour.weather().calm();
    server.start();
    for (Machine machine : machines) {
      network.heal(machine.name);
    }
    tidyUp();
    long end = agenda.elapsed() + LONGEST_CALM_MILLIS;
    List<String> unsettled = List.of("nobody has looked yet");
    while (!unsettled.isEmpty() && agenda.elapsed() < end) {
      go(LOOK_MILLIS);
      unsettled = checkers.unsettled(server.state(), sightings());
    }
    if (!unsettled.isEmpty()) {
      String what = "not settled in the calm: " + String.join("; ", unsettled);
      harbour.chronicle().tell(() -> "BROKEN: " + what);
      throw new SimulationFailure(seed, agenda.elapsed(), what);
    }
  }

  private void tidyUp() {
    user.tidyUp(
        machines.stream()
            .filter(machine -> !machine.isWrecked())
            .map(Machine::instanceArn)
            .filter(Objects::nonNull)
            .toList());
    agenda.after(TIDY_MILLIS, this::tidyUp);
  }

  /** In the end the log alone must tell everything, and a snapshot of it must, too. */
  private void replayOnce(boolean fromSnapshot) {
    if (fromSnapshot) {
      server.snapshot();
    }
    server.restart();
    network.serverDied();
    judge();
  }

  private void look() {
    checkers.seen(server.state(), sightings());
  }

  private List<Sighting> sightings() {
    List<Sighting> sightings = new ArrayList<>();
    machines.forEach(machine -> machine.sightings(sightings));
    return sightings;
  }

  private static String brief(List<Change<?>> changes) {
    StringBuilder text = new StringBuilder();
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      text.append(change.kind()).append(' ').append(change.key());
      if (task != null) {
        text.append(' ').append(task.lastStatus()).append(" wanted ").append(task.desiredStatus());
      } else if (change.after() == null) {
        text.append(" removed");
      }
      text.append("; ");
    }
    return text.toString();
  }
}
