package dev.longshore.server.log;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * An ordered, durable log of opaque entries that keeps one {@link Replica} in step on every node.
 *
 * <p>Every entry that becomes durable reaches the Replica of every node exactly once and in the
 * same order: on the node that appended it by completing the future of {@link #append}, everywhere
 * else (and after a restart) through {@link Replica#entry}. Completions and calls of the Replica
 * never overlap and happen in the order of the log, so whoever is called needs no lock, but must
 * not block for long: nothing else moves meanwhile.
 *
 * <p>Indexes grow with every entry but have gaps, because the log keeps notes of its own in
 * between.
 */
public interface Log extends AutoCloseable {

  /** The longest entry, 16 MiB: a bound on what one turn may cost in memory and on the wire. */
  int MAX_ENTRY_BYTES = 16 << 20;

  /** How many entries may be appended and not yet durable before {@link #append} waits. */
  int MAX_IN_FLIGHT_ENTRIES = 1024;

  /** How many bytes may be appended and not yet durable before {@link #append} waits: 64 MiB. */
  int MAX_IN_FLIGHT_BYTES = 64 << 20;

  /**
   * Opens the log and restores the Replica: the latest snapshot, if there is one, then every entry
   * after it that is known to be durable, all on the calling thread. Where this node is the only
   * peer that is everything, and the node leads when this method returns. In a group the method
   * does not wait for the others: what they know follows through {@link Replica#entry}. May be
   * called once.
   *
   * @throws IOException if the directory is in use by another process, was made for other peers, or
   *     holds what cannot be read back
   */
  void open(Replica replica) throws IOException;

  /**
   * Appends an entry. Many may be in flight; they become durable in the order of the calls, which
   * have to come from one thread at a time. The array now belongs to the log and must not change.
   * When {@link #MAX_IN_FLIGHT_ENTRIES} or {@link #MAX_IN_FLIGHT_BYTES} would be exceeded the call
   * waits for room, which pushes back on the caller; it never waits longer than leadership lasts.
   *
   * @return the entry's index once it is durable on a quorum (on this disk where there is one
   *     peer). Fails with {@link NotLeaderException} when this node does not lead or ceases to;
   *     then every append still in flight fails too, in order, and so does every later one until
   *     {@link Replica#leads} says otherwise. An append that failed may nevertheless turn out
   *     durable: then it comes back through {@link Replica#entry}.
   * @throws IllegalArgumentException if the entry is longer than {@link #MAX_ENTRY_BYTES}
   */
  CompletableFuture<Long> append(byte[] entry);

  /** Whether this node may append now; {@link Replica#leads} tells of every change. */
  boolean leader();

  /**
   * Takes a snapshot now, as the log also does by itself when much was written since the last one,
   * and drops the entries it makes superfluous. The writer is not stopped meanwhile.
   *
   * @return the index of the latest snapshot, which is an older one if nothing happened since, and
   *     -1 if nothing ever happened. Fails if the snapshot could not be written.
   */
  CompletableFuture<Long> snapshot();

  /** Stops without a further snapshot. Appends in flight fail. Closing again does nothing. */
  @Override
  void close();
}
