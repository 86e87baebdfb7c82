package dev.longshore.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.link.FakeControlPlane.Answer;
import dev.longshore.agent.link.FakeControlPlane.Session;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the agent's two sessions live, and what brings them back. */
@Timeout(60)
class SessionLivesTest {
  /** Whoever waits for a back-off of these waits longer than any test. */
  private static final Timing SLOW_TO_RETURN =
      new Timing(
          Duration.ofMillis(150),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofMillis(20),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(1));

  private static final Timing PATIENT =
      new Timing(
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofMillis(200),
          Duration.ofHours(1),
          Duration.ofMillis(10),
          Duration.ofMillis(50));

  private final FakeControlPlane fake = new FakeControlPlane();
  private final Sockets sockets = Sockets.open("test");
  private final Transport transport = Transport.of(sockets, null, false);
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    sockets.close();
    fake.close();
  }

  private LinkConfig config(Credentials keys) {
    return new LinkConfig(
        fake.uri(), "us-east-1", () -> keys, "default", "1.101.2", "longshore", "20.10.24");
  }

  private Endpoints endpoints(Credentials keys) {
    return new Endpoints(
        new ControlPlane(transport, config(keys), InstantSource.system()),
        config(keys),
        FakeControlPlane.ARN,
        now::get);
  }

  private interface Running {
    void run() throws InterruptedException;
  }

  private void run(Running body) {
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                body.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private void acs(Timing timing, Credentials keys) {
    AcsSession session =
        new AcsSession(
            transport,
            config(keys),
            endpoints(keys),
            FakeControlPlane.ARN,
            timing,
            InstantSource.system(),
            new Random(1),
            new Listener());
    run(session::run);
  }

  private static final class Listener implements AcsSession.Listener {
    @Override
    public void connected() {}

    @Override
    public void disconnected() {}

    @Override
    public void received(Event event) {}

    @Override
    public void heartbeat() {}
  }

  private void tcs(Timing timing, Credentials keys) {
    TcsSession session =
        new TcsSession(
            transport,
            config(keys),
            endpoints(keys),
            FakeControlPlane.ARN,
            timing,
            InstantSource.system(),
            new Random(1),
            new Idle());
    run(session::run);
  }

  private static final class Idle implements Telemetry {
    @Override
    public Collection<TaskRow> tasks() {
      return List.of();
    }

    @Override
    public List<Statistics> takeSamples(String dockerId) {
      return List.of();
    }

    @Override
    public Optional<RuntimeCheck> takeRuntimeCheck() {
      return Optional.empty();
    }
  }

  @Test
  void telemetry_without_a_sign_of_life_says_goodbye_and_is_back_at_once() throws Exception {
    tcs(SLOW_TO_RETURN, FakeControlPlane.KEYS);
    Session first = fake.tcs();
    String frame = first.frame();
    while (!frame.startsWith("CLOSE")) {
      first.send("{'type':'StopTelemetrySessionMessage','message':{}}");
      first.send("{'type':'Strange','message':{}}");
      frame = first.frame();
    }
    assertThat(frame).isEqualTo("CLOSE {\"type\":\"1000\"}");
    assertThat(fake.tcs().frame()).contains("PublishMetricsRequest");
  }

  @Test
  void what_only_tells_something_leaves_the_session_open() throws Exception {
    acs(PATIENT, FakeControlPlane.KEYS);
    Session session = fake.acs();
    for (String type :
        List.of("CloseMessage", "ErrorMessage", "InactiveInstanceException", "Strange")) {
      session.send("{'type':'" + type + "','message':{'message':'words'}}");
    }
    session.ping();
    assertThat(session.frame()).isEqualTo("PONG");
    session.send("{'type':'HeartbeatMessage','message':{'healthy':true,'messageId':'1'}}");
    assertThat(session.frame())
        .isEqualTo("{\"type\":\"HeartbeatAckRequest\",\"message\":{\"messageId\":\"1\"}}");
  }

  @Test
  void without_an_endpoint_the_agent_asks_until_there_is_one() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    fake.answer(
        "DiscoverPollEndpoint",
        call ->
            asked.incrementAndGet() < 3
                ? Answer.ok("{}")
                : Answer.ok("{\"endpoint\":\"" + fake.uri() + "/acs\"}"));
    acs(PATIENT, FakeControlPlane.KEYS);
    assertThat(fake.acs().target).startsWith("/acs/ws?");
    assertThat(asked).hasValue(3);
  }

  @Test
  void an_address_is_asked_for_every_twelve_hours_and_kept_where_nobody_answers() throws Exception {
    Endpoints endpoints = endpoints(FakeControlPlane.KEYS);
    String first = endpoints.discover().endpoint();
    assertThat(first).isEqualTo(fake.uri() + "/acs/");
    fake.answer("DiscoverPollEndpoint", call -> Answer.error(400, "ClientException", "not now"));
    now.updateAndGet(at -> at.plus(Duration.ofHours(12)).minusSeconds(1));
    assertThat(endpoints.discover().endpoint()).isEqualTo(first);
    assertThat(fake.callWithin("DiscoverPollEndpoint", 0)).isPresent();
    assertThat(fake.callWithin("DiscoverPollEndpoint", 0)).isEmpty();
    now.updateAndGet(at -> at.plusSeconds(1));
    assertThat(endpoints.discover().endpoint()).isEqualTo(first);
    assertThat(fake.callWithin("DiscoverPollEndpoint", 0)).isPresent();
    fake.answer(
        "DiscoverPollEndpoint",
        call -> Answer.ok("{\"endpoint\":\"http://other/acs/\",\"telemetryEndpoint\":\"t\"}"));
    assertThat(endpoints.discover().endpoint()).isEqualTo("http://other/acs/");
  }
}
