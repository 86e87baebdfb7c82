package dev.longshore.gateway;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Shows measurements to Prometheus, at {@code /metrics}. */
public final class MetricsPage implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final HttpServer server;

  private MetricsPage(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves them from now on.
   *
   * @param text in Prometheus's format, made whenever somebody asks
   * @throws IOException where the port is taken
   */
  public static MetricsPage serve(Supplier<String> text, InetSocketAddress address)
      throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(bytes);
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
