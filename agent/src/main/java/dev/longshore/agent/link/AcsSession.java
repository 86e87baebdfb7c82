package dev.longshore.agent.link;

import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Fields;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent communication service: brings work, takes acknowledgements. */
public final class AcsSession {
  private static final Logger LOG = LoggerFactory.getLogger(AcsSession.class);

  /** Types that are known but ask nothing of the agent, or nothing this agent does. */
  private static final Set<String> ONLY_LOGGED =
      Set.of(
          "CloseMessage",
          "ErrorMessage",
          "InactiveInstanceException",
          "InvalidClusterException",
          "InvalidInstanceException",
          "AccessDeniedException",
          "ServerException",
          "BadRequestException",
          "AttachTaskNetworkInterfacesMessage",
          "AttachInstanceNetworkInterfacesMessage",
          "ConfirmAttachmentMessage");

  private final Endpoints endpoints;
  private final LinkConfig config;
  private final String containerInstanceArn;
  private final Timing timing;
  private final Listener listener;
  private final SessionLoop loop;
  private volatile @Nullable WebSocketConnection open;
  private volatile boolean credentialsWanted = true;

  /** Whom the session tells; called on the session's thread. */
  public interface Listener {
    void connected();

    void disconnected();

    /** Something for the task engine. */
    void received(Event event);

    /** The control plane asks whether the instance is well. */
    void heartbeat();
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
    send(
        "AckRequest",
        Json.fields()
            .with("cluster", Json.of(ack.cluster()))
            .with("containerInstance", Json.of(ack.containerInstance()))
            .with("messageId", Json.of(ack.messageId())));
  }

  public void send(Effect.AcknowledgeCredentials ack) {
    send(
        "IAMRoleCredentialsAckRequest",
        Json.fields()
            .with("credentialsId", Json.of(ack.credentialsId()))
            .with("expiration", Json.of(ack.expiration()))
            .with("messageId", Json.of(ack.messageId())));
  }

  public void send(Effect.VerifyStops verify) {
    send(
        "TaskStopVerificationMessage",
        Json.fields()
            .with("messageId", Json.of(verify.messageId()))
            .with(
                "stopCandidates",
                Json.items(
                    verify.candidates(),
                    candidate ->
                        Json.fields()
                            .with("desiredStatus", Json.of("STOPPED"))
                            .with("taskArn", Json.of(candidate.taskArn()))
                            .with("taskClusterArn", Json.of(candidate.clusterArn())))));
  }

  private void send(String type, Json.Fields message) {
    WebSocketConnection connection = open;
    if (connection != null) {
      connection.send(Envelope.write(type, message));
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
      Envelope envelope = Envelope.parse(text).orElse(null);
      if (envelope == null) {
        LOG.warn(
            "ACS sent something unreadable: {}", text.substring(0, Math.min(80, text.length())));
        return false;
      }
      try {
        return handle(connection, envelope);
      } catch (Fields.WrongTypeException e) {
        LOG.warn("ACS message {} dropped: {}", envelope.type(), e.getMessage());
        return true;
      }
    }

    private boolean handle(WebSocketConnection connection, Envelope envelope) {
      Fields message = envelope.message();
      switch (envelope.type()) {
        case "HeartbeatMessage" -> {
          listener.heartbeat();
          connection.send(
              Envelope.write(
                  "HeartbeatAckRequest",
                  Json.fields().with("messageId", Json.of(message.text("messageId")))));
        }
        case "PayloadMessage" -> AcsMessages.payload(message).ifPresent(listener::received);
        case "TaskManifestMessage" -> AcsMessages.manifest(message).ifPresent(listener::received);
        case "TaskStopVerificationAck" -> AcsMessages.stops(message).ifPresent(listener::received);
        case "IAMRoleCredentialsMessage" ->
            AcsMessages.credentials(message).ifPresent(listener::received);
        case "StageUpdateMessage", "PerformUpdateMessage" -> refuseUpdate(connection, message);
        default -> {
          LOG.warn("ACS says {}: {}", envelope.type(), message.text("message"));
          return ONLY_LOGGED.contains(envelope.type());
        }
      }
      return true;
    }

    private static void refuseUpdate(WebSocketConnection connection, Fields message) {
      connection.send(
          Envelope.write(
              "NackRequest",
              Json.fields()
                  .with("cluster", Json.of(message.text("clusterArn")))
                  .with("containerInstance", Json.of(message.text("containerInstanceArn")))
                  .with("messageId", Json.of(message.text("messageId")))
                  .with("reason", Json.of("Updates are disabled"))));
    }

    @Override
    public Duration tick(WebSocketConnection connection) {
      return timing.life();
    }

    @Override
    public void silent(WebSocketConnection connection) {
      connection.close();
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
