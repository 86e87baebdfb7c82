package dev.longshore.agent.link;

import dev.longshore.agent.task.Effect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The agent communication service: brings work, takes acknowledgements. */
public final class AcsSession {
  private final Endpoints endpoints;
  private final LinkConfig config;
  private final String containerInstanceArn;
  private final Timing timing;
  private final Listener listener;
  private final AcsConversation conversation;
  private final SessionLoop loop;
  private volatile @Nullable WebSocketConnection open;
  private volatile boolean credentialsWanted = true;

  /** Whom the session tells; called on the session's thread. */
  public interface Listener extends AcsConversation.Listener {
    void connected();

    void disconnected();
  }

  public AcsSession(
      Transport transport,
      LinkConfig config,
      Endpoints endpoints,
      String containerInstanceArn,
      Timing timing,
      InstantSource clock,
      RandomGenerator random,
      Listener listener) {
    this.endpoints = endpoints;
    this.config = config;
    this.containerInstanceArn = containerInstanceArn;
    this.timing = timing;
    this.listener = listener;
    conversation = new AcsConversation(listener, this::write);
    Backoff backoff = new Backoff(timing.firstBackoff(), timing.mostBackoff(), 1.5, 0.2, random);
    loop = new SessionLoop(transport, config, timing, clock, random, backoff);
  }

  /** Keeps the session up until stopped or interrupted. */
  public void run() throws InterruptedException {
    loop.run(new Work());
  }

  public void stop() {
    loop.stop();
  }

  /** Sends an answer. Without a connection it is lost, and the question comes again. */
  public void send(Effect.Acknowledge ack) {
    conversation.send(ack);
  }

  public void send(Effect.AcknowledgeCredentials ack) {
    conversation.send(ack);
  }

  public void send(Effect.VerifyStops verify) {
    conversation.send(verify);
  }

  private void write(String frame) {
    WebSocketConnection connection = open;
    if (connection != null) {
      connection.send(frame);
    }
  }

  private final class Work implements SessionLoop.Dialogue {
    @Override
    public String name() {
      return "ACS";
    }

    @Override
    public SessionUrl url() throws ApiException, UnreachableException, InterruptedException {
      String endpoint = endpoints.discover().endpoint();
      if (endpoint.isEmpty()) {
        throw new UnreachableException("discovery named no endpoint", null);
      }
      var parameters = new LinkedHashMap<String, String>();
      parameters.put("agentHash", config.agentHash());
      parameters.put("agentVersion", config.agentVersion());
      parameters.put("clusterArn", config.effectiveCluster());
      parameters.put("containerInstanceArn", containerInstanceArn);
      parameters.put("dockerVersion", "DockerVersion: " + config.dockerVersion());
      parameters.put("protocolVersion", "2");
      parameters.put("sendCredentials", Boolean.toString(credentialsWanted));
      parameters.put("seqNum", "1");
      return SessionUrl.of(endpoint, parameters);
    }

    @Override
    public void opened(WebSocketConnection connection) {
      credentialsWanted = false;
      open = connection;
      listener.connected();
    }

    @Override
    public void closed() {
      open = null;
      listener.disconnected();
    }

    @Override
    public boolean received(WebSocketConnection connection, String text) {
      return conversation.received(text);
    }

    @Override
    public Duration tick(WebSocketConnection connection) {
      return timing.life();
    }

    @Override
    public boolean silent(WebSocketConnection connection) {
      connection.close();
      return false;
    }

    @Override
    public Duration rejected(String body) {
      boolean inactive =
          Envelope.parse(body)
              .filter(envelope -> envelope.type().equals("InactiveInstanceException"))
              .isPresent();
      return inactive ? timing.deregistered() : Duration.ZERO;
    }
  }
}
