package dev.longshore.gateway;

import dev.longshore.gateway.http.AccessEntry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request, in a file for each load balancer, and begins a new file when one
 * is full. Event loops only put into a queue; when the disk cannot follow, lines are lost and
 * counted, not requests held up.
 */
final class AccessLogs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogs.class);
  private static final int QUEUE = 32_768;
  private static final long FLUSH_MILLIS = 200;
  private static final int KEPT = 5;

  private final Path directory;
  private final long fileBytes;
  private final BlockingQueue<AccessEntry> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder lost = new LongAdder();
  private final Map<String, Log> logs = new LinkedHashMap<>();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("access-logs").unstarted(this::run);
  private volatile boolean closing;

  private static final class Log {
    private final BufferedWriter out;
    private long bytes;

    private Log(BufferedWriter out, long bytes) {
      this.out = out;
      this.bytes = bytes;
    }
  }

  /**
   * @param fileBytes how long a file may get; five old ones are kept beside it
   */
  AccessLogs(Path directory, long fileBytes) {
    this.directory = directory;
    this.fileBytes = fileBytes;
    writer.start();
  }

  /** Takes an entry, if there is room. From any thread. */
  void add(AccessEntry entry) {
    if (!queue.offer(entry)) {
      lost.increment();
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        AccessEntry next = queue.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        for (AccessEntry each = next; each != null; each = queue.poll()) {
          write(each);
        }
        flush();
        long missing = lost.sumThenReset();
        if (missing > 0) {
          LOG.warn("{} lines of access logs were lost: the disk does not keep up.", missing);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    logs.values().forEach(AccessLogs::close);
  }

  private void write(AccessEntry entry) {
    String line = AccessLine.of(entry) + '\n';
    Path file = directory.resolve(entry.balancer().replace('/', '.') + ".log");
    try {
      Log log = logs.get(entry.balancer());
      if (log != null && log.bytes >= fileBytes) {
        close(log);
        logs.remove(entry.balancer());
        rotate(file);
        log = null;
      }
      if (log == null) {
        log = open(file);
        logs.put(entry.balancer(), log);
      }
      log.out.write(line);
      log.bytes += line.length();
    } catch (IOException e) {
      lost.increment();
      LOG.warn("Cannot write {}", file, e);
    }
  }

  private Log open(Path file) throws IOException {
    Files.createDirectories(directory);
    BufferedWriter out =
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new Log(out, Files.size(file));
  }

  private static void rotate(Path file) throws IOException {
    for (int i = KEPT; i > 0; i--) {
      Path older = file.resolveSibling(file.getFileName() + "." + i);
      Path newer = i == 1 ? file : file.resolveSibling(file.getFileName() + "." + (i - 1));
      if (Files.exists(newer)) {
        Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void flush() {
    for (Log each : logs.values()) {
      try {
        each.out.flush();
      } catch (IOException e) {
        LOG.warn("Cannot write an access log", e);
      }
    }
  }

  private static void close(Log log) {
    try {
      log.out.close();
    } catch (IOException e) {
      LOG.warn("Cannot end an access log", e);
    }
  }

  /** Writes what was taken, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
