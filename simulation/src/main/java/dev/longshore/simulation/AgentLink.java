package dev.longshore.simulation;

import dev.longshore.agent.link.AcsConversation;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An agent's ACS session: connects, talks as the real agent talks, notices silence, and connects
 * again.
 */
final class AgentLink {
  private static final long HANDSHAKE_MILLIS = 30_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int LIFE_MILLIS = 30 * 60_000;
  private static final int LIFE_JITTER_MILLIS = 5 * 60_000;
  private static final long FIRST_BACKOFF_MILLIS = 250;
  private static final long MOST_BACKOFF_MILLIS = 120_000;

  private final String name;
  private final Harbour harbour;
  private final Network network;
  private final Chance chance;
  private final Runnable dismissed;
  private final AcsConversation conversation;
  private @Nullable Connection open;
  private String arn = "";
  private boolean dropped;
  private long attempt;
  private long backoff = FIRST_BACKOFF_MILLIS;
  private long lastHeard;
  private long expires;

  AgentLink(
      String name,
      Harbour harbour,
      Network network,
      Chance chance,
      Consumer<Event> events,
      Runnable dismissed) {
    this.name = name;
    this.harbour = harbour;
    this.network = network;
    this.chance = chance;
    this.dismissed = dismissed;
    AcsConversation.Listener listener =
        new AcsConversation.Listener() {
          @Override
          public void received(Event event) {
            events.accept(event);
          }

          @Override
          public void heartbeat() {}
        };
    conversation = new AcsConversation(listener, this::write);
  }

  void begin(String instanceArn) {
    arn = instanceArn;
    connect();
  }

  private void connect() {
    if (dropped) {
      return;
    }
    long mine = ++attempt;
    harbour
        .agenda()
        .after(
            HANDSHAKE_MILLIS,
            () -> {
              if (mine == attempt && open == null) {
                again(nextBackoff());
              }
            });
    String query =
        "agentHash=longshore&agentVersion=1.101.2&clusterArn=default&containerInstanceArn="
            + URLEncoder.encode(arn, StandardCharsets.UTF_8)
            + "&dockerVersion=x&protocolVersion=2&sendCredentials=true&seqNum=1";
    network.connect(name, query, new Attempt(mine));
  }

  /** Hears of one attempt only: a handshake that was given up on is not taken up later. */
  private final class Attempt implements Connection.AgentEnd {
    private final long number;

    Attempt(long number) {
      this.number = number;
    }

    @Override
    public void opened(Connection connection) {
      if (dropped || number != attempt) {
        connection.drop();
      } else {
        AgentLink.this.opened(connection);
      }
    }

    @Override
    public void refused(String body) {
      if (!dropped && number == attempt) {
        AgentLink.this.refused(body);
      }
    }

    @Override
    public void frame(Connection connection, String text) {
      if (connection == open) {
        AgentLink.this.frame(text);
      }
    }

    @Override
    public void closed(Connection connection, int code) {
      if (connection == open) {
        AgentLink.this.closed(code);
      }
    }
  }

  private void opened(Connection connection) {
    harbour.chronicle().tell(() -> name + " is connected");
    open = connection;
    lastHeard = harbour.agenda().elapsed();
    expires = lastHeard + LIFE_MILLIS + chance.below(LIFE_JITTER_MILLIS);
    watch(connection);
  }

  /** Sees to it that a silent or an old connection is given up. */
  private void watch(Connection watched) {
    long patience = (long) SILENCE_MILLIS + chance.below(SILENCE_MILLIS);
    harbour
        .agenda()
        .after(
            patience,
            () -> {
              if (watched != open) {
                return;
              }
              long now = harbour.agenda().elapsed();
              if (now - lastHeard >= patience || now >= expires) {
                open = null;
                watched.drop();
                again(FIRST_BACKOFF_MILLIS);
              } else {
                watch(watched);
              }
            });
  }

  private void refused(String body) {
    harbour.chronicle().tell(() -> name + " is refused " + body);
    if (body.contains("InactiveInstanceException") || body.contains("InvalidInstanceException")) {
      dropped = true;
      dismissed.run();
    } else {
      again(nextBackoff());
    }
  }

  private void frame(String text) {
    if (harbour.chronicle().isRead() && !text.contains("HeartbeatMessage")) {
      harbour.chronicle().tell(() -> name + " hears " + brief(text));
    }
    if (conversation.received(text)) {
      lastHeard = harbour.agenda().elapsed();
      backoff = FIRST_BACKOFF_MILLIS;
    }
  }

  private static String brief(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400) + "...";
  }

  private void closed(int code) {
    harbour.chronicle().tell(() -> name + " loses its connection with " + code);
    open = null;
    again(1);
  }

  private long nextBackoff() {
    long next = backoff;
    backoff = Math.min(MOST_BACKOFF_MILLIS, backoff * 3 / 2);
    return next;
  }

  private void again(long wait) {
    long mine = ++attempt;
    harbour
        .agenda()
        .after(
            wait,
            () -> {
              if (mine == attempt) {
                connect();
              }
            });
  }

  /** The process is gone. */
  void drop() {
    dropped = true;
    Connection connection = open;
    open = null;
    if (connection != null) {
      connection.drop();
    }
  }

  private void write(String frame) {
    Connection connection = open;
    if (connection != null) {
      connection.sendToServer(frame);
    }
  }

  void send(Effect.Acknowledge acknowledge) {
    conversation.send(acknowledge);
  }

  void send(Effect.AcknowledgeCredentials acknowledge) {
    conversation.send(acknowledge);
  }

  void send(Effect.VerifyStops verify) {
    conversation.send(verify);
  }
}
