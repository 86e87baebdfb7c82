package dev.longshore.simulation;

import java.util.List;
import java.util.function.Supplier;

/** What befalls processes, machines and the clock, each kind as often as the seed will have it. */
final class Mishaps {
  private final Harbour harbour;
  private final Chance chance;
  private final Server server;
  private final Network network;
  private final Supplier<List<Machine>> machines;
  private final Runnable replacement;

  /**
   * @param replacement brings another machine in for one that is lost
   */
  Mishaps(
      Harbour harbour,
      Chance chance,
      Server server,
      Network network,
      Supplier<List<Machine>> machines,
      Runnable replacement) {
    this.harbour = harbour;
    this.chance = chance;
    this.server = server;
    this.network = network;
    this.machines = machines;
    this.replacement = replacement;
  }

  void begin() {
    often(120_000, this::crashServer);
    often(60_000, server::snapshot);
    often(120_000, this::killAgent);
    often(120_000, this::cutOff);
    often(60_000, this::breakConnection);
    often(240_000, this::jump);
    often(900_000, this::wreck);
  }

  /** In half of all lives not at all; else on average every {@code millis}. */
  private void often(int millis, Runnable mishap) {
    if (chance.in(0.5)) {
      again(millis, mishap);
    }
  }

  private void again(int millis, Runnable mishap) {
    harbour
        .agenda()
        .after(
            chance.below(2 * millis),
            () -> {
              if (!harbour.weather().isCalm()) {
                mishap.run();
                again(millis, mishap);
              }
            });
  }

  private void crashServer() {
    if (server.isUp()) {
      server.crash();
      network.serverDied();
      int downtime = chance.in(0.7) ? chance.between(10, 3_000) : chance.between(3_000, 60_000);
      harbour.agenda().after(downtime, server::start);
    }
  }

  private void killAgent() {
    Machine machine = chance.pick(machines.get());
    if (machine.isAlive()) {
      machine.die();
      machine.reviveLater();
    }
  }

  private void cutOff() {
    String name = chance.pick(machines.get()).name;
    network.cut(name);
    harbour.agenda().after(chance.between(1_000, 240_000), () -> network.heal(name));
  }

  private void breakConnection() {
    network.breakConnections(chance.pick(machines.get()).name);
  }

  private void jump() {
    int seconds = chance.between(1, 600);
    harbour.chronicle().tell(() -> "the clock jumps by " + seconds + " s");
    harbour.agenda().jump(seconds * 1_000L);
  }

  private void wreck() {
    Machine machine = chance.pick(machines.get());
    if (!machine.isWrecked()) {
      machine.wreck();
      replacement.run();
    }
  }
}
