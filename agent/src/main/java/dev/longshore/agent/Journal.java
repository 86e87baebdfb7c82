package dev.longshore.agent;

import dev.longshore.agent.task.InstanceRow;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the agent must not forget, on disk: one JSON line per change, the newest of a task counts.
 * Saving returns when the lines are forced to the disk. When the file has grown to several times
 * what is alive, it is written anew beside the old one and takes its place by a rename. For one
 * thread.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final String FILE = "agent.journal";
  private static final long LEAST_TO_COMPACT = 1 << 20;
  private static final int WASTE = 4;

  private final Path file;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Map<String, TaskRow> tasks = new LinkedHashMap<>();
  private FileChannel channel;
  private InstanceRow instance = InstanceRow.fresh();
  private long size;
  private long compacted;

  private Journal(Path file, FileChannel lockFile, FileLock lock) throws IOException {
    this.file = file;
    this.lockFile = lockFile;
    this.lock = lock;
    if (Files.exists(file)) {
      replay(Files.readString(file));
    }
    channel = compact();
  }

  /**
   * Opens the directory's journal, or begins it.
   *
   * @throws IOException also when another agent has it open
   */
  static Journal open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean opened = false;
    try {
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        throw new IOException("another agent uses " + directory);
      }
      Journal journal = new Journal(directory.resolve(FILE), lockFile, lock);
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        lockFile.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return null;
    }
  }

  List<TaskRow> tasks() {
    return List.copyOf(tasks.values());
  }

  InstanceRow instance() {
    return instance;
  }

  /**
   * Makes the rows safe; returns when they are on the disk.
   *
   * @param touched ARNs of tasks that may have changed; one without a row is forgotten
   */
  void save(Map<String, TaskRow> rows, Iterable<String> touched, InstanceRow newInstance)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String arn : touched) {
      TaskRow row = rows.get(arn);
      if (row == null) {
        if (tasks.remove(arn) != null) {
          lines.append(line(arn, null));
        }
      } else if (!row.equals(tasks.put(arn, row))) {
        lines.append(line(arn, row));
      }
    }
    if (!newInstance.equals(instance)) {
      instance = newInstance;
      lines.append(line(newInstance));
    }
    append(lines.toString());
  }

  private void append(String lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    size += write(channel, lines);
    channel.force(false);
    if (size > LEAST_TO_COMPACT && size > WASTE * compacted) {
      FileChannel old = channel;
      channel = compact();
      old.close();
    }
  }

  private static int write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    int length = bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return length;
  }

  /** Writes what is alive into a new file that takes the old one's place. */
  private FileChannel compact() throws IOException {
    Path next = file.resolveSibling(FILE + ".new");
    FileChannel fresh =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    StringBuilder lines = new StringBuilder(line(instance));
    tasks.forEach((arn, row) -> lines.append(line(arn, row)));
    compacted = write(fresh, lines.toString());
    size = compacted;
    fresh.force(true);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    return fresh;
  }

  private static String line(InstanceRow row) {
    return Json.fields().with("instance", RecordJson.write(row)).write() + "\n";
  }

  private static String line(String arn, @Nullable TaskRow row) {
    return Json.fields().with("task", Json.of(arn)).with("row", RecordJson.write(row)).write()
        + "\n";
  }

  private void replay(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      apply(text.substring(from, end));
      from = end + 1;
    }
    if (from < text.length()) {
      // The write was cut short, so nobody was told of it.
      LOG.warn("the journal's last line is not whole and is left out");
    }
  }

  private void apply(String line) {
    Json json;
    try {
      json = Json.parse(line);
    } catch (JsonSyntaxException e) {
      throw new UncheckedIOException(new IOException("journal is damaged: " + file, e));
    }
    String arn = json.at("task").text();
    if (!json.at("instance").isNull()) {
      instance = RecordJson.read(json.at("instance"), InstanceRow.class);
    } else if (json.at("row").isNull()) {
      tasks.remove(arn);
    } else {
      tasks.put(arn, RecordJson.read(json.at("row"), TaskRow.class));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    lock.release();
    lockFile.close();
  }
}
