package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.gateway.metric.Count;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that no target may see, or that is to hold nobody else up. */
class HostileClientsTest {
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

  /** Sends it with another request behind it, which must not be taken for one. */
  private int refused(String request) throws IOException {
    try (Wire wire = scene.connect()) {
      wire.send(request + Wire.get("/smuggled"));
      Wire.Answer answer = wire.answer();
      assertThat(wire.rest()).doesNotContain("seen");
      assertThat(target.received()).noneMatch(each -> each.path().equals("/smuggled"));
      return answer.status();
    }
  }

  private static String post(String headers, String body) {
    return "POST /hostile HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 4 4\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length:\r\n",
        "Content-Length : 4\r\n",
        "Content_Length: 4\r\nContent-Length\t: 4\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
        "X: y\r\n\tfolded\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: chunked;x=y\r\n",
        "X: a\nTransfer-Encoding: chunked\r\n",
        "X: a\rTransfer-Encoding: chunked\r\n",
        "X: a\u0000b\r\n",
        "X\u0000: b\r\n",
        "No colon at all\r\n",
        ": no name\r\n",
        "X(y): z\r\n",
        "Host: b\r\n",
        "Host: a\r\n"
      })
  void headers_that_parsers_could_disagree_about_are_refused(String headers) throws Exception {
    assertThat(refused(post(headers, "0\r\n\r\n"))).isIn(400, 501);
    assertThat(target.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n",
        "\r\n\r\n",
        "FFFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "80000000\r\nhello",
        "5 5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n"
      })
  void chunks_that_are_none_end_the_connection(String body) throws Exception {
    int status = refused(post("Transfer-Encoding: chunked\r\n", body));
    assertThat(status).isIn(0, 400, 408, 502);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / x HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET relative HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / http/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0000\u0001",
        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void request_lines_and_hosts_that_are_unsound_are_refused(String request) throws Exception {
    assertThat(refused(request)).isIn(0, 400, 505);
    assertThat(target.received()).isEmpty();
  }

  @Test
  void what_aws_answers_with_a_code_of_its_own_gets_it() throws Exception {
    assertThat(refused("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(405);
    assertThat(refused("GET / HTTP/3.0\r\nHost: a\r\n\r\n")).isEqualTo(505);
    String many = "1.1.1.1, ".repeat(30) + "1.1.1.1";
    assertThat(refused("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + many + "\r\n\r\n"))
        .isEqualTo(463);
    assertThat(target.received()).isEmpty();
  }

  @Test
  void lines_and_headers_have_their_bounds() throws Exception {
    String most = "x".repeat(15_000);
    assertThat(scene.get("/" + most).status()).isEqualTo(200);
    String head = "GET / HTTP/1.1\r\nHost: a\r\n";
    assertThat(scene.ask(head + "X: " + most + "\r\n\r\n").status()).isEqualTo(200);
    String more = "x".repeat(17_000);
    assertThat(scene.get("/" + more).status()).isEqualTo(414);
    assertThat(scene.ask(head + "X: " + more + "\r\n\r\n").status()).isEqualTo(400);
    StringBuilder all = new StringBuilder(head);
    for (int i = 0; i < 5; i++) {
      all.append("X").append(i).append(": ").append(most).append("\r\n");
    }
    assertThat(scene.ask(all + "\r\n").status()).isEqualTo(400);
  }

  @Test
  void sound_oddities_pass() throws Exception {
    assertThat(scene.ask("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
    assertThat(scene.ask("GET http://a/x?y HTTP/1.1\r\nHost: A\r\n\r\n").status()).isEqualTo(200);
    assertThat(scene.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
    assertThat(scene.ask("PURGE /x HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").status()).isEqualTo(200);
    assertThat(target.received().stream().map(Backend.Received::path))
        .containsExactly("/", "/x?y", "*", "/x");
  }

  @Test
  void who_sends_a_head_by_drops_is_told_to_go() throws Exception {
    scene.attribute("idle_timeout.timeout_seconds", "1").apply();
    try (Wire slow = scene.connect();
        Wire silent = scene.connect()) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
      assertThat(slow.answer().status()).isEqualTo(408);
      assertThat(silent.rest()).isEmpty();
    }
  }

  @Test
  void who_keeps_its_body_to_itself_is_told_to_go() throws Exception {
    scene.attribute("idle_timeout.timeout_seconds", "1").apply();
    try (Wire slow = scene.connect()) {
      slow.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
      assertThat(slow.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void ten_thousand_idle_connections_hold_nobody_up() throws Exception {
    int many = 10_000;
    assumeTrue(IdleCrowd.fits(many), "a process may not have so many files open here");
    long before = directMemory();
    try (var _ = IdleCrowd.of(scene.address(), many)) {
      assertThat(scene.get("/").body()).isEqualTo("seen");
      assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.ACTIVE_CONNECTION))
          .isGreaterThanOrEqualTo(many);
      // Who says nothing has no buffer.
      assertThat(directMemory() - before).isLessThan(16L << 20);
    }
  }

  private static long directMemory() {
    ByteBufAllocatorMetricProvider provider =
        (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
    return provider.metric().usedDirectMemory();
  }

  @Test
  void connections_beyond_the_bound_are_closed() throws Exception {
    try (Scene small =
            new Scene(GatewaySettings.usual().withConnections(3), GatewayListener.none());
        Wire one = small.apply().connect();
        Wire two = small.connect();
        Wire three = small.connect()) {
      for (Wire each : List.of(one, two, three)) {
        assertThat(each.send(Wire.get("/")).answer().status()).isEqualTo(404);
      }
      try (Wire four = small.connect()) {
        assertThat(four.rest().strip()).isEmpty();
      }
    }
  }
}
