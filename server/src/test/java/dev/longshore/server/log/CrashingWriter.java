package dev.longshore.server.log;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * A process to be killed: opens a log of numbers, checks that what it holds is 0, 1, 2 … without
 * gap or repetition, says how many there are, and appends the following ones, saying which are
 * acknowledged, until it is killed.
 */
final class CrashingWriter implements Replica {
  private static final int IN_FLIGHT = 64;

  private record Written(long count, long index) {}

  private final PrintStream out;
  private volatile Written written = new Written(0, -1);

  private CrashingWriter(PrintStream out) {
    this.out = out;
  }

  /** Arguments: the log's directory, a seed, and how many to append before a clean end, or none. */
  public static void main(String[] args) throws Exception {
    Random random = new Random(Long.parseLong(args[1]));
    long end = args.length > 2 ? Long.parseLong(args[2]) : Long.MAX_VALUE;
    CrashingWriter writer =
        new CrashingWriter(new PrintStream(new BufferedOutputStream(System.out), true));
    RaftLogConfig config =
        new RaftLogConfig(Path.of(args[0]), "alone", List.of(), Duration.ofMillis(500), 1 << 20);
    try (RaftLog log = new RaftLog(config)) {
      writer.out.println("start");
      log.open(writer);
      writer.out.println("restored " + writer.written.count());
      writer.append(log, random, end);
    }
  }

  private void append(RaftLog log, Random random, long end) throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (long next = written.count(); next < end; next++) {
      room.acquire();
      long number = next;
      var _ =
          log.append(entry(number, random))
              .whenComplete((durable, failure) -> {
                if (failure != null) {
                  throw broken("append failed: " + failure);
                }
                take(durable, number);
                out.println("acknowledged " + number);
                room.release();
              });
    }
    room.acquire(IN_FLIGHT);
  }

  /** Mostly small, sometimes of several parts, so that kills hit writes of every length. */
  private static byte[] entry(long number, Random random) {
    int length =
        switch (random.nextInt(50)) {
          case 0 -> random.nextInt(3 << 20);
          case 1, 2, 3, 4 -> random.nextInt(100_000);
          default -> random.nextInt(1_000);
        };
    byte[] entry = new byte[8 + length];
    random.nextBytes(entry);
    ByteBuffer.wrap(entry).putLong(number);
    return entry;
  }

  private void take(long index, long number) {
    Written before = written;
    if (number != before.count() || index <= before.index()) {
      throw broken(number + " at " + index + " follows " + before);
    }
    written = new Written(number + 1, index);
  }

  private IllegalStateException broken(String what) {
    out.println("broken: " + what);
    Runtime.getRuntime().halt(1);
    return new IllegalStateException(what);
  }

  @Override
  public void restore(long restored, InputStream snapshot) throws IOException {
    written = new Written(new DataInputStream(snapshot).readLong(), restored);
    out.println("snapshot of " + written.count());
  }

  @Override
  public void entry(long newIndex, byte[] bytes) {
    take(newIndex, ByteBuffer.wrap(bytes).getLong());
  }

  @Override
  public long save(OutputStream snapshot) throws IOException {
    Written saved = written;
    new DataOutputStream(snapshot).writeLong(saved.count());
    return saved.index();
  }

  @Override
  public void leads(boolean leader) {}

  @Override
  public void halted(Throwable cause) {
    throw broken("halted: " + cause);
  }
}
