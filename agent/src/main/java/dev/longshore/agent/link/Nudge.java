package dev.longshore.agent.link;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A wait that any thread can end for all who wait. */
public final class Nudge {
  private final Lock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();
  private long rounds;

  /** Waits for the time, or less if somebody gives the nudge; says whether somebody did. */
  public boolean await(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long before = rounds;
      long left = time.toNanos();
      while (before == rounds && left > 0) {
        left = given.awaitNanos(left);
      }
      return before != rounds;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits under way; those begun later wait for the next. */
  public void give() {
    lock.lock();
    try {
      rounds++;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
