package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks that HTTP/2 makes possible. Each ends its own connection at most, and early. */
class HostileHttp2Test {
  private static final int MANY = 5_000;

  private final Scene scene = new Scene();
  private final Backend target = Backend.saying("seen");

  @BeforeEach
  void open() {
    scene.group("g", target.port()).to("g").apply();
  }

  @AfterEach
  void close() {
    scene.close();
    target.close();
  }

  /** What sends one frame, or a few, of an attack. */
  interface Blow {
    void strike(Frames frames, int count) throws IOException;
  }

  /** Strikes until the gateway has had enough; answers with the error that it gave. */
  private int floodedBy(Blow blow) throws IOException {
    try (Frames frames = new Frames(scene.address())) {
      try {
        for (int i = 0; i < MANY; i++) {
          blow.strike(frames, i);
        }
      } catch (IOException hungUp) {
        // What the gateway said before is still to be read.
        assertThat(hungUp).isInstanceOf(java.net.SocketException.class);
      }
      int error = -1;
      for (Frames.Frame each : frames.rest()) {
        // Of several, the last one only says that this is the end.
        error = Math.max(error, each.error());
      }
      assertThat(scene.get("/after").body()).isEqualTo("seen");
      return error;
    }
  }

  @Test
  void streams_that_are_reset_at_once_end_the_connection() throws Exception {
    floodedBy((frames, i) -> {
      int stream = 2 * i + 1;
      frames.send(
          Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, Frames.get("/" + i));
      frames.send(Frames.RESET, 0, stream, Frames.number(8));
    });
    assertThat(target.received()).hasSizeLessThan(300);
  }

  @Test
  void resets_that_the_gateway_is_made_to_send_end_the_connection() throws Exception {
    floodedBy((frames, i) -> {
      int stream = 2 * i + 1;
      frames.send(Frames.HEADERS, Frames.END_HEADERS, stream, Frames.get("/" + i));
      frames.send(Frames.WINDOW_UPDATE, 0, stream, Frames.number(0));
    });
    assertThat(target.received()).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "1000"})
  void heads_that_never_end_end_the_connection(int bytes) throws Exception {
    floodedBy((frames, i) -> {
      byte[] part = i == 0 ? Frames.get("/") : field(bytes);
      frames.send(i == 0 ? Frames.HEADERS : Frames.CONTINUATION, 0, 1, part);
    });
    assertThat(target.received()).extracting(Backend.Received::path).containsExactly("/after");
  }

  /** A header of about so many bytes. */
  private static byte[] field(int bytes) {
    return bytes == 0 ? new byte[0] : Frames.fields("x", "y".repeat(bytes));
  }

  /** Until a later stream was answered, or the connection ended. */
  private static void settle(Frames frames) throws IOException {
    Frames.Frame each = frames.next();
    while (each != null && !(each.type() == Frames.HEADERS && each.stream() == 3)) {
      each = frames.next();
    }
  }

  @Test
  void heads_that_grow_when_unpacked_are_refused() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(Frames.get("/bomb"));
    // Kept by the gateway, and then told 3,000 times by a byte each: 12 MB of headers in 7 KB.
    bomb.write(0x40);
    Frames.text("x", bomb);
    Frames.text("y".repeat(4_000), bomb);
    byte[] again = new byte[3_000];
    Arrays.fill(again, (byte) 0xbe);
    bomb.writeBytes(again);
    try (Frames frames = new Frames(scene.address())) {
      frames.send(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, bomb.toByteArray());
      frames.send(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 3, Frames.get("/next"));
      settle(frames);
      assertThat(scene.get("/after").body()).isEqualTo("seen");
    }
    assertThat(target.received()).extracting(Backend.Received::path).doesNotContain("/bomb");
  }

  @Test
  void settings_without_end_end_the_connection() throws Exception {
    assertThat(floodedBy((frames, i) -> frames.send(Frames.SETTINGS, 0, 0, new byte[0])))
        .isEqualTo(Frames.ENHANCE_YOUR_CALM);
  }

  @Test
  void bodies_of_empty_parts_end_the_connection() throws Exception {
    int error =
        floodedBy((frames, i) -> {
          if (i == 0) {
            frames.send(Frames.HEADERS, Frames.END_HEADERS, 1, post("/", "x-a", "b"));
          }
          frames.send(Frames.DATA, 0, 1, new byte[0]);
        });
    assertThat(error).isEqualTo(Frames.ENHANCE_YOUR_CALM);
  }

  private static byte[] post(String path, String name, String value) {
    return Frames.fields(
        ":method", "POST", ":scheme", "http", ":path", path, ":authority", "a", name, value);
  }

  @Test
  void windows_that_overflow_end_the_connection() throws Exception {
    int error =
        floodedBy((frames, i) ->
            frames.send(Frames.WINDOW_UPDATE, 0, 0, Frames.number(Integer.MAX_VALUE)));
    assertThat(error).isEqualTo(Frames.FLOW_CONTROL_ERROR);
  }

  @Test
  void who_opens_no_window_gets_nothing_and_costs_little() throws Exception {
    AtomicLong written = new AtomicLong();
    byte[] part = "z".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
    int parts = 1_000;
    try (Backend big =
        Backend.of((request, in, out) -> {
          String head = "HTTP/1.1 200 OK\r\nContent-Length: " + (long) parts * part.length;
          out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < parts; i++) {
            out.write(part);
            written.addAndGet(part.length);
          }
          return true;
        })) {
      scene.group("g", big.port()).attribute("idle_timeout.timeout_seconds", "1").apply();
      try (Frames frames = new Frames(scene.address(), 4, 0)) {
        frames.send(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.get("/"));
        assertThat(frames.await(Frames.HEADERS).stream()).isEqualTo(1);
        // Not a byte may come, and what was begun is given up when the idle time is over.
        assertThat(frames.rest()).noneMatch(each -> each.type() == Frames.DATA);
        assertThat(written.get()).isLessThan(16 << 20);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "transfer-encoding, chunked",
    "connection, close",
    "X-Upper, a",
    "content-length, 7",
    "'x\r\ny', a",
    "x, 'a\r\nGET /smuggled HTTP/1.1'",
    "'x y', a",
    "':path', /other",
    "':unknown', a",
    "host, b"
  })
  void headers_that_would_mean_something_else_to_a_target_are_refused(String name, String value)
      throws Exception {
    try (Frames frames = new Frames(scene.address())) {
      frames.send(Frames.HEADERS, Frames.END_HEADERS, 1, post("/hostile", name, value));
      frames.send(Frames.DATA, Frames.END_STREAM, 1, "hello".getBytes(StandardCharsets.US_ASCII));
      frames.send(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 3, Frames.get("/next"));
      settle(frames);
      assertThat(scene.get("/after").body()).isEqualTo("seen");
    }
    assertThat(target.received())
        .extracting(Backend.Received::path)
        .doesNotContain("/hostile", "/smuggled", "/other");
  }
}
