package dev.longshore.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.api.Audit;
import dev.longshore.wire.json.Members;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as JSON lines: {@code audit.jsonl}, and as it grows {@code audit.1.jsonl}, the
 * newest of those before it, and so on; the oldest goes. Only its owner may read it. Requests and
 * answers do not stand in it, so no secret does. A caller never waits for it: lines beyond what the
 * disk can take are left out, and a line says how many.
 */
public final class AuditFiles implements Audit, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFiles.class);
  private static final int WAITING = 8192;
  private static final String NAME = "audit.jsonl";

  private final Path directory;
  private final long mostBytes;
  private final int mostFiles;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong left = new AtomicLong();
  private final Thread writer;
  private long written;

  /** A line to write; of an empty one, the last. */
  private record Line(String text) {}

  private static final Line END = new Line("");

  private AuditFiles(Path directory, long mostBytes, int mostFiles) throws IOException {
    this.directory = directory;
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
    Files.createDirectories(directory);
    writer = Thread.ofPlatform().daemon().name("audit").unstarted(this::write);
  }

  /**
   * Writes into that directory from now on.
   *
   * @param mostBytes that a file may have, but for its last line
   * @param mostFiles that are kept, the one that is written to among them
   */
  public static AuditFiles in(Path directory, long mostBytes, int mostFiles) throws IOException {
    AuditFiles files = new AuditFiles(directory, mostBytes, mostFiles);
    files.writer.start();
    return files;
  }

  @Override
  public void record(Entry entry) {
    Members line =
        new Members()
            .put("time", entry.time().toString())
            .put("requestId", entry.requestId())
            .put("principal", entry.principal())
            .put("sourceIp", entry.sourceIp())
            .put("userAgent", entry.userAgent())
            .put("action", entry.action())
            .put("resources", entry.resources())
            .put("allowed", entry.allowed())
            .put("error", entry.error());
    if (!waiting.offer(new Line(line.json().write()))) {
      left.incrementAndGet();
    }
  }

  private void write() {
    boolean open = true;
    while (open) {
      try (OutputStream out = opened()) {
        open = fill(out);
      } catch (IOException e) {
        LOG.error("A line of the audit log was not written.", e);
        open = skip();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (open && written >= mostBytes) {
        turn();
      }
    }
  }

  /** Gives up one line, lest a disk that fails be asked without end; false for the last one. */
  private boolean skip() {
    try {
      left.incrementAndGet();
      return !waiting.take().equals(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Writes until the file is full; false after the last line of all. */
  private boolean fill(OutputStream out) throws IOException, InterruptedException {
    while (written < mostBytes) {
      Line line = waiting.poll();
      if (line == null) {
        out.flush();
        line = waiting.take();
      }
      if (line.equals(END)) {
        return false;
      }
      put(out, line.text());
      long lost = left.getAndSet(0);
      if (lost > 0) {
        put(out, new Members().put("leftOut", Long.toString(lost)).json().write());
      }
    }
    return true;
  }

  private void put(OutputStream out, String line) throws IOException {
    byte[] bytes = (line + '\n').getBytes(UTF_8);
    out.write(bytes);
    written += bytes.length;
  }

  private OutputStream opened() throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    written = Files.size(file);
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND));
  }

  private void turn() {
    try {
      Files.deleteIfExists(numbered(mostFiles - 1));
      for (int number = mostFiles - 2; number >= 0; number--) {
        Path file = numbered(number);
        if (Files.exists(file)) {
          Files.move(file, numbered(number + 1), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      LOG.error("The files of the audit log could not take turns.", e);
    }
  }

  private Path numbered(int number) {
    return directory.resolve(number == 0 ? NAME : "audit." + number + ".jsonl");
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    try {
      waiting.put(END);
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
