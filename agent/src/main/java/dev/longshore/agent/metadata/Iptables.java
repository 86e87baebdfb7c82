package dev.longshore.agent.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's packet filter. */
interface Iptables {
  /**
   * Runs {@code iptables} with these arguments and answers what it printed.
   *
   * @throws IOException when it fails, with its own message
   */
  String run(List<String> arguments) throws IOException;

  /** The iptables command of this machine, where there is one. */
  static Optional<Iptables> installed() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
        .map(directory -> Path.of(directory, "iptables"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(command -> arguments -> execute(command, arguments));
  }

  private static String execute(Path command, List<String> arguments) throws IOException {
    var line = new ArrayList<String>();
    line.add(command.toString());
    // Wait a while for another program that is changing the rules.
    line.addAll(List.of("-w", "5"));
    line.addAll(arguments);
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      var output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("iptables does not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(output.strip());
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while iptables ran", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
