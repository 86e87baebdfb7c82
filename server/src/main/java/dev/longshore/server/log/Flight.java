package dev.longshore.server.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The appends that are not durable yet, in order, and the limit on how many there may be. Where the
 * appending thread and the log's own threads meet; guarded by one lock, never held while calling
 * out.
 */
final class Flight {

  /**
   * One append: the parts it was cut into hold the positions {@code first} to {@code last} among
   * all parts that were appended under one leadership.
   */
  static final class Ticket {
    final long term;
    final long first;
    final long last;
    final int bytes;
    final CompletableFuture<Long> future = new CompletableFuture<>();

    Ticket(long term, long first, long last, int bytes) {
      this.term = term;
      this.first = first;
      this.last = last;
      this.bytes = bytes;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Ticket> pending = new ArrayDeque<>();
  private int pendingBytes;
  private boolean open;
  private long term;
  private long nextPosition;

  /** Whether anyone may board. */
  boolean isOpen() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Lets appends board: this node leads from now on. Positions begin anew with each term. */
  void open(long newTerm) {
    lock.lock();
    try {
      open = true;
      term = newTerm;
      nextPosition = 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes an append on board, after waiting for room if need be.
   *
   * @param mayWait false on a thread that would have to make the room itself
   * @return nothing if this node does not lead
   * @throws IllegalStateException if there is no room and the caller must not wait
   */
  @Nullable Ticket board(int bytes, int parts, boolean mayWait) {
    lock.lock();
    try {
      while (open && !hasRoom(bytes)) {
        if (!mayWait) {
          throw new IllegalStateException("an append from within a callback finds no room");
        }
        changed.awaitUninterruptibly();
      }
      if (!open) {
        return null;
      }
      Ticket ticket = new Ticket(term, nextPosition, nextPosition + parts - 1, bytes);
      nextPosition += parts;
      pending.add(ticket);
      pendingBytes += bytes;
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(int bytes) {
    return pending.isEmpty()
        || (pending.size() < Log.MAX_IN_FLIGHT_ENTRIES
            && pendingBytes <= Log.MAX_IN_FLIGHT_BYTES - bytes);
  }

  /** Removes and returns the oldest append if the part at that position is its last one. */
  @Nullable Ticket landed(long partTerm, long position) {
    lock.lock();
    try {
      Ticket oldest = pending.peek();
      if (oldest == null || oldest.term != partTerm || oldest.last != position) {
        return null;
      }
      pending.remove();
      pendingBytes -= oldest.bytes;
      changed.signalAll();
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody board any more under that leadership; who is on board stays. */
  void close(long oldTerm) {
    lock.lock();
    try {
      if (term == oldTerm) {
        open = false;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes under any leadership and returns who is on board, in order, to be told. */
  List<Ticket> abandon() {
    lock.lock();
    try {
      open = false;
      List<Ticket> abandoned = new ArrayList<>(pending);
      pending.clear();
      pendingBytes = 0;
      changed.signalAll();
      return abandoned;
    } finally {
      lock.unlock();
    }
  }
}
