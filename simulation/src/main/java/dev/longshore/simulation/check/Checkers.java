package dev.longshore.simulation.check;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All checkers of one simulation, asked together; keeps the first thing that any of them finds. */
public final class Checkers {
  public final HostPortsAreHeldOnce ports = new HostPortsAreHeldOnce();
  public final NothingAcknowledgedIsLost acknowledged = new NothingAcknowledgedIsLost();
  public final TokensStartTasksOnce tokens = new TokensStartTasksOnce();
  public final NothingFailsInside inside = new NothingFailsInside();

  private final List<Checker> all =
      List.of(
          new TasksStayOnOneInstance(),
          new InstancesAreNeverOvercommitted(),
          ports,
          new StatusesOnlyMoveForward(),
          new StoppedTasksSayWhy(),
          new AgentsRunOnlyKnownTasks(),
          new ContainersMatchTasks(),
          new ServicesConverge(),
          new ServicesKeepTheirBounds(),
          new DaemonsHaveOneTaskEach(),
          new ReplayYieldsTheState(),
          acknowledged,
          tokens,
          inside);

  private final List<String> found = new ArrayList<>();

  public void committed(State before, List<Change<?>> changes, State after) {
    all.forEach(each -> each.committed(before, changes, after, findings(each)));
  }

  /** After a start: what a crash let survive is seen as committed, too. */
  public void restored(State before, State after, boolean exact) {
    List<Change<?>> changes = Difference.between(before, after);
    all.forEach(each -> each.revealed(before, changes, after, findings(each)));
    all.forEach(each -> each.restored(before, after, exact, findings(each)));
  }

  public void seen(State state, List<Sighting> running) {
    all.forEach(each -> each.seen(state, running, findings(each)));
  }

  public void collided(String machine, String taskArn, int port) {
    ports.collided(machine, taskArn, port, findings(ports));
  }

  public void acknowledged(NothingAcknowledgedIsLost.Fact fact, State state) {
    acknowledged.acknowledged(fact, state, findings(acknowledged));
  }

  public void logged(String line) {
    inside.logged(line, findings(inside));
  }

  /** What keeps the system from being settled; empty when nothing does. */
  public List<String> unsettled(State state, List<Sighting> running) {
    List<String> left = new ArrayList<>();
    all.forEach(each ->
        each.settled(
            state, running, what -> left.add(each.getClass().getSimpleName() + ": " + what)));
    return left;
  }

  private Findings findings(Checker checker) {
    return what -> found.add(checker.getClass().getSimpleName() + ": " + what);
  }

  /** The first broken promise. */
  public Optional<String> broken() {
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }
}
