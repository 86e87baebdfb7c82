package dev.longshore.bench.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Requests by a schedule that waits for no answer, on kept connections; none is sent twice. */
final class OpenLoad implements AutoCloseable {
  private static final int LIMIT_MILLIS = 5_000;
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(US_ASCII);

  private final InetSocketAddress address;
  private final long everyNanos;
  private final Deque<Socket> idle = new ConcurrentLinkedDeque<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread pace = Thread.ofPlatform().unstarted(this::keepPace);
  private volatile boolean over;

  OpenLoad(InetSocketAddress address, int perSecond) {
    this.address = address;
    everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    pace.start();
  }

  long answered() {
    return answered.sum();
  }

  long failed() {
    return failed.sum();
  }

  private void keepPace() {
    for (long next = System.nanoTime(); !over; next += everyNanos) {
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      requests.execute(this::ask);
    }
  }

  private void ask() {
    try {
      Socket kept = idle.poll();
      Socket socket = kept == null ? connect() : kept;
      socket.getOutputStream().write(REQUEST);
      answer(socket.getInputStream());
      idle.push(socket);
      answered.increment();
    } catch (IOException e) {
      // It is counted; which way a request fails makes no difference.
      failed.increment();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(address, LIMIT_MILLIS);
    return socket;
  }

  /** Reads until the end of what {@link NotedTarget} answers. */
  private static void answer(InputStream in) throws IOException {
    byte[] buffer = new byte[1024];
    int length = 0;
    while (!new String(buffer, 0, length, US_ASCII).endsWith("\r\n\r\n.")) {
      int read = in.read(buffer, length, buffer.length - length);
      if (read <= 0) {
        throw new EOFException("no such answer");
      }
      length += read;
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    try {
      pace.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    requests.close();
    for (Socket each : idle) {
      each.close();
    }
  }
}
