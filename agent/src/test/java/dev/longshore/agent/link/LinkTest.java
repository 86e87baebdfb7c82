package dev.longshore.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.link.FakeControlPlane.Answer;
import dev.longshore.agent.link.FakeControlPlane.Call;
import dev.longshore.agent.link.FakeControlPlane.Session;
import dev.longshore.agent.task.ContainerReport;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.NetworkBinding;
import dev.longshore.agent.task.TaskReport;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent's side of the protocol, against a scripted control plane. */
@Timeout(60)
class LinkTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofMillis(200),
          Duration.ofHours(1),
          Duration.ofMillis(20),
          Duration.ofMillis(200));

  private final FakeControlPlane fake = new FakeControlPlane();
  private final Sockets sockets = Sockets.open("test");
  private final Transport transport = Transport.of(sockets, null, false);
  private final List<Thread> threads = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicInteger heartbeats = new AtomicInteger();

  @AfterEach
  void close() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    sockets.close();
    fake.close();
  }

  private LinkConfig config(String cluster) {
    return new LinkConfig(
        fake.uri(),
        "us-east-1",
        () -> FakeControlPlane.KEYS,
        cluster,
        "1.101.2",
        "longshore",
        "20.10.24+dfsg1");
  }

  private ControlPlane controlPlane(String cluster) {
    return new ControlPlane(transport, config(cluster), InstantSource.system());
  }

  private AcsSession acs(Timing timing) {
    ControlPlane controlPlane = controlPlane("default");
    AcsSession session =
        new AcsSession(
            transport,
            config("default"),
            new Endpoints(
                controlPlane, config("default"), FakeControlPlane.ARN, InstantSource.system()),
            FakeControlPlane.ARN,
            timing,
            InstantSource.system(),
            new Random(1),
            new AcsSession.Listener() {
              @Override
              public void connected() {}

              @Override
              public void disconnected() {}

              @Override
              public void received(Event event) {
                events.add(event);
              }

              @Override
              public void heartbeat() {
                heartbeats.incrementAndGet();
              }
            });
    run(session::run);
    return session;
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

  private static String query(boolean credentials) {
    return "agentHash=longshore&agentVersion=1.101.2&clusterArn=default"
        + "&containerInstanceArn=arn%3Aaws%3Aecs%3Aus-east-1%3A123456789012%3Acontainer-instance%2F"
        + "default%2Ffb80&dockerVersion=DockerVersion%3A+20.10.24%2Bdfsg1&protocolVersion=2"
        + "&sendCredentials="
        + credentials
        + "&seqNum=1";
  }

  @Test
  void the_acs_session_opens_as_the_transcript_shows() throws Exception {
    acs(QUICK);
    Json discover = fake.call("DiscoverPollEndpoint").body();
    assertThat(discover.write())
        .isEqualTo(
            "{\"cluster\":\"default\",\"containerInstance\":\""
                + FakeControlPlane.ARN
                + "\",\"zoneId\":\"\"}");
    Session session = fake.acs();
    assertThat(session.target).isEqualTo("/acs/ws?" + query(true));
    assertThat(session.headers)
        .containsEntry("user-agent", "Go-http-client/1.1")
        .containsEntry("sec-websocket-version", "13")
        .containsEntry("host", fake.uri().getAuthority())
        .doesNotContainKey("sec-websocket-extensions")
        .doesNotContainKey("sec-websocket-protocol");
    assertThat(session.headers.get("authorization")).contains("SignedHeaders=host;x-amz-date,");
  }

  @Test
  void heartbeats_are_acknowledged_and_updates_refused() throws Exception {
    acs(QUICK);
    Session session = fake.acs();
    session.send("{'type':'HeartbeatMessage','message':{'healthy':true,'messageId':'8cf7'}}");
    assertThat(session.frame())
        .isEqualTo("{\"type\":\"HeartbeatAckRequest\",\"message\":{\"messageId\":\"8cf7\"}}");
    assertThat(heartbeats).hasValue(1);
    session.send(
        "{'type':'StageUpdateMessage','message':{'messageId':'u','clusterArn':'c',"
            + "'containerInstanceArn':'i','updateInfo':{}}}");
    assertThat(session.frame())
        .isEqualTo(
            "{\"type\":\"NackRequest\",\"message\":{\"cluster\":\"c\",\"containerInstance\":\"i\","
                + "\"messageId\":\"u\",\"reason\":\"Updates are disabled\"}}");
  }

  @Test
  void messages_become_events_and_answers_become_frames() throws Exception {
    AcsSession acs = acs(QUICK);
    Session session = fake.acs();
    session.send("{'type':'Strange','message':{}}");
    session.send("not json");
    session.send(
        "{'type':'PayloadMessage','message':{'clusterArn':'c','containerInstanceArn':'i',"
            + "'messageId':'m','seqNum':'wrong','tasks':[]}}");
    session.send("{'type':'PayloadMessage','message':{'messageId':'m'}}");
    session.send(
        "{'type':'PayloadMessage','message':{'clusterArn':'c','ContainerInstanceArn':'i',"
            + "'messageId':'m','seqNum':4,'generatedAt':1,'tasks':[{'desiredStatus':'RUNNING'}]}}");
    Event event = FakeControlPlane.taken(events, "event");
    assertThat(event).isInstanceOf(Event.PayloadReceived.class);
    assertThat(((Event.PayloadReceived) event).sequence()).isEqualTo(4);
    acs.send(new Effect.Acknowledge("m", "c", "i"));
    assertThat(session.frame())
        .isEqualTo(
            "{\"type\":\"AckRequest\",\"message\":{\"cluster\":\"c\","
                + "\"containerInstance\":\"i\",\"messageId\":\"m\"}}");
    acs.send(new Effect.AcknowledgeCredentials("m", "cid", "2026-11-21T16:00:00Z"));
    assertThat(session.message("IAMRoleCredentialsAckRequest").write())
        .isEqualTo(
            "{\"credentialsId\":\"cid\",\"expiration\":\"2026-11-21T16:00:00Z\","
                + "\"messageId\":\"m\"}");
    acs.send(new Effect.VerifyStops("man", List.of(new Effect.StopCandidate("t", "c"))));
    assertThat(session.message("TaskStopVerificationMessage").write())
        .isEqualTo(
            "{\"messageId\":\"man\",\"stopCandidates\":[{\"desiredStatus\":\"STOPPED\","
                + "\"taskArn\":\"t\",\"taskClusterArn\":\"c\"}]}");
  }

  @Test
  void manifests_stops_and_credentials_are_understood() throws Exception {
    acs(QUICK);
    Session session = fake.acs();
    session.send(
        "{'type':'TaskManifestMessage','message':{'messageId':'man','clusterArn':'c',"
            + "'containerInstanceArn':'i','timeline':100,'tasks':[{'taskArn':'t',"
            + "'taskClusterArn':'c','desiredStatus':'RUNNING'}]}}");
    assertThat(FakeControlPlane.taken(events, "manifest"))
        .isEqualTo(
            new Event.ManifestReceived(
                "man", "c", "i", 100, List.of(new Event.ManifestTask("t", "c", "RUNNING"))));
    session.send(
        "{'type':'TaskStopVerificationAck','message':{'messageId':'man','stopTasks':"
            + "[{'taskArn':'t','desiredStatus':'STOPPED'}]}}");
    assertThat(FakeControlPlane.taken(events, "stops"))
        .isEqualTo(
            new Event.StopsVerified("man", List.of(new Event.ManifestTask("t", null, "STOPPED"))));
    session.send(
        "{'type':'IAMRoleCredentialsMessage','message':{'messageId':'m','taskArn':'t',"
            + "'roleType':'TaskExecution','roleCredentials':{'credentialsId':'cid'}}}");
    assertThat(FakeControlPlane.taken(events, "credentials"))
        .isInstanceOf(Event.CredentialsReceived.class);
  }

  @Test
  void after_a_drop_or_a_going_away_the_agent_is_back_at_once_and_asks_for_no_credentials()
      throws Exception {
    acs(QUICK);
    fake.acs().drop();
    Session second = fake.acs();
    assertThat(second.target).endsWith(query(false));
    second.close(1001);
    Session third = fake.acs();
    third.close(4000);
    assertThat(fake.acs().target).endsWith(query(false));
    assertThat(fake.callWithin("DiscoverPollEndpoint", 0)).isPresent();
    assertThat(fake.callWithin("DiscoverPollEndpoint", 0)).isEmpty();
  }

  @Test
  void a_silent_control_plane_is_dropped_without_a_word() throws Exception {
    acs(
        new Timing(
            Duration.ofMillis(100),
            QUICK.life(),
            QUICK.lifeJitter(),
            QUICK.tick(),
            QUICK.deregistered(),
            QUICK.firstBackoff(),
            QUICK.mostBackoff()));
    fake.acs();
    assertThat(fake.acs()).isNotNull();
  }

  @Test
  void an_old_session_is_renewed_with_a_goodbye() throws Exception {
    acs(
        new Timing(
            QUICK.inactivity(),
            Duration.ofMillis(50),
            Duration.ofMillis(10),
            QUICK.tick(),
            QUICK.deregistered(),
            QUICK.firstBackoff(),
            QUICK.mostBackoff()));
    assertThat(fake.acs().frame()).startsWith("CLOSE {\"type\":\"1000\"");
    assertThat(fake.acs()).isNotNull();
  }

  @Test
  void an_inactive_instance_stays_away_for_an_hour_and_any_other_refusal_does_not()
      throws Exception {
    fake.rejection = "{\"InvalidClusterException\":\"no\"}";
    acs(QUICK);
    fake.upgradeRefused();
    fake.rejection = null;
    fake.acs().drop();
    Session next = fake.acs();
    fake.rejection =
        "{\"type\":\"InactiveInstanceException\",\"message\":{\"message\":\"deregistered\"}}";
    next.drop();
    fake.upgradeRefused();
    fake.rejection = null;
    assertThat(fake.acsWithin(800)).isEmpty();
  }

  private static TaskReport report(long number) {
    return new TaskReport(
        "arn:task/a",
        number,
        "RUNNING",
        "",
        List.of(
            new ContainerReport(
                "app",
                "fb8a",
                "RUNNING",
                null,
                null,
                "sha256:e1",
                List.of(
                    new NetworkBinding("0.0.0.0", 80, 80, 32768, 32768, "tcp"),
                    new NetworkBinding("0.0.0.0", 90, 92, 50000, 50002, "udp")))),
        Instant.parse("2026-11-21T10:00:00.250Z"),
        null,
        Instant.ofEpochMilli(1795249574700L));
  }

  private StateReporter reporter() {
    return new StateReporter(controlPlane("default"), config("default"), new Random(1));
  }

  @Test
  void a_report_is_written_as_the_transcript_shows() throws Exception {
    reporter().deliver(report(1));
    Call call = fake.call("SubmitTaskStateChange");
    assertThat(call.headers()).containsEntry("amz-sdk-request", "attempt=1; max=298");
    assertThat(call.body().write())
        .isEqualTo(
            "{\"cluster\":\"default\",\"containers\":[{\"containerName\":\"app\","
                + "\"status\":\"RUNNING\",\"runtimeId\":\"fb8a\",\"imageDigest\":\"sha256:e1\","
                + "\"networkBindings\":[{\"bindIP\":\"0.0.0.0\",\"containerPort\":80,"
                + "\"hostPort\":32768,\"protocol\":\"tcp\"},{\"bindIP\":\"0.0.0.0\","
                + "\"containerPortRange\":\"90-92\",\"hostPortRange\":\"50000-50002\","
                + "\"protocol\":\"udp\"}]}],\"reason\":\"\",\"status\":\"RUNNING\","
                + "\"task\":\"arn:task/a\",\"pullStartedAt\":1795255200.25,"
                + "\"executionStoppedAt\":1795249574.7}");
  }

  @Test
  void a_report_is_repeated_until_taken_and_given_up_only_for_an_invalid_parameter()
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    fake.answer(
        "SubmitTaskStateChange",
        call ->
            switch (count.incrementAndGet()) {
              case 1, 2 -> Answer.error(500, "ServerException", "busy");
              case 3 -> Answer.ok("{}");
              default -> Answer.error(400, "InvalidParameterException", "unknown task");
            });
    StateReporter reporter = reporter();
    reporter.deliver(report(1));
    assertThat(count).hasValue(3);
    reporter.deliver(report(2));
    assertThat(count).hasValue(4);
  }

  @Test
  void a_nudge_ends_the_wait_for_the_next_try() throws Exception {
    AtomicInteger count = new AtomicInteger();
    fake.answer(
        "SubmitTaskStateChange",
        call ->
            count.incrementAndGet() == 1
                ? Answer.error(400, "AccessDeniedException", "not yet")
                : Answer.ok("{}"));
    StateReporter reporter = reporter();
    run(() -> reporter.deliver(report(1)));
    var _ = fake.call("SubmitTaskStateChange");
    for (int i = 0; i < 1000 && fake.callWithin("SubmitTaskStateChange", 5).isEmpty(); i++) {
      reporter.retryNow();
    }
    assertThat(count).hasValue(2);
  }

  private static final class Idle implements Telemetry {
    private final AtomicInteger checks = new AtomicInteger();

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
      return checks.incrementAndGet() == 2
          ? Optional.of(
              new RuntimeCheck(
                  "OK", Instant.ofEpochMilli(1795249514539L), Instant.ofEpochMilli(1795249534571L)))
          : Optional.empty();
    }
  }

  @Test
  void telemetry_frames_carry_their_signature_and_an_idle_instance_says_so() throws Exception {
    ControlPlane controlPlane = controlPlane("default");
    TcsSession session =
        new TcsSession(
            transport,
            config("default"),
            new Endpoints(
                controlPlane, config("default"), FakeControlPlane.ARN, InstantSource.system()),
            FakeControlPlane.ARN,
            QUICK,
            InstantSource.system(),
            new Random(1),
            new Idle());
    run(session::run);
    Session tcs = fake.tcs();
    assertThat(tcs.target)
        .isEqualTo(
            "/tcs/ws?agentHash=longshore&agentVersion=1.101.2&cluster=default"
                + "&containerInstance=arn%3Aaws%3Aecs%3Aus-east-1%3A123456789012%3A"
                + "container-instance%2Fdefault%2Ffb80&dockerVersion=20.10.24%2Bdfsg1");
    String frame = tcs.frame();
    assertThat(frame)
        .matches(
            "(?s)Authorization: AWS4-HMAC-SHA256 Credential=AKIDLOCALTEST/[0-9]{8}/us-east-1/ecs/"
                + "aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}\r\n"
                + "Host: 127\\.0\\.0\\.1:[0-9]+\r\nX-Amz-Date: [0-9]{8}T[0-9]{6}Z\r\n\r\n\\{.*");
    Json envelope = tcs.signed(frame);
    assertThat(envelope.at("type").text()).isEqualTo("PublishMetricsRequest");
    assertThat(envelope.at("message", "metadata", "idle").flag()).isTrue();
    assertThat(envelope.at("message", "metadata", "fin").flag()).isTrue();
    assertThat(envelope.at("message", "taskMetrics").isNull()).isTrue();
    Json status = tcs.message("PublishInstanceStatusRequest");
    assertThat(status.at("statuses").write())
        .isEqualTo(
            "[{\"lastStatusChange\":1795249534.571,\"lastUpdated\":1795249514.539,"
                + "\"status\":\"OK\",\"type\":\"ContainerRuntime\"}]");
  }

  @Test
  void envelopes_come_in_two_forms() {
    assertThat(Envelope.parse("{\"InactiveInstanceException\":\"gone\"}").orElseThrow().type())
        .isEqualTo("InactiveInstanceException");
    @Nullable Envelope none = Envelope.parse("[]").orElse(null);
    assertThat(none).isNull();
  }
}
