package dev.longshore.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Shows a gateway's counters to Prometheus, at {@code /metrics}. */
public final class MetricsPage implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final HttpServer server;

  private MetricsPage(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves them from now on.
   *
   * @throws IOException where the port is taken
   */
  public static MetricsPage serve(Gateway gateway, InetSocketAddress address) throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] text = gateway.metrics().prometheus().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(text);
            }
          }
        });
    server.start();
    return new MetricsPage(server);
  }

  /** Where it is served. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
