package dev.longshore.server.engine;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Companions;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.server.log.Log;
import dev.longshore.server.log.NotLeaderException;
import dev.longshore.server.log.Replica;
import dev.longshore.shapes.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer. A turn decides many commands on the newest draft, reconciles what they touched,
 * and appends what changed as one log entry; the next turn is decided while that entry is on its
 * way to disk. Callers get their answers, and watchers see the State, once the entry is durable.
 *
 * <p>{@link #turn} does all the work and needs neither a thread nor a clock, so that a test or a
 * simulation turns the engine itself; {@link RunningEngine} is the thread that turns it in a
 * process.
 */
public final class Engine {
  private final State empty;
  private final Place place;
  private final Ids ids;
  private final EngineLimits limits;
  private final Reconciling reconciling;
  private final ChangeCodec codec = new ChangeCodec();
  private final BlockingQueue<Submission<?, ?>> queue;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Log log;
  private final Consumer<Throwable> halted;

  /** What every reader sees; written by the log's thread alone. */
  private volatile Published published;

  /** Counts how often this node gained or lost leadership; written by the log's thread alone. */
  private volatile Term term = new Term(0, false);

  /** The newest draft's State, committed or not; used by the turning thread alone. */
  private State head;

  /** What follows the newest draft; it notices by itself when a head was dropped. */
  private final Companions companions = new Companions();

  private long headTerm = -1;

  /** Called when there may be something to turn. */
  private volatile Runnable wake = () -> {};

  private record Published(State state, long index) {}

  private record Term(long number, boolean leading) {}

  private record Turn(State state, List<Change<?>> changes, List<Submission<?, ?>> submissions) {}

  /**
   * @param empty the State of a control plane that nobody used yet
   * @param halted told when the log stopped for good: the process should end
   */
  public Engine(
      State empty,
      Place place,
      Ids ids,
      EngineLimits limits,
      List<Reconciler> reconcilers,
      Log log,
      Consumer<Throwable> halted) {
    this.empty = empty;
    this.place = place;
    this.ids = ids;
    this.limits = limits;
    this.reconciling = new Reconciling(reconcilers);
    this.queue = new ArrayBlockingQueue<>(limits.queue());
    this.log = log;
    this.halted = halted;
    this.published = new Published(empty, 0);
    this.head = empty;
  }

  /** Restores what the log holds. Called once, before the first turn. */
  public void open() throws IOException {
    log.open(new EngineReplica());
  }

  /** Adds a watcher; before {@link #open}, so that it misses nothing. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /** The committed State. */
  public State state() {
    return published.state;
  }

  /** Whether this node leads, so that commands are decided here. */
  public boolean leading() {
    return term.leading;
  }

  /**
   * Queues a command.
   *
   * @return its answer once it is durable; fails with the command's {@link ServiceException}, with
   *     {@code ThrottlingException} when too many commands wait, and with {@link
   *     NotLeaderException} when this node does not lead or lost the lead meanwhile
   */
  public <I, O> CompletableFuture<O> submit(Command<I, O> command, I request, Caller caller) {
    Submission<I, O> submission = new Submission<>(command, request, caller);
    if (!queue.offer(submission)) {
      submission.fail(new ServiceException("ThrottlingException", 400, "Rate exceeded"));
    }
    wake.run();
    return submission.reply();
  }

  /** Whether a turn at that time would have something to do. */
  public boolean due(Instant now) {
    Instant wakeAt = reconciling.wakeAt();
    return !queue.isEmpty()
        || term.number != headTerm
        || reconciling.hasPending()
        || (wakeAt != null && !wakeAt.isAfter(now));
  }

  /** When the next timer is due; null for never. Asked by the turning thread alone. */
  public @Nullable Instant wakeAt() {
    return reconciling.wakeAt();
  }

  /** A fault of ours: nothing that follows could be trusted, so the process should end. */
  void fail(Throwable cause) {
    log.close();
    halted.accept(cause);
  }

  void onWake(Runnable runnable) {
    wake = runnable;
  }

  /**
   * Runs one turn.
   *
   * @param clock the time; kept to the millisecond, as the API carries it
   */
  public void turn(Instant clock) {
    Instant now = clock.truncatedTo(ChronoUnit.MILLIS);
    Term current = term;
    List<Submission<?, ?>> submissions = new ArrayList<>();
    if (!current.leading) {
      headTerm = current.number;
      queue.drainTo(submissions);
      submissions.forEach(each -> each.fail(new NotLeaderException("this node does not lead")));
      return;
    }
    if (headTerm != current.number) {
      headTerm = current.number;
      head = published.state;
      reconciling.startOver(head);
    }
    Draft draft = Draft.on(head, companions);
    decide(draft, submissions, now);
    Context own = new Context(now, Caller.root(place.accountId()), place, ids);
    reconciling.run(draft, 0, own, limits.reconcilesPerTurn());
    head = draft.state();
    commit(new Turn(head, Changes.coalesced(draft.changes()), submissions));
  }

  private void decide(Draft draft, List<Submission<?, ?>> decided, Instant now) {
    while (decided.size() < limits.commandsPerTurn()
        && draft.changes().size() < limits.changesPerTurn()) {
      Submission<?, ?> next = queue.poll();
      if (next == null) {
        return;
      }
      next.decide(draft, now, place, ids);
      decided.add(next);
    }
  }

  /**
   * Appends the turn's changes. A turn without changes is answered when the turns before it are
   * durable, for its answers may tell of their changes; an empty entry keeps that order.
   */
  private void commit(Turn turn) {
    if (turn.changes.isEmpty() && turn.submissions.isEmpty()) {
      return;
    }
    CompletableFuture<Long> appended = log.append(codec.encode(turn.changes));
    appended.whenComplete((index, failure) -> tell(turn, index, failure)).exceptionally(e -> -1L);
  }

  private void tell(Turn turn, @Nullable Long index, @Nullable Throwable failure) {
    if (failure != null || index == null) {
      Throwable cause = failure == null ? new NotLeaderException("the turn was lost") : failure;
      turn.submissions.forEach(each -> each.fail(cause));
      return;
    }
    try {
      publish(new Published(turn.state, index), turn.changes);
      turn.submissions.forEach(Submission::answer);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void publish(Published next, List<Change<?>> changes) {
    published = next;
    if (term.leading && !changes.isEmpty()) {
      watchers.forEach(watcher -> watcher.committed(next.state, changes));
    }
  }

  /** This node's copy of what the log adds up to. */
  private final class EngineReplica implements Replica {
    @Override
    public void restore(long index, InputStream snapshot) throws IOException {
      published = new Published(codec.readSnapshot(empty, snapshot), index);
    }

    @Override
    public void entry(long index, byte[] bytes) {
      Draft draft = Draft.on(published.state);
      codec.apply(bytes, draft);
      published = new Published(draft.state(), index);
    }

    @Override
    public long save(OutputStream out) throws IOException {
      Published now = published;
      codec.writeSnapshot(now.state, out);
      return now.index;
    }

    @Override
    public void leads(boolean leader) {
      term = new Term(term.number + 1, leader);
      if (leader) {
        watchers.forEach(watcher -> watcher.leading(published.state));
      }
      wake.run();
    }

    @Override
    public void halted(Throwable cause) {
      term = new Term(term.number + 1, false);
      wake.run();
      halted.accept(cause);
    }
  }
}
