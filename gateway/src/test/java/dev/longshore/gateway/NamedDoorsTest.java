package dev.longshore.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.SecurityPolicy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of load balancers, which lead to 127.0.0.1 and not to the addresses they listen on. */
class NamedDoorsTest {
  private final Gateway gateway = Gateway.start(GatewaySettings.usual(), GatewayListener.none());
  private final InetSocketAddress here =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
  private final List<LoadBalancer> balancers = new ArrayList<>();
  private int version;

  NamedDoorsTest() throws IOException {}

  @AfterEach
  void close() {
    gateway.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** A load balancer at an address of its own that answers with its name. */
  private void balancer(String name, Protocol protocol, Certificate... certificates) {
    String address = "127.88.0." + (balancers.size() + 1);
    Action action = new Action.FixedResponse(200, "text/plain", name);
    Listener listener =
        new Listener(
            "arn:" + name,
            protocol,
            address,
            here.getPort(),
            Map.of(),
            SecurityPolicy.usual(),
            List.of(certificates),
            List.of(),
            action);
    balancers.add(
        new LoadBalancer(
            "app/" + name + "/1", name + ".elb.localhost", Map.of(), List.of(listener)));
    apply();
  }

  private void apply() {
    assertThat(gateway.apply(new Routes(++version, balancers, List.of()))).isEmpty();
  }

  private String answer(String host) throws IOException {
    try (Wire wire = new Wire(here)) {
      return wire.send("GET / HTTP/1.1\r\nX: y\r\nHost: " + host + "\r\n\r\n").answer().body();
    }
  }

  @Test
  void a_load_balancer_that_is_alone_at_its_port_answers_to_any_name() throws Exception {
    balancer("one", Protocol.HTTP);
    assertThat(answer("one.elb.localhost")).isEqualTo("one");
    assertThat(answer("localhost:" + here.getPort())).isEqualTo("one");
  }

  @Test
  void several_at_one_port_are_told_apart_by_the_host_that_is_asked_for() throws Exception {
    balancer("one", Protocol.HTTP);
    balancer("two", Protocol.HTTP);
    assertThat(answer("one.elb.localhost:" + here.getPort())).isEqualTo("one");
    assertThat(answer("TWO.elb.localhost")).isEqualTo("two");
    assertThat(answer("else.example")).isEqualTo("one");
    balancers.removeFirst();
    apply();
    assertThat(answer("one.elb.localhost")).isEqualTo("two");
    balancers.clear();
    apply();
    assertThatThrownBy(() -> answer("two.elb.localhost")).isInstanceOf(ConnectException.class);
  }

  @Test
  void a_host_that_comes_in_pieces_is_waited_for() throws Exception {
    balancer("one", Protocol.HTTP);
    balancer("two", Protocol.HTTP);
    try (Wire wire = new Wire(here)) {
      for (byte each : "GET / HTTP/1.1\r\nHost: two.elb.localhost\r\n\r\n".getBytes(ISO_8859_1)) {
        wire.sendBytes(new byte[] {each});
      }
      assertThat(wire.answer().body()).isEqualTo("two");
    }
  }

  @Test
  void secure_ones_are_told_apart_by_the_name_of_the_handshake() throws Exception {
    balancer("one", Protocol.HTTPS, Certificates.of("one", "one.elb.localhost"));
    balancer("two", Protocol.HTTPS, Certificates.of("two", "two.elb.localhost"));
    for (String name : List.of("one", "two")) {
      String host = name + ".elb.localhost";
      try (Socket plain = new Socket(here.getAddress(), here.getPort());
          SSLSocket socket =
              (SSLSocket)
                  Trusting.context().getSocketFactory().createSocket(plain, host, 443, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + host);
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1)).endsWith(name);
      }
    }
  }

  @Test
  void a_port_that_somebody_else_has_is_left_to_him() throws Exception {
    try (ServerSocket other = new ServerSocket(here.getPort(), 1, here.getAddress())) {
      balancer("one", Protocol.HTTP);
      assertThat(other.isClosed()).isFalse();
    }
    apply();
    assertThat(answer("one.elb.localhost")).isEqualTo("one");
  }
}
