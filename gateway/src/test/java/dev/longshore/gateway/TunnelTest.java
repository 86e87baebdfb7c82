package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.route.Protocol;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that stop being HTTP. */
class TunnelTest {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /chat HTTP/1.1",
          "Host: a",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13",
          "",
          "");

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  /** Agrees to switch, and says at once something of its own; then sends back what it gets. */
  private static Backend echo() {
    return Backend.of((request, in, out) -> {
      if (!request.header("upgrade").equals("websocket")
          || !request.header("connection").equalsIgnoreCase("upgrade")) {
        return Backend.say(out, "400 No", "");
      }
      String head =
          String.join(
              "\r\n",
              "HTTP/1.1 101 Switching Protocols",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
              "",
              "hello");
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      in.transferTo(out);
      return false;
    });
  }

  @Test
  void bytes_pass_both_ways_after_the_switch_and_silence_ends_it() throws Exception {
    scene.attribute("idle_timeout.timeout_seconds", "1");
    try (Backend target = echo();
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      String head = wire.send(UPGRADE).readThrough("\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 101 ").contains("Sec-WebSocket-Accept");
      assertThat(new String(wire.read(5), StandardCharsets.UTF_8)).isEqualTo("hello");
      for (int i = 0; i < 100; i++) {
        byte[] bytes = ("frame " + i).getBytes(StandardCharsets.UTF_8);
        wire.sendBytes(bytes);
        assertThat(wire.read(bytes.length)).isEqualTo(bytes);
      }
      assertThat(wire.rest().strip()).isEmpty();
    }
  }

  @Test
  void a_target_that_does_not_switch_answers_as_it_likes() throws Exception {
    try (Backend target = Backend.of((request, in, out) -> Backend.say(out, "403 No", "no"));
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      assertThat(wire.send(UPGRADE).answer().status()).isEqualTo(403);
      assertThat(wire.send(Wire.get("/")).answer().status()).isEqualTo(403);
    }
  }

  @Test
  void tunnels_end_when_their_target_is_gone() throws Exception {
    try (Backend target = echo();
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      wire.send(UPGRADE).readThrough("hello");
      scene.group("g").apply();
      assertThat(wire.rest().strip()).isEmpty();
    }
  }

  @Test
  void a_connection_of_tcp_passes_and_its_ends_are_passed_on() throws Exception {
    try (Backend target = echo();
        Wire wire =
            scene.protocol(Protocol.TCP).group("g", target.port()).to("g").apply().connect()) {
      wire.send(UPGRADE).readThrough("hello");
      wire.send("last words");
      wire.endOutput();
      assertThat(wire.rest()).isEqualTo("last words");
    }
  }
}
