package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.route.Target;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What targets do that clients are to be told in ELB's codes. */
class HostileTargetsTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private Wire.Answer asked(Backend target) throws Exception {
    scene.group("g", target.port()).to("g").apply();
    return scene.get("/");
  }

  private static boolean raw(OutputStream out, String text) throws java.io.IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  @Test
  void a_target_that_hangs_up_is_a_502() throws Exception {
    try (Backend target = Backend.of((request, in, out) -> false)) {
      Wire.Answer answer = asked(target);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).contains("<h1>502 Bad Gateway</h1>");
    }
  }

  @Test
  void a_port_where_nobody_listens_is_a_502_unless_there_is_another() throws Exception {
    int nobody;
    try (Backend gone = Backend.saying("")) {
      nobody = gone.port();
    }
    try (Backend other = Backend.saying("other")) {
      scene.group("g", nobody).to("g").apply();
      assertThat(scene.get("/").status()).isEqualTo(502);
      scene.group("g", nobody, other.port()).apply();
      for (int i = 0; i < 10; i++) {
        assertThat(scene.get("/").body()).isEqualTo("other");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabcde",
        "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX y\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void garbage_is_a_502(String garbage) throws Exception {
    try (Backend target = Backend.of((request, in, out) -> raw(out, garbage))) {
      assertThat(asked(target).status()).isEqualTo(502);
    }
  }

  @Test
  void a_head_beyond_the_bound_is_a_502() throws Exception {
    String wide = "X: " + "y".repeat(33_000);
    try (Backend target =
        Backend.of((request, in, out) -> raw(out, "HTTP/1.1 200 OK\r\n" + wide + "\r\n\r\n"))) {
      assertThat(asked(target).status()).isEqualTo(502);
    }
  }

  @Test
  void a_target_that_never_answers_is_a_504() throws Exception {
    try (Backend target = Backend.of((request, in, out) -> in.read() >= 0)) {
      scene.attribute("idle_timeout.timeout_seconds", "1");
      Wire.Answer answer = asked(target);
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.body()).contains("504 Gateway Time-out");
    }
  }

  @Test
  void an_answer_that_ends_early_ends_the_clients_connection() throws Exception {
    try (Backend target =
            Backend.of((request, in, out) -> {
              raw(out, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
              return false;
            });
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      wire.send(Wire.get("/")).readThrough("\r\n\r\n");
      assertThat(wire.rest().replace("\u0000", "")).isEqualTo("half");
    }
  }

  @Test
  void an_answer_nobody_asked_for_is_nobodys() throws Exception {
    String twice =
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
            + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
    try (Backend target = Backend.of((request, in, out) -> raw(out, twice));
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(wire.send(Wire.get("/")).answer().body()).isEqualTo("one");
      }
    }
  }

  @Test
  void a_kept_connection_that_the_target_closed_costs_no_get() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (Backend target =
            Backend.of((request, in, out) -> {
              Backend.say(out, "200 OK", "x");
              return served.incrementAndGet() % 2 == 1;
            });
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      for (int i = 0; i < 50; i++) {
        assertThat(wire.send(Wire.get("/")).answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void interim_answers_are_kept_from_clients() throws Exception {
    String answer =
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
    try (Backend target = Backend.of((request, in, out) -> raw(out, answer));
        Wire wire = scene.group("g", target.port()).to("g").apply().connect()) {
      for (int i = 0; i < 5; i++) {
        assertThat(wire.send(Wire.get("/")).answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void who_is_deregistered_finishes_what_it_has_and_is_cut_when_it_is_gone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Backend target =
        Backend.of((request, in, out) -> {
          if (request.path().equals("/finishes")) {
            await(go);
            return Backend.say(out, "200 OK", "done");
          }
          return in.read() >= 0;
        })) {
      scene.group("g", target.port()).to("g").apply();
      Target one = Target.of("127.0.0.1", target.port());
      try (Wire finishes = scene.connect();
          Wire hangs = scene.connect()) {
        finishes.send(Wire.get("/finishes"));
        hangs.send(Wire.get("/hangs"));
        target.received().take();
        target.received().take();
        scene.group(scene.known("g").withTargets(List.of(one.draining()))).apply();
        assertThat(scene.get("/").status()).isEqualTo(503);
        go.countDown();
        assertThat(finishes.answer().body()).isEqualTo("done");
        scene.group("g").apply();
        assertThat(hangs.answer().status()).isEqualTo(502);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
