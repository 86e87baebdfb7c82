package dev.longshore.agent.link;

import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Fields;
import dev.longshore.wire.json.Json;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on ACS, apart from the connection it is said over: frames in, events for the task
 * engine out, and the engine's answers as frames. It has no thread and no socket, so a simulation
 * speaks exactly what an agent speaks.
 */
public final class AcsConversation {
  private static final Logger LOG = LoggerFactory.getLogger(AcsConversation.class);

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

  private final Listener listener;
  private final Consumer<String> out;

  /** Whom the conversation tells. */
  public interface Listener {
    /** Something for the task engine. */
    void received(Event event);

    /** The control plane asks whether the instance is well. */
    void heartbeat();
  }

  /**
   * @param out takes the frames to be sent, and drops them where there is no connection
   */
  public AcsConversation(Listener listener, Consumer<String> out) {
    this.listener = listener;
    this.out = out;
  }

  /** Sends an answer to a payload or a manifest. */
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
    out.accept(Envelope.write(type, message));
  }

  /** Takes a frame; says whether it proves that the other side is alive. */
  public boolean received(String text) {
    Envelope envelope = Envelope.parse(text).orElse(null);
    if (envelope == null) {
      LOG.warn("ACS sent something unreadable: {}", text.substring(0, Math.min(80, text.length())));
      return false;
    }
    try {
      return handle(envelope);
    } catch (Fields.WrongTypeException e) {
      LOG.warn("ACS message {} dropped: {}", envelope.type(), e.getMessage());
      return true;
    }
  }

  private boolean handle(Envelope envelope) {
    Fields message = envelope.message();
    switch (envelope.type()) {
      case "HeartbeatMessage" -> {
        listener.heartbeat();
        send(
            "HeartbeatAckRequest",
            Json.fields().with("messageId", Json.of(message.text("messageId"))));
      }
      case "PayloadMessage" -> AcsMessages.payload(message).ifPresent(listener::received);
      case "TaskManifestMessage" -> AcsMessages.manifest(message).ifPresent(listener::received);
      case "TaskStopVerificationAck" -> AcsMessages.stops(message).ifPresent(listener::received);
      case "IAMRoleCredentialsMessage" ->
          AcsMessages.credentials(message).ifPresent(listener::received);
      case "StageUpdateMessage", "PerformUpdateMessage" -> refuseUpdate(message);
      default -> {
        LOG.warn("ACS says {}: {}", envelope.type(), message.text("message"));
        return ONLY_LOGGED.contains(envelope.type());
      }
    }
    return true;
  }

  private void refuseUpdate(Fields message) {
    send(
        "NackRequest",
        Json.fields()
            .with("cluster", Json.of(message.text("clusterArn")))
            .with("containerInstance", Json.of(message.text("containerInstanceArn")))
            .with("messageId", Json.of(message.text("messageId")))
            .with("reason", Json.of("Updates are disabled")));
  }
}
