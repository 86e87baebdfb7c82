package dev.longshore.server.log;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the replica and completes appends, one at a time and in the order of the log. Decides for
 * each durable entry which of the two it is.
 */
final class Feed implements RaftFollower.Ear {
  // What an entry costs in memory until a snapshot replaces it, besides its bytes.
  private static final int ENTRY_OVERHEAD = 256;

  private interface Step {
    void take() throws IOException;
  }

  private final Replica replica;
  private final Flight flight;
  private final Delivery delivery;
  private final SnapshotFiles snapshots;
  private final Runnable onGrowth;
  private final Runnable onHalt;
  private final Parts parts = new Parts();
  private final AtomicLong sinceSnapshot = new AtomicLong();
  private volatile long lastIndex = -1;

  // Only touched while delivering.
  private boolean announced;
  private boolean leading;
  private long leadingTerm;
  private boolean over;
  private @Nullable Throwable failure;

  /**
   * @param onGrowth called after each entry
   * @param onHalt called once when the feed has stopped by itself
   */
  Feed(
      Replica replica,
      Flight flight,
      Delivery delivery,
      SnapshotFiles snapshots,
      Runnable onGrowth,
      Runnable onHalt) {
    this.replica = replica;
    this.flight = flight;
    this.delivery = delivery;
    this.snapshots = snapshots;
    this.onGrowth = onGrowth;
    this.onHalt = onHalt;
  }

  @Override
  public void snapshot(SingleFileSnapshotInfo snapshot) {
    delivery.entry(() -> take(() -> restore(snapshot)));
  }

  @Override
  public void entry(LogEntryProto logged) {
    delivery.entry(() -> take(() -> apply(logged)));
  }

  @Override
  public void gained(long term) {
    delivery.event(() -> take(() -> lead(term)));
  }

  @Override
  public void lost(long term) {
    flight.close(term);
    delivery.event(() -> take(() -> follow(term)));
  }

  @Override
  public void failed(Throwable cause) {
    delivery.event(() -> take(() -> halt(cause)));
  }

  /** Stops feeding; appends in flight fail. Runs {@code then} when that is done. */
  void end(Runnable then) {
    delivery.event(() -> {
      over = true;
      abandon("the log was closed");
      then.run();
    });
  }

  /** From now on a failure is told to the replica; before, to whoever opens the log. */
  void announce() {
    delivery.event(() -> announced = true);
  }

  boolean isAnnounced() {
    return announced;
  }

  boolean isLeading() {
    return leading;
  }

  /** Whether the feed has ended, by itself or otherwise. */
  boolean isOver() {
    return over;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** The latest index the replica knows of, or -1. */
  long lastIndex() {
    return lastIndex;
  }

  /** What was appended since the latest snapshot was begun, in bytes of memory. */
  long sinceSnapshot() {
    return sinceSnapshot.get();
  }

  void snapshotBegun(long counted) {
    sinceSnapshot.addAndGet(-counted);
  }

  private void take(Step step) {
    if (over) {
      return;
    }
    try {
      step.take();
    } catch (IOException | RuntimeException | Error e) {
      halt(e);
    }
  }

  private void restore(SingleFileSnapshotInfo snapshot) throws IOException {
    parts.restart();
    snapshots.read(snapshot, in -> replica.restore(snapshot.getIndex(), in));
    lastIndex = snapshot.getIndex();
  }

  private void apply(LogEntryProto logged) {
    sinceSnapshot.addAndGet(logged.getSerializedSize() + ENTRY_OVERHEAD);
    if (!parts.add(logged)) {
      return;
    }
    long index = logged.getIndex();
    lastIndex = index;
    Flight.Ticket own = flight.landed(parts.term(), parts.position());
    if (own == null) {
      replica.entry(index, parts.take());
    } else {
      parts.drop();
      own.future.complete(index);
    }
    onGrowth.run();
  }

  private void lead(long term) {
    leading = true;
    leadingTerm = term;
    flight.open(term);
    replica.leads(true);
  }

  private void follow(long term) {
    if (leading && leadingTerm == term) {
      leading = false;
      abandon("leadership was lost");
      replica.leads(false);
    }
  }

  private void halt(Throwable cause) {
    over = true;
    failure = cause;
    abandon("the log has stopped");
    if (announced) {
      replica.halted(cause);
    }
    onHalt.run();
  }

  private void abandon(String reason) {
    for (Flight.Ticket ticket : flight.abandon()) {
      ticket.future.completeExceptionally(new NotLeaderException(reason));
    }
  }
}
