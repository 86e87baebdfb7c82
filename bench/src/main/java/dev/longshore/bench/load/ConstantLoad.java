package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a constant rate, by turns to all tasks that their orchestrator calls running. Like a
 * load balancer it asks a new task once before it sends it anything that counts, and looks many
 * times a second which tasks there are.
 */
final class ConstantLoad implements AutoCloseable {
  static final int PER_SECOND = 100;
  private static final long LOOK_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);

  private final Orchestrator orchestrator;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final Thread looking;
  private final Thread sending;
  private volatile List<Orchestrator.Target> targets = List.of();
  private volatile boolean over;

  ConstantLoad(Orchestrator orchestrator) {
    this.orchestrator = orchestrator;
    looking = Thread.ofVirtual().start(this::look);
    sending = Thread.ofPlatform().start(this::send);
  }

  int answered() {
    return answered.get();
  }

  int failed() {
    return failed.get();
  }

  /** Waits until it has exactly so many tasks to ask. */
  List<Orchestrator.Target> await(int count) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (targets.size() != count) {
      if (System.nanoTime() > end) {
        throw new IOException(orchestrator.name() + " has " + targets + " and not " + count);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return targets;
  }

  private void look() {
    while (!over) {
      try {
        List<Orchestrator.Target> found = new ArrayList<>();
        for (Orchestrator.Target target : orchestrator.running()) {
          if (targets.contains(target) || answers(target)) {
            found.add(target);
          }
        }
        targets = List.copyOf(found);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void send() {
    long start = System.nanoTime();
    for (long number = 0; !over; number++) {
      List<Orchestrator.Target> now = targets;
      if (!now.isEmpty()) {
        Orchestrator.Target target = now.get((int) (number % now.size()));
        Thread.ofVirtual().start(() -> (answers(target) ? answered : failed).incrementAndGet());
      }
      long due = start + (number + 1) * 1_000_000_000 / PER_SECOND;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private static boolean answers(Orchestrator.Target target) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(target.host(), target.port()), TIMEOUT_MILLIS);
      socket.getOutputStream().write(REQUEST);
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return answer.contains(" 200 ") && answer.endsWith("served\n");
    } catch (IOException e) {
      // It is counted; which way a request fails makes no difference.
      return false;
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      looking.join();
      sending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
