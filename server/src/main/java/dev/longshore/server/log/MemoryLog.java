package dev.longshore.server.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A log for tests and simulations: nothing outlives the process, nothing happens by itself. It has
 * no thread and no clock, so a test that drives it from one thread is repeatable. Not for use by
 * two threads at once.
 *
 * <p>As it stands every append is durable at once. After {@link #hold} appends stay in flight until
 * {@link #commit}; {@link #crash}, {@link #loseLeadership} and {@link #halt} do what a machine or a
 * network may do.
 */
public final class MemoryLog implements Log {
  private static final long NONE = -1;

  private static final class InFlight {
    final byte[] bytes;
    final CompletableFuture<Long> future = new CompletableFuture<>();

    InFlight(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private final NavigableMap<Long, byte[]> durable;
  private final Deque<InFlight> inFlight = new ArrayDeque<>();
  private byte @Nullable [] saved;
  private long savedIndex;
  private @Nullable Replica replica;
  private long lastIndex;
  private long inFlightBytes;
  private boolean held;
  private boolean leader;
  private boolean closed;

  /** An empty log. */
  public MemoryLog() {
    this.durable = new TreeMap<>();
    this.savedIndex = NONE;
  }

  private MemoryLog(MemoryLog crashed) {
    this.durable = new TreeMap<>(crashed.durable);
    this.saved = crashed.saved;
    this.savedIndex = crashed.savedIndex;
    this.lastIndex = crashed.lastIndex;
  }

  @Override
  public void open(Replica opened) throws IOException {
    if (replica != null || closed) {
      throw new IllegalStateException("this log was opened before");
    }
    replica = opened;
    if (saved != null) {
      opened.restore(savedIndex, new ByteArrayInputStream(saved));
    }
    for (Map.Entry<Long, byte[]> entry : durable.entrySet()) {
      opened.entry(entry.getKey(), entry.getValue().clone());
    }
    gainLeadership();
  }

  @Override
  public CompletableFuture<Long> append(byte[] entry) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException(
          "an entry of " + entry.length + " bytes; at most " + MAX_ENTRY_BYTES + " are allowed");
    }
    if (!leader) {
      return CompletableFuture.failedFuture(new NotLeaderException("this node does not lead"));
    }
    // There is nobody to wait for, so room is made the way it would be gained by waiting.
    while (inFlight.size() >= MAX_IN_FLIGHT_ENTRIES
        || (!inFlight.isEmpty() && inFlightBytes + entry.length > MAX_IN_FLIGHT_BYTES)) {
      commit(1);
    }
    InFlight appended = new InFlight(entry);
    inFlight.add(appended);
    inFlightBytes += entry.length;
    if (!held) {
      commit(1);
    }
    return appended.future;
  }

  @Override
  public boolean leader() {
    return leader;
  }

  @Override
  public CompletableFuture<Long> snapshot() {
    if (replica == null || closed) {
      return CompletableFuture.failedFuture(new IOException("the log is not open"));
    }
    if (durable.isEmpty()) {
      return CompletableFuture.completedFuture(savedIndex);
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      savedIndex = replica.save(out);
      saved = out.toByteArray();
      durable.headMap(savedIndex, true).clear();
      return CompletableFuture.completedFuture(savedIndex);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      leader = false;
      failInFlight("the log was closed");
    }
  }

  /** From now on appends stay in flight until {@link #commit} or {@link #release}. */
  public void hold() {
    held = true;
  }

  /** Commits what is in flight, and from now on every append at once. */
  public void release() {
    held = false;
    commit(inFlight.size());
  }

  /** How many appends are in flight. */
  public int inFlight() {
    return inFlight.size();
  }

  /** Makes the oldest {@code count} appends in flight durable and completes them. */
  public void commit(int count) {
    for (int i = 0; i < count && !inFlight.isEmpty(); i++) {
      InFlight oldest = inFlight.remove();
      inFlightBytes -= oldest.bytes.length;
      oldest.future.complete(store(oldest.bytes));
    }
  }

  /**
   * Takes leadership away: the appends in flight fail, the oldest {@code survivors} of them become
   * durable nevertheless (a later leader had received them) and come back as entries.
   */
  public void loseLeadership(int survivors) {
    Replica follower = opened();
    Deque<InFlight> pending = new ArrayDeque<>(inFlight);
    leader = false;
    failInFlight("leadership was lost");
    follower.leads(false);
    for (int i = 0; i < survivors && !pending.isEmpty(); i++) {
      byte[] bytes = pending.remove().bytes;
      follower.entry(store(bytes), bytes.clone());
    }
  }

  /** Adds an entry that another node appended, as a follower sees it. */
  public void follow(byte[] entry) {
    if (leader) {
      throw new IllegalStateException("only a node that does not lead receives others' entries");
    }
    opened().entry(store(entry), entry.clone());
  }

  /** Gives leadership (back), as {@link #open} does. */
  public void gainLeadership() {
    // A new leader begins with a note of its own, which is why indexes have gaps.
    lastIndex++;
    leader = true;
    opened().leads(true);
  }

  /** Stops the log as a failing disk would. */
  public void halt(Throwable cause) {
    Replica stopped = opened();
    close();
    stopped.halted(cause);
  }

  /**
   * Kills the process: this log never completes or calls anything again. Of the appends in flight
   * the oldest {@code survivors} had reached the disk.
   *
   * @return what a process started afterwards finds; to be opened
   */
  public MemoryLog crash(int survivors) {
    for (int i = 0; i < survivors && !inFlight.isEmpty(); i++) {
      store(inFlight.remove().bytes);
    }
    inFlight.clear();
    closed = true;
    leader = false;
    return new MemoryLog(this);
  }

  private long store(byte[] bytes) {
    durable.put(++lastIndex, bytes);
    return lastIndex;
  }

  private Replica opened() {
    if (replica == null || closed) {
      throw new IllegalStateException("the log is not open");
    }
    return replica;
  }

  private void failInFlight(String reason) {
    inFlightBytes = 0;
    while (!inFlight.isEmpty()) {
      inFlight.remove().future.completeExceptionally(new NotLeaderException(reason));
    }
  }
}
