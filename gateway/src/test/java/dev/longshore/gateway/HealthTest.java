package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway finds out about its targets, and what follows. */
class HealthTest {
  private static final HealthCheck QUICK =
      HealthCheck.http().every(Duration.ofMillis(20), Duration.ofSeconds(5)).withThresholds(2, 2);

  private final BlockingQueue<GatewayListener.Transition> heard = new LinkedBlockingQueue<>();
  private final Scene scene = new Scene(GatewaySettings.usual(), heard::add);
  private volatile String status = "200 OK";

  @AfterEach
  void close() {
    scene.close();
  }

  private Backend target() {
    return Backend.of((request, in, out) -> Backend.say(out, status, "x"));
  }

  private void use(HealthCheck check, Target... targets) {
    scene.group(TargetGroup.http("g", "targetgroup/g/1", List.of(targets)).withHealthCheck(check));
    scene.to("g").apply();
  }

  private static Target at(int port) {
    return Target.of("127.0.0.1", port);
  }

  private TargetHealth next() throws InterruptedException {
    GatewayListener.Transition transition = heard.poll(20, TimeUnit.SECONDS);
    assertThat(transition).isNotNull();
    return transition.after();
  }

  @Test
  void a_target_is_healthy_after_its_first_pass_and_follows_its_answers() throws Exception {
    try (Backend target = target()) {
      use(QUICK, at(target.port()));
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
      Backend.Received check = target.received().remove();
      assertThat(check.line()).isEqualTo("GET / HTTP/1.1");
      assertThat(check.header("user-agent")).isEqualTo("ELB-HealthChecker/2.0");
      assertThat(check.header("host")).isEqualTo("127.0.0.1:" + target.port());
      status = "500 Oh";
      TargetHealth sick = next();
      assertThat(sick.reason()).isEqualTo("Target.ResponseCodeMismatch");
      assertThat(sick.description()).isEqualTo("Health checks failed with these codes: [500]");
      status = "200 OK";
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
    }
  }

  @Test
  void requests_avoid_who_is_unhealthy_and_fail_open_when_all_are() throws Exception {
    try (Backend good = Backend.saying("good");
        Backend bad = target()) {
      status = "503 Down";
      use(QUICK, at(good.port()), at(bad.port()));
      TargetHealth last = next();
      while (last.state() != TargetHealth.State.UNHEALTHY) {
        last = next();
      }
      for (int i = 0; i < 10; i++) {
        assertThat(scene.get("/").body()).isEqualTo("good");
      }
      use(QUICK, at(bad.port()));
      assertThat(scene.get("/").status()).isEqualTo(503);
      assertThat(scene.get("/").header("X-From")).isEqualTo("target");
    }
  }

  @Test
  void who_refuses_fails_and_who_is_silent_times_out() throws Exception {
    int nobody;
    try (Backend gone = target()) {
      nobody = gone.port();
    }
    use(QUICK, at(nobody));
    assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
    assertThat(next()).isEqualTo(TargetHealth.failed());
    try (Backend silent = Backend.of((request, in, out) -> in.read() >= 0)) {
      use(QUICK.every(Duration.ofMillis(20), Duration.ofMillis(50)), at(silent.port()));
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.timeout());
    }
  }

  @Test
  void tcp_checks_only_connect() throws Exception {
    try (Backend target = target()) {
      use(HealthCheck.tcp().every(Duration.ofMillis(20), Duration.ofSeconds(5)), at(target.port()));
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
      assertThat(target.received()).isEmpty();
    }
  }

  @Test
  void groups_that_are_not_in_use_are_not_looked_at() throws Exception {
    try (Backend target = target()) {
      scene.group(
          TargetGroup.http("g", "targetgroup/g/1", List.of(at(target.port())))
              .withHealthCheck(QUICK));
      scene.apply();
      assertThat(next()).isEqualTo(TargetHealth.NOT_IN_USE);
      assertThat(target.connections()).isZero();
      scene.to("g").apply();
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
    }
  }

  @Test
  void a_target_that_is_deregistered_drains_and_may_come_back() throws Exception {
    try (Backend target = target()) {
      use(QUICK, at(target.port()));
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
      use(QUICK, at(target.port()).draining());
      assertThat(next()).isEqualTo(TargetHealth.DRAINING);
      assertThat(scene.get("/").status()).isEqualTo(503);
      use(QUICK, at(target.port()));
      assertThat(next()).isEqualTo(TargetHealth.FIRST_CHECKS);
      assertThat(next()).isEqualTo(TargetHealth.HEALTHY);
    }
  }
}
