package dev.longshore.server.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Prints what the durable log does on this machine, beside a bare fdatasync. Run with an empty
 * directory as the only argument; takes about half a minute.
 */
final class LogMeasurement {
  private static final PrintStream OUT = System.out;
  private static final int ENTRY = 1024;

  private LogMeasurement() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    long began = System.nanoTime();
    RaftLog log = new RaftLog(RaftLogConfig.alone(directory.resolve("log")));
    Counter counter = new Counter();
    log.open(counter);
    OUT.printf("open, new: %d ms%n", since(began));
    for (int round = 0; round < 3; round++) {
      OUT.printf("-- round %d%n", round);
      sync(directory.resolve("bare"));
      report("one writer", 4_000, () -> counter.append(log).join());
      for (int window : new int[] {1, 64, 256}) {
        pipelined(log, counter, window, window == 1 ? 4_000 : 40_000);
      }
    }
    began = System.nanoTime();
    log.close();
    OUT.printf("close: %d ms%n", since(began));
    Counter replayed = new Counter();
    began = System.nanoTime();
    RaftLog again = new RaftLog(RaftLogConfig.alone(directory.resolve("log")));
    again.open(replayed);
    OUT.printf("open, %d entries replayed: %d ms%n", replayed.entries, since(began));
    again.close();
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4 << 20));
      channel.force(true);
      channel.position(0);
      report("bare write and fdatasync", 2_000, () -> writeAndSync(channel));
    }
  }

  private static long writeAndSync(FileChannel channel) {
    try {
      channel.write(ByteBuffer.allocate(ENTRY));
      channel.force(false);
      return 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void report(String name, int count, LongSupplier step) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      long _ = step.getAsLong();
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    OUT.printf(
        "%s: p50 %d us, p99 %d us%n",
        name, nanos[count / 2] / 1000, nanos[count * 99 / 100] / 1000);
  }

  private static void pipelined(Log log, Counter counter, int window, int count)
      throws InterruptedException {
    Semaphore room = new Semaphore(window);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      room.acquire();
      var _ = counter.append(log).whenComplete((_, _) -> room.release());
    }
    room.acquire(window);
    OUT.printf("%d in flight: %d entries/s%n", window, count * 1000L / Math.max(1, since(began)));
  }

  private static final class Counter implements Replica {
    private volatile long last = -1;
    private int entries;

    CompletableFuture<Long> append(Log log) {
      return log.append(new byte[ENTRY]).whenComplete((index, _) -> last = index);
    }

    @Override
    public void restore(long index, InputStream snapshot) {
      last = index;
    }

    @Override
    public void entry(long index, byte[] bytes) {
      last = index;
      entries++;
    }

    @Override
    public long save(OutputStream out) {
      return last;
    }

    @Override
    public void leads(boolean leader) {}

    @Override
    public void halted(Throwable cause) {
      cause.printStackTrace();
    }
  }
}
