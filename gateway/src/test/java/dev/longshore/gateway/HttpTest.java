package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Condition;
import dev.longshore.gateway.route.Rule;
import dev.longshore.gateway.route.Target;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of HTTP/1.1 through a gateway, as they come and go. */
class HttpTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static Action fixed(int status, String type, String body) {
    return new Action.FixedResponse(status, type, body);
  }

  @Test
  void a_request_reaches_a_target_and_its_answer_comes_back() throws Exception {
    try (Backend target = Backend.saying("hello")) {
      scene.group("g", target.port()).to("g").apply();
      Wire.Answer answer = scene.get("/path?x=1");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.header("X-From")).isEqualTo("target");
      Backend.Received request = target.received().remove();
      assertThat(request.line()).isEqualTo("GET /path?x=1 HTTP/1.1");
      assertThat(request.header("host")).isEqualTo("a.example:" + scene.address().getPort());
    }
  }

  @Test
  void connections_are_kept_on_both_sides() throws Exception {
    try (Backend target = Backend.saying("hello");
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(wire.send(Wire.get("/" + i)).answer().body()).isEqualTo("hello");
      }
      assertThat(target.connections()).isEqualTo(1);
    }
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> Backend.say(out, "200 OK", request.path()));
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(Wire.get("/" + i));
      }
      wire.send(all.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(wire.answer().body()).isEqualTo("/" + i);
      }
    }
  }

  @Test
  void many_pipelined_requests_that_the_gateway_answers_itself_are_answered() throws Exception {
    scene.otherwise(fixed(200, "text/plain", "x")).apply();
    try (Wire wire = scene.connect()) {
      wire.send(Wire.get("/").repeat(2_000));
      for (int i = 0; i < 2_000; i++) {
        assertThat(wire.answer().body()).isEqualTo("x");
      }
    }
  }

  @Test
  void who_asked_is_told_to_targets() throws Exception {
    try (Backend target = Backend.saying("")) {
      scene.group("g", target.port()).to("g").apply();
      scene.get("/");
      Backend.Received request = target.received().remove();
      assertThat(request.header("x-forwarded-for")).isEqualTo("127.0.0.1");
      assertThat(request.header("x-forwarded-proto")).isEqualTo("http");
      assertThat(request.header("x-forwarded-port"))
          .isEqualTo(Integer.toString(scene.address().getPort()));
      assertThat(request.header("x-amzn-trace-id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
      scene.ask(
          String.join(
              "\r\n",
              "GET / HTTP/1.1",
              "Host: a",
              "X-Forwarded-For: 1.1.1.1",
              "Connection: close, X-Gone",
              "X-Gone: 1",
              "Keep-Alive: 5",
              "X-Amzn-Trace-Id: Root=1-a-b;Key=v",
              "",
              ""));
      request = target.received().remove();
      assertThat(request.header("x-forwarded-for")).isEqualTo("1.1.1.1, 127.0.0.1");
      assertThat(request.header("x-amzn-trace-id"))
          .matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-a-b;Key=v");
      assertThat(request.headers()).doesNotContainKeys("x-gone", "keep-alive", "connection");
    }
  }

  @Test
  void forwarded_for_follows_the_load_balancers_attributes() throws Exception {
    String asked = "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n";
    try (Backend target = Backend.saying("")) {
      scene.group("g", target.port()).to("g");
      scene.attribute("routing.http.xff_header_processing.mode", "preserve").apply();
      scene.ask(asked);
      assertThat(target.received().remove().header("x-forwarded-for")).isEqualTo("1.1.1.1");
      scene.attribute("routing.http.xff_header_processing.mode", "remove").apply();
      scene.ask(asked);
      assertThat(target.received().remove().headers()).doesNotContainKey("x-forwarded-for");
      scene.attribute("routing.http.xff_header_processing.mode", "append");
      scene.attribute("routing.http.xff_client_port.enabled", "true").apply();
      scene.ask(asked);
      assertThat(target.received().remove().header("x-forwarded-for"))
          .matches("1.1.1.1, 127.0.0.1:[0-9]+");
    }
  }

  @Test
  void a_fixed_response_says_its_charset() throws Exception {
    scene.otherwise(fixed(202, "application/json", "{}")).apply();
    Wire.Answer answer = scene.get("/");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.header("Server")).isEqualTo("awselb/2.0");
    assertThat(answer.header("Connection")).isEqualTo("keep-alive");
    assertThat(answer.body()).isEqualTo("{}");
  }

  @Test
  void a_redirect_fills_its_template_in() throws Exception {
    scene
        .otherwise(
            new Action.Redirect(
                "#{protocol}", "#{host}", "#{port}", "/blue/#{path}", "#{query}", 302))
        .apply();
    Wire.Answer answer = scene.get("/proof?mode=native");
    assertThat(answer.head()).startsWith("HTTP/1.1 302 Moved Temporarily\r\n");
    assertThat(answer.header("Location"))
        .isEqualTo("http://a.example:" + scene.address().getPort() + "/blue/proof?mode=native");
    assertThat(answer.body()).contains("<title>302 Found</title>").hasSize(110);
  }

  @Test
  void an_empty_group_is_a_503_in_elbs_words() throws Exception {
    scene.group("g").to("g").apply();
    Wire.Answer answer = scene.get("/");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            String.join(
                "\r\n",
                "<html>",
                "<head><title>503 Service Temporarily Unavailable</title></head>",
                "<body>",
                "<center><h1>503 Service Temporarily Unavailable</h1></center>",
                "</body>",
                "</html>",
                ""));
  }

  @Test
  void rules_are_followed_by_priority_and_weights_by_share() throws Exception {
    try (Backend blue = Backend.saying("blue");
        Backend green = Backend.saying("green")) {
      Action shares =
          new Action.Forward(
              List.of(new Action.WeightedGroup("b", 1), new Action.WeightedGroup("g", 3)), 0);
      Condition path = new Condition.PathPattern(List.of("/app*"), List.of());
      scene.group("b", blue.port()).group("g", green.port()).otherwise(shares);
      scene.rule(new Rule("ten", 10, List.of(path), fixed(210, "", "")));
      scene.rule(new Rule("five", 5, List.of(path), fixed(205, "", ""))).apply();
      assertThat(scene.get("/app").status()).isEqualTo(205);
      Map<String, Integer> counts = new HashMap<>();
      try (Wire wire = scene.connect()) {
        for (int i = 0; i < 400; i++) {
          counts.merge(wire.send(Wire.get("/")).answer().body(), 1, Integer::sum);
        }
      }
      assertThat(counts.get("blue")).isBetween(95, 105);
    }
  }

  @Test
  void a_body_is_carried_in_chunks_and_by_length() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> {
              byte[] body = Backend.drain(request, in);
              return Backend.say(out, "200 OK", new String(body, StandardCharsets.ISO_8859_1));
            });
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      String big = "0123456789".repeat(100_000);
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + big.length() + "\r\n\r\n" + big);
      assertThat(wire.answer().body()).isEqualTo(big);
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe");
      wire.send("llo\r\n0\r\n\r\n");
      wire.answer();
      target.received().remove();
      assertThat(target.received().remove().header("transfer-encoding")).isEqualTo("chunked");
    }
  }

  @Test
  void answers_in_chunks_or_until_the_end_come_in_chunks() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> {
              boolean chunks = request.path().equals("/chunks");
              String answer =
                  chunks
                      ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\n\r\nuntil the end";
              out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
              return chunks;
            });
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      assertThat(wire.send(Wire.get("/chunks")).answer().body()).isEqualTo("ab");
      assertThat(wire.send(Wire.get("/end")).answer().body()).isEqualTo("until the end");
      assertThat(wire.send(Wire.get("/chunks")).answer().body()).isEqualTo("ab");
    }
  }

  @Test
  void head_has_no_body_and_old_clients_get_the_end() throws Exception {
    try (Backend target =
        Backend.of((request, in, out) -> {
          String answer =
              request.line().startsWith("HEAD")
                  ? "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"
                  : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
          out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
          return true;
        })) {
      scene.group("g", target.port()).to("g").apply();
      try (Wire wire = scene.connect()) {
        wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(wire.answerToHead().header("Content-Length")).isEqualTo("7");
        assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("ab");
      }
      Wire.Answer old = scene.ask("GET / HTTP/1.0\r\n\r\n");
      assertThat(old.body()).isEqualTo("ab");
      assertThat(old.header("Transfer-Encoding")).isEmpty();
    }
  }

  @Test
  void a_client_that_waits_to_be_asked_for_its_body_is_asked() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) ->
                Backend.say(out, "200 OK", "" + Backend.drain(request, in).length));
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      wire.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(wire.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 100 Continue");
      assertThat(wire.send("abc").answer().body()).isEqualTo("3");
    }
  }

  @Test
  void a_large_answer_waits_for_a_client_that_does_not_read() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    byte[] part = new byte[1 << 16];
    int parts = 1_000;
    try (Backend target =
            Backend.of((request, in, out) -> {
              String head =
                  "HTTP/1.1 200 OK\r\nContent-Length: " + (long) parts * part.length + "\r\n\r\n";
              out.write(head.getBytes(StandardCharsets.ISO_8859_1));
              for (int i = 0; i < parts; i++) {
                out.write(part);
              }
              written.countDown();
              return true;
            });
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      wire.send(Wire.get("/"));
      wire.readThrough("\r\n\r\n");
      assertThat(written.await(300, TimeUnit.MILLISECONDS)).isFalse();
      assertThat(wire.read(parts * part.length)).hasSize(parts * part.length);
      assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void after_a_change_no_request_goes_to_who_left_and_connections_stay() throws Exception {
    try (Backend one = Backend.saying("one");
        Backend two = Backend.saying("two");
        Wire wire = scene.group("g", one.port()).to("g").apply().connect()) {
      assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("one");
      scene.group("g", two.port()).apply();
      assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("two");
      Target first = Target.of("127.0.0.1", one.port());
      Target second = Target.of("127.0.0.1", two.port());
      scene.group(scene.known("g").withTargets(List.of(first, second.draining()))).apply();
      for (int i = 0; i < 10; i++) {
        assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("one");
      }
    }
  }

  @Test
  void requests_are_counted() throws Exception {
    try (Backend target = Backend.saying("hello")) {
      scene.group("g", target.port()).to("g").apply();
      scene.get("/");
      scene.get("/");
      assertThat(scene.gateway().metrics().balancer("app/test/1").sum(Count.REQUEST)).isEqualTo(2);
      assertThat(scene.gateway().metrics().group("targetgroup/g/1").sum(Count.TARGET_2XX))
          .isEqualTo(2);
      assertThat(scene.gateway().metrics().prometheus())
          .contains("longshore_gateway_request_count_total{load_balancer=\"app/test/1\"} 2");
    }
  }
}
