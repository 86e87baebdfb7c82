package dev.longshore.gateway;

import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.RoutesJson;
import dev.longshore.wire.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes in a file: a gateway keeps its last ones there to begin with, and others may follow them.
 * The file holds private keys, so only its owner may read it.
 */
public final class RoutesFile {
  private static final Logger LOG = LoggerFactory.getLogger(RoutesFile.class);

  private final Path file;
  private final Path directory;

  public RoutesFile(Path file) {
    this.file = file.toAbsolutePath();
    this.directory = Objects.requireNonNull(this.file.getParent(), "a file has a directory");
  }

  /**
   * Replaces the file's routes; whoever reads sees the old ones or these, never half, whatever
   * becomes of this process or the machine.
   *
   * @throws IOException where the file cannot be written
   */
  public void write(Routes routes) throws IOException {
    Path fresh =
        Files.createTempFile(
            directory,
            ".routes",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer text = StandardCharsets.UTF_8.encode(RoutesJson.write(routes));
        while (text.hasRemaining()) {
          out.write(text);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * The file's routes, or none where there is no file.
   *
   * @throws IOException where there is one that cannot be read, or holds something else
   */
  public Optional<Routes> read() throws IOException {
    try {
      return Optional.of(RoutesJson.read(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      throw new IOException("no routes in " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the file now and whenever it is replaced, and hands its routes on, until the thread is
   * interrupted. What cannot be read is logged, and the routes before stay.
   *
   * @throws IOException where the file's directory cannot be watched
   */
  public void follow(Consumer<Routes> follower) throws IOException {
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      hand(follower);
      while (true) {
        WatchKey key = watch.take();
        boolean touched =
            key.pollEvents().stream().anyMatch(each -> file.getFileName().equals(each.context()));
        if (touched) {
          hand(follower);
        }
        key.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Consumer<Routes> follower) {
    try {
      read().ifPresent(follower);
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("The routes stay as they were.", e);
    }
  }
}
