package dev.longshore.agent.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The telemetry communication service: takes metrics, health and the state of the engine. */
public final class TcsSession {
  private static final Logger LOG = LoggerFactory.getLogger(TcsSession.class);
  private static final Set<String> SIGNS_OF_LIFE =
      Set.of(
          "HeartbeatMessage", "AckPublishMetric", "AckPublishHealth", "AckPublishInstanceStatus");

  private final Endpoints endpoints;
  private final LinkConfig config;
  private final String containerInstanceArn;
  private final Timing timing;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final TcsMessages messages;
  private final KeptSigner signer;
  private final SessionLoop loop;
  private volatile @Nullable WebSocketConnection open;
  private volatile @Nullable SessionUrl url;

  public TcsSession(
      Transport transport,
      LinkConfig config,
      Endpoints endpoints,
      String containerInstanceArn,
      Timing timing,
      InstantSource clock,
      RandomGenerator random,
      Telemetry telemetry) {
    this.endpoints = endpoints;
    this.config = config;
    this.containerInstanceArn = containerInstanceArn;
    this.timing = timing;
    this.clock = clock;
    this.telemetry = telemetry;
    messages = new TcsMessages(config.effectiveCluster(), containerInstanceArn);
    signer = new KeptSigner(config, LinkConfig.SERVICE);
    Backoff backoff =
        new Backoff(timing.firstBackoff().multipliedBy(4), Duration.ofMinutes(1), 2, 0.2, random);
    loop = new SessionLoop(transport, config, timing, clock, random, backoff);
  }

  /** Keeps the session up until stopped or interrupted. */
  public void run() throws InterruptedException {
    loop.run(new Publication());
  }

  public void stop() {
    loop.stop();
  }

  /** Publishes health now, if there is a session; else with the next tick of the next one. */
  public void publishHealth() {
    WebSocketConnection connection = open;
    if (connection != null) {
      messages.health(telemetry, clock.instant()).ifPresent(message -> send(connection, message));
    }
  }

  private void send(WebSocketConnection connection, String message) {
    SessionUrl address = url;
    if (address == null) {
      return;
    }
    Map<String, String> headers;
    try {
      headers =
          address.signature(
              signer.current(), message.getBytes(StandardCharsets.UTF_8), clock.instant());
    } catch (UnreachableException e) {
      LOG.warn("TCS is not told: {}", e.getMessage());
      return;
    }
    StringBuilder frame = new StringBuilder();
    // The order is alphabetical, as Go writes header maps.
    for (String name : headers.keySet().stream().sorted().toList()) {
      frame
          .append(WebSocketConnection.canonical(name))
          .append(": ")
          .append(headers.get(name))
          .append("\r\n");
    }
    connection.send(frame.append("\r\n").append(message).toString());
  }

  private final class Publication implements SessionLoop.Dialogue {
    private long nextTick;

    @Override
    public String name() {
      return "TCS";
    }

    @Override
    public SessionUrl url() throws ApiException, UnreachableException, InterruptedException {
      String endpoint = endpoints.discover().telemetryEndpoint();
      if (endpoint.isEmpty()) {
        throw new UnreachableException("discovery named no telemetry endpoint", null);
      }
      var parameters = new LinkedHashMap<String, String>();
      parameters.put("agentHash", config.agentHash());
      parameters.put("agentVersion", config.agentVersion());
      parameters.put("cluster", config.effectiveCluster());
      parameters.put("containerInstance", containerInstanceArn);
      parameters.put("dockerVersion", config.dockerVersion());
      SessionUrl made = SessionUrl.of(endpoint, parameters);
      url = made;
      return made;
    }

    @Override
    public void opened(WebSocketConnection connection) {
      open = connection;
      nextTick = System.nanoTime();
    }

    @Override
    public void closed() {
      open = null;
    }

    @Override
    public boolean received(WebSocketConnection connection, String text) {
      Envelope envelope = Envelope.parse(text).orElse(null);
      if (envelope == null) {
        LOG.warn("TCS sent something unreadable");
        return false;
      }
      boolean alive = SIGNS_OF_LIFE.contains(envelope.type());
      if (!alive) {
        LOG.warn("TCS says {}: {}", envelope.type(), envelope.message().json().write());
      }
      return alive;
    }

    @Override
    public Duration tick(WebSocketConnection connection) {
      if (System.nanoTime() - nextTick >= 0) {
        nextTick = System.nanoTime() + timing.tick().toNanos();
        Instant now = clock.instant();
        messages.metrics(telemetry, now).forEach(message -> send(connection, message));
        publishHealth();
        telemetry
            .takeRuntimeCheck()
            .ifPresent(check -> send(connection, messages.runtimeStatus(check, now)));
      }
      return Duration.ofNanos(Math.max(nextTick - System.nanoTime(), 0));
    }

    @Override
    public boolean silent(WebSocketConnection connection) {
      SessionLoop.expire(connection);
      return true;
    }

    @Override
    public Duration rejected(String body) {
      return Duration.ZERO;
    }
  }
}
