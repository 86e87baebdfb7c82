package dev.longshore.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A small target: takes requests of HTTP/1.1 as bytes, and does with each as a test says. */
final class Backend implements AutoCloseable {
  /** What is done with a request. */
  interface Manner {
    /** Answers; false ends the connection. */
    boolean answer(Received request, InputStream in, OutputStream out) throws IOException;
  }

  /** A request that came, its headers by lower-cased names. */
  record Received(String line, Map<String, String> headers, String head) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String path() {
      return line.split(" ")[1];
    }
  }

  private final ServerSocket door;
  private final Manner manner;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

  private Backend(Manner manner) throws IOException {
    this.manner = manner;
    door = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  static Backend of(Manner manner) {
    try {
      return new Backend(manner);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers each request with this text. */
  static Backend saying(String text) {
    return of((request, in, out) -> {
      drain(request, in);
      return say(out, "200 OK", text);
    });
  }

  static boolean say(OutputStream out, String status, String text) throws IOException {
    String head =
        "HTTP/1.1 " + status + "\r\nContent-Length: " + text.length() + "\r\nX-From: target\r\n";
    out.write((head + "\r\n" + text).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  /** Reads a body that a Content-Length announces. */
  static byte[] drain(Received request, InputStream in) throws IOException {
    String length = request.header("content-length");
    return length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length));
  }

  int port() {
    return door.getLocalPort();
  }

  /** How many connections were taken so far. */
  int connections() {
    return connections.get();
  }

  /** All requests that came and were not looked at yet. */
  BlockingQueue<Received> received() {
    return received;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean more = true;
      while (more) {
        Received request = read(in);
        if (request == null) {
          break;
        }
        received.add(request);
        more = manner.answer(request, in, socket.getOutputStream());
      }
    } catch (IOException broken) {
      // The gateway hung up, as tests have it do.
      return;
    } finally {
      open.remove(socket);
    }
  }

  private static @org.jspecify.annotations.Nullable Received read(InputStream in)
      throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      last = in.read();
      if (last < 0) {
        return null;
      }
      head.write(last);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Received(lines[0], headers, text);
  }

  /** Listens no more and hangs up. */
  @Override
  public void close() {
    try {
      door.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
