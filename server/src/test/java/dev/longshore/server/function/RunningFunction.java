package dev.longshore.server.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs a function as Lambda does; the test says what it answers, and sees what it was asked. */
public final class RunningFunction implements AutoCloseable {
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  /** What came. */
  public record Asked(String method, String path, Headers headers, String body) {}

  private record Answer(int status, String fault, String body) {}

  public RunningFunction() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestHeaders(),
            body));
    try (exchange) {
      Answer answer = answers.take();
      if (!answer.fault().isEmpty()) {
        exchange.getResponseHeaders().set("X-Amz-Function-Error", answer.fault());
      }
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where it is asked. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next question with that object, in apostrophes. */
  public RunningFunction answer(String json) {
    return answer(200, "", json.replace('\'', '"'));
  }

  /** Answers the next question with that status. */
  public RunningFunction answer(int status, String fault, String body) {
    answers.add(new Answer(status, fault, body));
    return this;
  }

  /** The next question, when it comes. */
  public Asked asked() throws InterruptedException {
    Asked next = asked.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nobody asks.");
    }
    return next;
  }

  /** Whether somebody asked of whom the test has not seen the question. */
  public boolean isAsked() {
    return !asked.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
