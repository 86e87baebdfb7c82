package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS, HTTP/2 and gRPC through a gateway. */
class SecureTest {
  private static final Certificate A = Certificates.of("a", "a.example");
  private static final Certificate WILD = Certificates.of("wild", "*.b.example");
  private static final Certificate EXACT = Certificates.of("exact", "www.b.example");

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static HttpClient client() {
    // The names in the certificates are not this machine's.
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    return HttpClient.newBuilder().sslContext(Trusting.context()).build();
  }

  private HttpRequest.Builder ask(String path) {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + scene.address().getPort() + path));
  }

  /** The name of the certificate that a client is shown which asks for a name. */
  private String shown(String name) throws IOException {
    X509Certificate certificate =
        (X509Certificate) agreed(name, "TLSv1.3", "TLSv1.2").getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  /** What a client that asks for a name and speaks these versions agrees on with the listener. */
  private SSLSession agreed(String name, String... versions) throws IOException {
    try (SSLSocket socket = Trusting.connect(scene.address(), name, versions)) {
      return socket.getSession();
    }
  }

  @Test
  void certificates_are_found_by_name_and_replaced_while_running() throws Exception {
    scene.secure(Protocol.HTTPS, A, WILD, EXACT).apply();
    assertThat(shown("www.b.example")).isEqualTo("CN=www.b.example");
    assertThat(shown("api.b.example")).isEqualTo("CN=*.b.example");
    assertThat(shown("elsewhere.example")).isEqualTo("CN=a.example");
    int port = scene.address().getPort();
    Wire before = new Wire(Trusting.connect(scene.address(), "a.example", "TLSv1.3"));
    scene.secure(Protocol.HTTPS, Certificates.of("a", "new.example")).apply();
    assertThat(before.send(Wire.get("/")).answer().status()).isEqualTo(404);
    before.close();
    assertThat(scene.address().getPort()).isEqualTo(port);
    assertThat(shown("www.b.example")).isEqualTo("CN=new.example");
  }

  @Test
  void a_security_policy_says_which_versions_and_ciphers_there_are() throws Exception {
    scene.secure(Protocol.HTTPS, A);
    scene.security(List.of("TLSv1.2"), "ECDHE-ECDSA-AES128-SHA256").apply();
    SSLSession old = agreed("a.example", "TLSv1.3", "TLSv1.2");
    assertThat(old.getProtocol()).isEqualTo("TLSv1.2");
    assertThat(old.getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
    scene.security(List.of("TLSv1.2"), "ECDHE-ECDSA-AES256-GCM-SHA384").apply();
    assertThat(agreed("a.example", "TLSv1.2").getCipherSuite())
        .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    scene.security(List.of("TLSv1.3"), "TLS_CHACHA20_POLY1305_SHA256").apply();
    assertThat(agreed("a.example", "TLSv1.3").getCipherSuite())
        .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    assertThatThrownBy(() -> agreed("a.example", "TLSv1.2")).isInstanceOf(SSLException.class);
  }

  @Test
  void a_certificate_that_is_none_changes_nothing() throws Exception {
    scene.secure(Protocol.HTTPS, A).apply();
    scene.secure(Protocol.HTTPS, new Certificate("bad", "x", "y"));
    assertThatThrownBy(scene::apply).isInstanceOf(IllegalArgumentException.class);
    assertThat(shown("a.example")).isEqualTo("CN=a.example");
  }

  @Test
  void http2_is_agreed_on_and_many_requests_share_a_connection() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> Backend.say(out, "200 OK", request.path()));
        HttpClient client = client()) {
      scene.group("g", target.port()).to("g").secure(Protocol.HTTPS, A);
      scene.attribute("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "true").apply();
      client.send(ask("/first").build(), HttpResponse.BodyHandlers.ofString());
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(client.sendAsync(ask("/" + i).build(), HttpResponse.BodyHandlers.ofString()));
      }
      for (int i = 0; i < 100; i++) {
        HttpResponse<String> answer = all.get(i).get(20, TimeUnit.SECONDS);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("/" + i);
      }
      Backend.Received request = target.received().remove();
      assertThat(request.header("x-forwarded-proto")).isEqualTo("https");
      assertThat(request.header("x-amzn-tls-version")).isEqualTo("TLSv1.3");
      assertThat(request.header("host")).startsWith("localhost:");
      assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("x-http2"));
      long connections = scene.gateway().metrics().balancer("app/test/1").sum(Count.NEW_CONNECTION);
      assertThat(connections).isEqualTo(1);
    }
  }

  @Test
  void bodies_go_both_ways_over_http2() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> {
              byte[] body = Backend.drain(request, in);
              return Backend.say(out, "200 OK", new String(body, StandardCharsets.ISO_8859_1));
            });
        HttpClient client = client()) {
      scene.group("g", target.port()).to("g").secure(Protocol.HTTPS, A).apply();
      String big = "0123456789".repeat(200_000);
      HttpRequest post = ask("/").POST(HttpRequest.BodyPublishers.ofString(big)).build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo(big);
      scene.group("g").apply();
      assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
    }
  }

  @Test
  void targets_of_http2_and_grpc_get_what_they_speak_and_others_a_464() throws Exception {
    try (Http2Target target = new Http2Target();
        HttpClient client = client()) {
      TargetGroup group =
          TargetGroup.http("g", "targetgroup/g/1", List.of(Target.of("127.0.0.1", target.port())))
              .withHealthCheck(HealthCheck.none());
      scene.group(group.withProtocol(Protocol.HTTP, TargetGroup.Version.GRPC));
      scene.to("g").secure(Protocol.HTTPS, A).apply();
      HttpRequest.Builder call =
          ask("/Service/Call")
              .header("Content-Type", "application/grpc")
              .header("TE", "trailers")
              .POST(HttpRequest.BodyPublishers.ofString("message"));
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> answer =
            client.send(call.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("message");
        assertThat(target.asked().remove()).isEqualTo("POST /Service/Call");
      }
      HttpRequest get = ask("/").build();
      assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(464);
      HttpRequest old = ask("/").version(HttpClient.Version.HTTP_1_1).build();
      assertThat(client.send(old, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(464);
      scene.group(group.withProtocol(Protocol.HTTP, TargetGroup.Version.HTTP2)).apply();
      assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  /** What a client of HTTP/2 is answered when the target does this to the gateway's preface. */
  private int answered(Backend.Manner manner) throws IOException, InterruptedException {
    try (Backend target = Backend.of(manner);
        HttpClient client = client()) {
      TargetGroup group =
          TargetGroup.http("g", "targetgroup/g/1", List.of(Target.of("127.0.0.1", target.port())))
              .withHealthCheck(HealthCheck.none());
      scene.group(group.withProtocol(Protocol.HTTP, TargetGroup.Version.HTTP2));
      scene.attribute("idle_timeout.timeout_seconds", "1");
      scene.to("g").secure(Protocol.HTTPS, A).apply();
      return client.send(ask("/").build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }

  @Test
  void targets_that_do_not_speak_http2_after_all_are_a_502_or_a_504() throws Exception {
    assertThat(answered((request, in, out) -> false)).isEqualTo(502);
    assertThat(answered((request, in, out) -> Backend.say(out, "400 Bad Request", "what?")))
        .isEqualTo(502);
    byte[] settings = Frames.frame(Frames.SETTINGS, 0, 0, new byte[0]);
    byte[] pushed = Frames.frame(Frames.DATA, 0, 2, new byte[10]);
    assertThat(
            answered((request, in, out) -> {
              out.write(settings);
              out.write(pushed);
              return true;
            }))
        .isEqualTo(502);
    assertThat(
            answered((request, in, out) -> {
              out.write(settings);
              in.transferTo(OutputStream.nullOutputStream());
              return false;
            }))
        .isEqualTo(504);
  }

  @Test
  void grpc_health_is_asked_for_by_grpc() throws Exception {
    try (Http2Target target = new Http2Target()) {
      var heard = new java.util.concurrent.LinkedBlockingQueue<GatewayListener.Transition>();
      try (Scene checked = new Scene(GatewaySettings.usual(), heard::add)) {
        checked.group(
            TargetGroup.http("g", "targetgroup/g/1", List.of(Target.of("127.0.0.1", target.port())))
                .withProtocol(Protocol.HTTP, TargetGroup.Version.GRPC)
                .withHealthCheck(HealthCheck.http().withPath("/AWS.ALB/healthcheck", "12")));
        checked.to("g").secure(Protocol.HTTPS, A).apply();
        heard.take();
        assertThat(heard.take().after())
            .isEqualTo(dev.longshore.gateway.route.TargetHealth.HEALTHY);
        assertThat(target.asked().remove()).isEqualTo("POST /AWS.ALB/healthcheck");
      }
    }
  }

  @Test
  void handshakes_that_fail_are_counted_and_hold_nobody_up() throws Exception {
    scene.secure(Protocol.HTTPS, A).apply();
    try (Wire wire = scene.connect()) {
      wire.send("GET / HTTP/1.1\r\n\r\n");
      assertThat(wire.rest()).doesNotContain("HTTP/1.1 200");
    }
    assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.CLIENT_TLS_ERROR))
        .isEqualTo(1);
    assertThat(shown("a.example")).isEqualTo("CN=a.example");
  }
}
