package dev.longshore.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections that say nothing, in a process of their own: both ends in one process would need
 * twice the file descriptors.
 */
final class IdleCrowd implements AutoCloseable {
  private static final int BESIDES = 2_000;

  private final Process process;

  private IdleCrowd(Process process) {
    this.process = process;
  }

  /** Whether a process may have so many connections open, and some files. */
  static boolean fits(int connections) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() >= connections + BESIDES;
  }

  /** Opens the connections; they are there when this returns. */
  static IdleCrowd of(InetSocketAddress address, int connections)
      throws IOException, URISyntaxException {
    Path classes =
        Path.of(IdleCrowd.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                classes.toString(),
                IdleCrowd.class.getName(),
                address.getAddress().getHostAddress(),
                Integer.toString(address.getPort()),
                Integer.toString(connections))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    IdleCrowd crowd = new IdleCrowd(process);
    BufferedReader out = process.inputReader();
    if (!"ready".equals(out.readLine())) {
      crowd.close();
      throw new IOException("not all connections could be opened");
    }
    return crowd;
  }

  /** Stays until its input ends. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress address = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
    List<SocketChannel> all = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      all.add(SocketChannel.open(address));
    }
    System.out.println("ready");
    System.in.transferTo(OutputStream.nullOutputStream());
    for (SocketChannel each : all) {
      each.close();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
