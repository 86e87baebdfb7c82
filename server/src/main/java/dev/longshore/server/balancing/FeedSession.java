package dev.longshore.server.balancing;

import dev.longshore.gateway.feed.FeedJson;
import dev.longshore.gateway.feed.FeedMessage;
import dev.longshore.gateway.feed.FeedMessage.Applied;
import dev.longshore.gateway.feed.FeedMessage.Beat;
import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.feed.FeedMessage.Health;
import dev.longshore.gateway.feed.FeedMessage.Hello;
import dev.longshore.gateway.feed.FeedMessage.Took;
import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.server.http.WebSocketListener;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway in a process of its own that follows over a connection. Two updates may be under way,
 * so that a switch need not wait for what became of the one before; the next leads to the newest
 * routes, so a gateway that is slow is sent less. What it says is taken in on the connection's
 * event loop and acted upon on the thread of {@link Balancing}.
 */
final class FeedSession implements Follower, WebSocketListener {
  private static final Logger LOG = LoggerFactory.getLogger(FeedSession.class);

  /** About how many characters an update has; frames of a peer may be larger. */
  private static final int UPDATE = 256 << 10;

  private static final int MOST_UNDER_WAY = 2;
  private static final int LONGEST_NAME = 255;
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  private final DataPlane plane;
  private final Inbox inbox;
  private final Deque<Update> updates = new ArrayDeque<>();
  private volatile @Nullable WebSocketConnection connection;
  private String name = "";
  private Map<String, String> have = Map.of();
  private @Nullable Offer wanted;
  private @Nullable Offer sent;
  private int underWay;
  private long heard = System.nanoTime();

  FeedSession(DataPlane plane, Inbox inbox) {
    this.plane = plane;
    this.inbox = inbox;
  }

  @Override
  public void opened(WebSocketConnection opened) {
    connection = opened;
  }

  @Override
  public void text(String frame) {
    try {
      FeedMessage message = FeedJson.read(frame);
      if (!inbox.offer(() -> heard(message))) {
        end(TRY_AGAIN_LATER, "Too much is waiting.");
      }
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      end(POLICY_VIOLATION, "That means nothing: " + e.getMessage());
    }
  }

  @Override
  public void closed(int code, String reason) {
    inbox.add(() -> plane.left(this));
  }

  private void end(int code, String why) {
    WebSocketConnection open = connection;
    if (open != null) {
      open.close(code, why);
    }
  }

  private void send(FeedMessage message) {
    WebSocketConnection open = connection;
    if (open != null && !open.send(FeedJson.write(message))) {
      LOG.warn("Gateway {} does not take what it is sent.", name);
    }
  }

  private void heard(FeedMessage message) {
    heard = System.nanoTime();
    switch (message) {
      case Hello hello -> hello(hello);
      case Took took -> goOn();
      case Applied applied -> applied(applied);
      case Health health -> health.found().forEach(each -> plane.found(this, each));
      case Counted counted -> plane.counted(this, counted);
      case Beat beat -> send(beat);
      case Update update -> end(POLICY_VIOLATION, "Only control planes say that.");
    }
  }

  private void hello(Hello hello) {
    String said = hello.gateway();
    if (!name.isEmpty() || said.isEmpty() || said.length() > LONGEST_NAME) {
      end(POLICY_VIOLATION, "A gateway says its name once.");
      return;
    }
    name = said;
    have = hello.have();
    plane.joined(this);
  }

  private void applied(Applied applied) {
    if (!applied.problem().isEmpty()) {
      LOG.error("Gateway {} stays with routes before: {}", name, applied.problem());
    }
    plane.applied(this, applied.version(), applied.listeners());
    goOn();
  }

  private void goOn() {
    underWay = Math.max(0, underWay - 1);
    advance();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void follow(Offer offer) {
    wanted = offer;
    advance();
  }

  private void advance() {
    Offer next = wanted;
    while (next != null && underWay < MOST_UNDER_WAY && (sent != next || !updates.isEmpty())) {
      if (updates.isEmpty()) {
        updates.addAll(next.parts().since(have, next.version(), UPDATE));
        have = next.parts().digests();
        sent = next;
      }
      underWay++;
      send(updates.remove());
    }
  }

  @Override
  public void tick() {
    if (System.nanoTime() - heard > SILENCE_NANOS) {
      dismiss("The gateway is silent.");
    }
  }

  @Override
  public void dismiss(String why) {
    end(POLICY_VIOLATION, why);
  }
}
