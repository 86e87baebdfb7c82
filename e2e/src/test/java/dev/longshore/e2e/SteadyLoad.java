package dev.longshore.e2e;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Requests by a schedule that waits for no answer, on kept connections. Nothing is ever sent twice,
 * so whatever goes wrong with a request is seen.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;

  private final InetSocketAddress address;
  private final List<String> paths;
  private final long everyNanos;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread pace = Thread.ofPlatform().unstarted(this::keepPace);
  private volatile boolean closing;

  /**
   * What became of a request.
   *
   * @param body what was answered: who answered it
   * @param failure why it is none, or a status other than 200; "" for none
   */
  record Answer(Instant sent, Instant ended, String body, String failure) {}

  private record Connection(Socket socket, InputStream in) {
    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * @param paths asked for by turns
   */
  SteadyLoad(InetSocketAddress address, int perSecond, String... paths) {
    this.address = address;
    this.paths = List.of(paths);
    everyNanos = 1_000_000_000L / perSecond;
    pace.start();
  }

  private void keepPace() {
    long next = System.nanoTime();
    for (int i = 0; !closing; i++) {
      while (System.nanoTime() - next < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      next += everyNanos;
      String path = paths.get(i % paths.size());
      var _ = requests.submit(() -> ask(path));
    }
  }

  private void ask(String path) {
    Instant sent = Instant.now();
    Connection kept = idle.poll();
    try {
      Connection connection = kept == null ? connect() : kept;
      String body = "";
      String failure;
      try {
        String request = "GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n";
        connection.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line(connection.in).split(" ", 3)[1];
        body = body(connection.in).strip();
        failure = status.equals("200") ? "" : status;
        idle.push(connection);
      } catch (IOException | RuntimeException e) {
        failure = e.toString();
        connection.close();
      }
      answers.add(new Answer(sent, Instant.now(), body, failure));
    } catch (IOException e) {
      answers.add(new Answer(sent, Instant.now(), "", "not connected: " + e));
    }
  }

  private Connection connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(address, LIMIT_MILLIS);
    return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
  }

  private static String body(InputStream in) throws IOException {
    int length = 0;
    boolean chunked = false;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      String lower = field.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.equals("transfer-encoding: chunked");
    }
    if (!chunked) {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    StringBuilder all = new StringBuilder();
    for (int size = size(in); size > 0; size = size(in)) {
      all.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      line(in);
    }
    line(in);
    return all.toString();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** All that went wrong so far. */
  List<Answer> failures() {
    return answers.stream().filter(each -> !each.failure.isEmpty()).toList();
  }

  /** The names of all who answered. */
  List<String> answered() {
    return served().map(Answer::body).distinct().sorted().toList();
  }

  /** What was answered to requests that were sent after that time. */
  Stream<Answer> servedAfter(Instant time) {
    return served().filter(each -> each.sent.isAfter(time));
  }

  private Stream<Answer> served() {
    return answers.stream().filter(each -> each.failure.isEmpty());
  }

  /** How many were answered well. */
  long count() {
    return served().count();
  }

  /** Sends no more and waits for what is under way. */
  @Override
  public void close() {
    closing = true;
    try {
      pace.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    requests.close();
    idle.forEach(Connection::close);
  }
}
