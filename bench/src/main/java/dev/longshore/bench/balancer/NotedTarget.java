package dev.longshore.bench.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target that answers at once, and notes how many requests came and when the last one did. */
final class NotedTarget implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NotedTarget.class);
  private static final int LARGEST = 4096;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n.".getBytes(US_ASCII);

  private final ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong last = new AtomicLong(System.nanoTime());

  NotedTarget() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many requests came so far; looks at its health are none. */
  long count() {
    return count.get();
  }

  /** When the last one came, by {@link System#nanoTime}. */
  long last() {
    return last.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new IllegalStateException("a target accepts no more", e);
      }
    }
  }

  private void serve(Socket socket) {
    byte[] request = new byte[LARGEST];
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int length = in.read(request); length > 0; length = in.read(request)) {
        note(System.nanoTime(), new String(request, 0, length, US_ASCII));
        socket.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      LOG.debug("A gateway ended a connection.", e);
    }
  }

  private void note(long time, String request) {
    if (request.startsWith("GET / ")) {
      last.accumulateAndGet(time, Math::max);
      count.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
