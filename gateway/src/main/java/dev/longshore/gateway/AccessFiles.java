package dev.longshore.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines for each load balancer, {@code app.NAME.ID.log}, and as it grows {@code .log.1},
 * the newest of those before it, and so on. The oldest go, of one load balancer as of all. Only
 * their owner may read them, for URLs can hold secrets. For one thread.
 */
final class AccessFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AccessFiles.class);
  private static final int OLDER = 5;

  /** So many are written to at once; the one that was not for longest is closed. */
  private static final int OPEN = 32;

  /** What is ours in a directory that may hold other things. */
  private static final Pattern OURS = Pattern.compile("(app|net)\\..*\\.log(\\.[1-5])?");

  private final Path directory;
  private final long fileBytes;
  private final long mostBytes;
  private final Map<String, Log> logs = new LinkedHashMap<>(OPEN, 0.75f, true);

  private static final class Log {
    private final OutputStream out;
    private long bytes;

    private Log(OutputStream out, long bytes) {
      this.out = out;
      this.bytes = bytes;
    }
  }

  private record Found(Path file, long bytes, FileTime written) {}

  /**
   * @param directory made with the first line
   * @param fileBytes how long a file may get, but for its last line
   * @param mostBytes how long all files together may be whenever another one is begun
   */
  AccessFiles(Path directory, long fileBytes, long mostBytes) {
    this.directory = directory;
    this.fileBytes = fileBytes;
    this.mostBytes = mostBytes;
  }

  void write(String balancer, String line) throws IOException {
    Log log = logs.get(balancer);
    if (log != null && log.bytes >= fileBytes) {
      logs.remove(balancer);
      log.out.close();
      rotate(file(balancer));
      log = null;
    }
    if (log == null) {
      log = open(balancer);
    }
    byte[] bytes = (line + '\n').getBytes(UTF_8);
    try {
      log.out.write(bytes);
    } catch (IOException e) {
      drop(balancer, log);
      throw e;
    }
    log.bytes += bytes.length;
  }

  private Path file(String balancer) {
    return directory.resolve(balancer.replace('/', '.') + ".log");
  }

  private Log open(String balancer) throws IOException {
    Files.createDirectories(directory, owned("rwx------"));
    makeRoom();
    if (logs.size() >= OPEN) {
      Map.Entry<String, Log> eldest = logs.entrySet().iterator().next();
      drop(eldest.getKey(), eldest.getValue());
    }
    Path file = file(balancer);
    if (!Files.exists(file)) {
      Files.createFile(file, owned("rw-------"));
    }
    var out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND));
    Log log = new Log(out, Files.size(file));
    logs.put(balancer, log);
    return log;
  }

  private static FileAttribute<Set<PosixFilePermission>> owned(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Removes the oldest files until another full one has room. */
  private void makeRoom() throws IOException {
    List<Found> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        String name = each.getFileName().toString();
        if (OURS.matcher(name).matches() && !isOpen(each)) {
          all.add(new Found(each, Files.size(each), Files.getLastModifiedTime(each)));
        }
      }
    }
    long bytes = fileBytes * (logs.size() + 1L);
    for (Found each : all) {
      bytes += each.bytes();
    }
    all.sort(Comparator.comparing(Found::written));
    for (Found each : all) {
      if (bytes > mostBytes) {
        Files.delete(each.file());
        bytes -= each.bytes();
      }
    }
  }

  private boolean isOpen(Path file) {
    return logs.keySet().stream().anyMatch(each -> file(each).equals(file));
  }

  private static void rotate(Path file) throws IOException {
    for (int i = OLDER; i > 0; i--) {
      Path older = file.resolveSibling(file.getFileName() + "." + i);
      Path newer = i == 1 ? file : file.resolveSibling(file.getFileName() + "." + (i - 1));
      if (Files.exists(newer)) {
        Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Lets whoever reads see all that was written. */
  void flush() throws IOException {
    for (Map.Entry<String, Log> each : List.copyOf(logs.entrySet())) {
      try {
        each.getValue().out.flush();
      } catch (IOException e) {
        drop(each.getKey(), each.getValue());
        throw e;
      }
    }
  }

  /** The next line begins where the file ends then. */
  private void drop(String balancer, Log log) {
    logs.remove(balancer);
    try {
      log.out.close();
    } catch (IOException e) {
      LOG.warn("The end of {} may be missing", file(balancer), e);
    }
  }

  void close() {
    List.copyOf(logs.entrySet()).forEach(each -> drop(each.getKey(), each.getValue()));
  }
}
