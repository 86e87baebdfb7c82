package dev.longshore.bench.registry;

import dev.longshore.bench.load.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Debian's docker-registry with its files in a directory, open to all, and nothing logged. */
final class DockerRegistry implements Contender {
  private static final long START_NANOS = 20_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000L;

  private final Path data;
  private final int port;
  private final Process process;

  DockerRegistry() throws IOException {
    data = Files.createTempDirectory("docker-registry-bench");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = data.resolve("config.yml");
    Files.writeString(
        config,
        """
        version: 0.1
        log:
          level: error
          accesslog: {disabled: true}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http:
          addr: 127.0.0.1:%d
        """
            .formatted(data.resolve("files"), port));
    process =
        new ProcessBuilder("docker-registry", "serve", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitStart();
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + START_NANOS;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException("docker-registry did not start", e);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  @Override
  public String name() {
    return "docker-registry";
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public String authorization() {
    return "";
  }

  @Override
  public String credentials() {
    return "";
  }

  @Override
  public void create(String repository) {
    // It makes repositories as they are pushed to.
  }

  @Override
  public long residentMiB() throws IOException {
    return ServerProcess.residentMiB(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
