package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Target;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TCP, TLS and UDP through a gateway. */
class StreamTest {
  private static final Certificate A = Certificates.of("a", "a.example");

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void a_connection_gets_a_target_and_keeps_it() throws Exception {
    try (Backend one = Backend.saying("one");
        Backend two = Backend.saying("two")) {
      scene.protocol(Protocol.TCP).group("g", one.port(), two.port()).to("g").apply();
      try (Wire wire = scene.connect()) {
        String first = wire.send(Wire.get("/")).answer().body();
        for (int i = 0; i < 20; i++) {
          assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo(first);
        }
      }
      int ones = 0;
      for (int i = 0; i < 200; i++) {
        ones += scene.get("/").body().equals("one") ? 1 : 0;
      }
      assertThat(ones).isBetween(50, 150);
      assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.NEW_FLOW))
          .isEqualTo(201);
    }
  }

  @Test
  void without_a_target_the_connection_is_reset() throws Exception {
    scene.protocol(Protocol.TCP).group("g").to("g").apply();
    try (Wire wire = scene.connect()) {
      assertThat(wire.rest()).isEqualTo("\u0000");
    }
    assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.ELB_RESET)).isEqualTo(1);
  }

  @Test
  void silence_ends_a_connection() throws Exception {
    scene.attribute("tcp.idle_timeout.seconds", "1");
    try (Backend target = Backend.saying("x");
        Wire wire =
            scene.protocol(Protocol.TCP).group("g", target.port()).to("g").apply().connect()) {
      wire.send(Wire.get("/")).answer();
      assertThat(wire.rest().strip()).isEmpty();
    }
  }

  @Test
  void flows_with_a_draining_target_go_on_unless_they_are_to_be_cut() throws Exception {
    try (Backend target = Backend.saying("x");
        Wire wire =
            scene.protocol(Protocol.TCP).group("g", target.port()).to("g").apply().connect()) {
      wire.send(Wire.get("/")).answer();
      List<Target> draining = List.of(Target.of("127.0.0.1", target.port()).draining());
      scene.group(scene.known("g").withTargets(draining)).apply();
      assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("x");
      String cut = "deregistration_delay.connection_termination.enabled";
      scene.group(scene.known("g").withAttributes(Map.of(cut, "true"))).apply();
      assertThat(wire.rest().strip()).isEmpty();
    }
  }

  @Test
  void proxy_protocol_tells_the_target_who_its_client_is() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      scene.protocol(Protocol.TCP).group("g", target.getLocalPort()).to("g");
      scene.group(scene.known("g").withAttributes(Map.of("proxy_protocol_v2.enabled", "true")));
      try (Wire wire = scene.apply().connect();
          Socket socket = target.accept()) {
        wire.send("payload");
        InputStream in = socket.getInputStream();
        String head = HexFormat.of().formatHex(in.readNBytes(28));
        assertThat(head).startsWith("0d0a0d0a000d0a515549540a" + "2111" + "000c");
        assertThat(head.substring(32)).startsWith("7f000001" + "7f000001");
        assertThat(head).endsWith(String.format("%04x", scene.address().getPort()));
        assertThat(new String(in.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("payload");
      }
    }
  }

  @Test
  void who_says_all_at_once_and_then_no_more_is_heard_whole_and_answered() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> countWhatComes(target));
      scene.protocol(Protocol.TCP).group("g", target.getLocalPort()).to("g").apply();
      for (int bytes : List.of(0, 1, 10, 100, 1_000, 10_000_000, 1, 10, 100, 1_000)) {
        InetSocketAddress gateway = scene.address();
        try (Socket socket = new Socket(gateway.getAddress(), gateway.getPort())) {
          socket.setSoTimeout(20_000);
          socket.getOutputStream().write(new byte[bytes]);
          socket.shutdownOutput();
          assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
              .isEqualTo(bytes + " bytes");
        }
      }
    }
  }

  /** Says of each connection how much came until its end. */
  private static void countWhatComes(ServerSocket target) {
    while (true) {
      try (Socket socket = target.accept()) {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[100_000];
        long count = 0;
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
          count += read;
        }
        socket.getOutputStream().write((count + " bytes").getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // The test is over.
        return;
      }
    }
  }

  @Test
  void tls_ends_at_the_gateway() throws Exception {
    try (Backend target = Backend.saying("x")) {
      scene.group("g", target.port()).to("g").secure(Protocol.TLS, A).apply();
      try (SSLSocket socket =
          (SSLSocket)
              Trusting.context()
                  .getSocketFactory()
                  .createSocket(scene.address().getAddress(), scene.address().getPort())) {
        socket.getOutputStream().write(Wire.get("/").getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(15);
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void datagrams_of_one_flow_go_to_one_target_and_answers_come_back() throws Exception {
    try (DatagramSocket target = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> echo(target));
      scene.protocol(Protocol.UDP).group("g", target.getLocalPort()).to("g").apply();
      client.setSoTimeout(20_000);
      for (int i = 0; i < 10; i++) {
        byte[] data = ("datagram " + i).getBytes(StandardCharsets.UTF_8);
        client.send(new DatagramPacket(data, data.length, scene.address()));
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
            .isEqualTo("datagram " + i);
      }
      assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.NEW_FLOW)).isEqualTo(1);
    }
  }

  @Test
  void more_flows_than_there_may_be_are_not_carried_and_those_that_are_go_on() throws Exception {
    GatewaySettings few = GatewaySettings.usual().withConnections(3);
    List<DatagramSocket> clients = new ArrayList<>();
    try (Scene small = new Scene(few, GatewayListener.none());
        DatagramSocket target = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> echo(target));
      small.protocol(Protocol.UDP).group("g", target.getLocalPort()).to("g").apply();
      for (int i = 0; i < 5; i++) {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        client.setSoTimeout(20_000);
        clients.add(client);
        client.send(new DatagramPacket(new byte[] {1}, 1, small.address()));
        if (i < 3) {
          client.receive(new DatagramPacket(new byte[1], 1));
        }
      }
      clients.getFirst().send(new DatagramPacket(new byte[] {2}, 1, small.address()));
      DatagramPacket answer = new DatagramPacket(new byte[1], 1);
      clients.getFirst().receive(answer);
      assertThat(answer.getData()).containsExactly(2);
      var counts = small.gateway().metrics().balancer("app/test/1");
      assertThat(counts.sum(Count.NEW_FLOW)).isEqualTo(3);
      assertThat(counts.sum(Count.REJECTED_CONNECTION)).isEqualTo(2);
    } finally {
      clients.forEach(DatagramSocket::close);
    }
  }

  private static void echo(DatagramSocket socket) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException closed) {
      // The test is over.
      return;
    }
  }
}
