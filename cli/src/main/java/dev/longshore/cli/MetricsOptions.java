package dev.longshore.cli;

import dev.longshore.gateway.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether load balancers' metrics are shown to Prometheus. */
final class MetricsOptions {
  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Port of this machine that shows load balancers' /metrics (default: none).")
  private @Nullable Integer port;

  /** Shows them until the lifetime ends, if that was asked for. */
  void serve(Supplier<String> text, Lifetime lifetime) throws IOException {
    if (port != null) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      lifetime.onEnd(MetricsPage.serve(text, address)::close);
    }
  }
}
