package dev.longshore.agent.link;

import dev.longshore.agent.link.WebSocketConnection.Incoming;
import dev.longshore.agent.link.WebSocketConnection.RejectedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session connected: opens it, watches over its life and silence, opens it again. One
 * thread runs it; the dialogue that is held over it is told on that thread.
 */
final class SessionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
  private static final int NORMAL = 1000;
  private static final String EXPIRED = "ConnectionExpired: Reconnect to continue";

  private final Transport transport;
  private final Timing timing;
  private final KeptSigner signer;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Nudge stop = new Nudge();
  private volatile boolean stopping;
  private volatile @Nullable WebSocketConnection open;

  SessionLoop(
      Transport transport,
      LinkConfig config,
      Timing timing,
      InstantSource clock,
      RandomGenerator random,
      Backoff backoff) {
    this.transport = transport;
    this.timing = timing;
    this.clock = clock;
    this.random = random;
    this.backoff = backoff;
    signer = new KeptSigner(config, LinkConfig.SERVICE);
  }

  /** What is said over a session. */
  interface Dialogue {
    String name();

    SessionUrl url() throws ApiException, UnreachableException, InterruptedException;

    void opened(WebSocketConnection connection);

    /** Takes a message; says whether it proves that the other side is alive. */
    boolean received(WebSocketConnection connection, String text);

    /** Does what is due and says how long until something is again. */
    Duration tick(WebSocketConnection connection);

    /** Nothing has come for too long; ends the session, and says whether to be back at once. */
    boolean silent(WebSocketConnection connection);

    void closed();

    /** The upgrade was refused; says how long to wait at least before the next one. */
    Duration rejected(String body);
  }

  /** Ends the loop and its connection. */
  void stop() {
    stopping = true;
    stop.give();
    WebSocketConnection connection = open;
    if (connection != null) {
      connection.close(NORMAL, "");
    }
  }

  /** Runs until stopped or interrupted. */
  void run(Dialogue dialogue) throws InterruptedException {
    while (!stopping) {
      Duration pause = once(dialogue);
      if (!stopping && pause.isPositive()) {
        var _ = stop.await(pause);
      }
    }
  }

  private Duration once(Dialogue dialogue) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      SessionUrl url = dialogue.url();
      Map<String, String> headers =
          new LinkedHashMap<>(url.signature(signer.current(), new byte[0], clock.instant()));
      try (WebSocketConnection connection = WebSocketConnection.open(transport, url, headers)) {
        open = connection;
        LOG.info("{} connected to {}", dialogue.name(), url.origin());
        boolean wellEnded = serve(dialogue, connection);
        long lived = System.nanoTime() - begun;
        if (wellEnded || lived > jittered(timing.inactivity(), timing.inactivity()).toNanos()) {
          backoff.reset();
        }
        return wellEnded ? Duration.ZERO : backoff.next();
      } finally {
        if (open != null) {
          open = null;
          dialogue.closed();
        }
      }
    } catch (RejectedException e) {
      LOG.warn("{} refused: {}", dialogue.name(), e.getMessage());
      Duration least = dialogue.rejected(e.body());
      Duration next = backoff.next();
      return least.compareTo(next) > 0 ? least : next;
    } catch (ApiException | UnreachableException | IllegalArgumentException e) {
      LOG.warn("{} not connected: {}", dialogue.name(), e.getMessage());
      return backoff.next();
    }
  }

  private Duration jittered(Duration time, Duration jitter) {
    return time.plusMillis((long) (jitter.toMillis() * random.nextDouble()));
  }

  /** Says whether the connection ended for a reason that allows another one at once. */
  private boolean serve(Dialogue dialogue, WebSocketConnection connection)
      throws InterruptedException {
    dialogue.opened(connection);
    long end = System.nanoTime() + jittered(timing.life(), timing.lifeJitter()).toNanos();
    long silence = silence();
    while (!stopping) {
      long tick = System.nanoTime() + dialogue.tick(connection).toNanos();
      long next = Math.min(Math.min(end, silence), tick);
      switch (connection.receive(Duration.ofNanos(next - System.nanoTime()))) {
        case Incoming.Text(String text) -> {
          if (dialogue.received(connection, text)) {
            silence = silence();
          }
        }
        case Incoming.Closed(int code, String reason) -> {
          LOG.info("{} closed with {} {}", dialogue.name(), code, reason);
          return code == NORMAL
              || code == 1001
              || code == 1011
              || code == WebSocketConnection.ABNORMAL;
        }
        case null -> {
          long now = System.nanoTime();
          if (now - end >= 0) {
            connection.close(NORMAL, EXPIRED);
            return true;
          }
          if (now - silence >= 0) {
            LOG.warn("{} has been silent for too long", dialogue.name());
            return dialogue.silent(connection);
          }
        }
      }
    }
    return true;
  }

  private long silence() {
    return System.nanoTime() + jittered(timing.inactivity(), timing.inactivity()).toNanos();
  }

  static void expire(WebSocketConnection connection) {
    connection.close(NORMAL, EXPIRED);
  }
}
