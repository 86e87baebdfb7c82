package dev.longshore.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Targets in the test's own process, and their ends. */
final class Pier implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Runnable> ends = new ArrayList<>();

  /** What a web target answers. */
  interface Page {
    String of(HttpExchange exchange) throws InterruptedException;
  }

  /** What a target that is no good does with a connection. */
  interface Misdeed {
    void with(Socket socket) throws IOException;
  }

  /** A web target; answers its port. */
  int web(int status, Page page) throws IOException {
    HttpServer server = HttpServer.create(here(), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, status, page));
    server.start();
    ends(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  /** One that says always the same. */
  int saying(String text) throws IOException {
    return web(200, exchange -> text + '\n');
  }

  /** One that tells the headers that it got, a line each. */
  int telling() throws IOException {
    return web(200, Pier::headers);
  }

  private static String headers(HttpExchange exchange) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(exchange.getRequestHeaders())
        .forEach((name, values) ->
            text.append(name).append(": ").append(String.join(", ", values)).append('\n'));
    return text.toString();
  }

  private static void answer(HttpExchange exchange, int status, Page page) throws IOException {
    try (exchange) {
      byte[] body = page.of(exchange).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that takes connections, and then does no good; answers its port. */
  int bad(Misdeed misdeed) throws IOException {
    ServerSocket door = new ServerSocket();
    door.bind(here());
    var _ =
        threads.submit(() -> {
          while (true) {
            Socket socket = door.accept();
            ends(() -> close(socket));
            misdeed.with(socket);
          }
        });
    ends(() -> close(door));
    return door.getLocalPort();
  }

  static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Has this be done when the test is over. */
  synchronized void ends(Runnable end) {
    ends.add(end);
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    ends.forEach(Runnable::run);
    threads.shutdownNow();
  }
}
