package dev.longshore.simulation;

import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.server.http.WebSocketListener;

/**
 * One WebSocket, both ends of it. Frames arrive in order; when it stalls, nothing arrives any more
 * and neither end is told, as when a cable is pulled.
 */
final class Connection implements WebSocketConnection {
  private static final int ABNORMAL = 1006;
  private static final int LATEST_NEWS = 40_000;

  private final String party;
  private final Harbour harbour;
  private final Chance chance;
  private final WebSocketListener listener;
  private final AgentEnd agent;
  private final Runnable heard;
  private boolean serverOpen = true;
  private boolean agentOpen = true;
  private boolean stalled;
  private long lastToAgent;
  private long lastToServer;

  /** The agent's end. */
  interface AgentEnd {
    void opened(Connection connection);

    void refused(String body);

    void frame(Connection connection, String text);

    void closed(Connection connection, int code);
  }

  /**
   * @param heard called after the server's end was told something
   */
  Connection(
      String party,
      Harbour harbour,
      Chance chance,
      WebSocketListener listener,
      AgentEnd agent,
      Runnable heard) {
    this.party = party;
    this.harbour = harbour;
    this.chance = chance;
    this.listener = listener;
    this.agent = agent;
    this.heard = heard;
  }

  String party() {
    return party;
  }

  boolean isOver() {
    return !serverOpen && !agentOpen;
  }

  void open() {
    toAgent(() -> agent.opened(this));
    listener.opened(this);
    heard.run();
  }

  /** From now on nothing arrives, and nobody is told. */
  void stall() {
    stalled = true;
  }

  /** It breaks; each end hears of it soon, late, or not before it asks itself. */
  void sever() {
    stalled = true;
    if (chance.in(0.7)) {
      harbour.agenda().after(chance.between(1, LATEST_NEWS), () -> agentCloses(ABNORMAL));
    }
    if (chance.in(0.7)) {
      harbour.agenda().after(chance.between(1, LATEST_NEWS), () -> serverCloses(ABNORMAL));
    }
  }

  /** The server's process is gone: its end hears nothing, the agent's mostly learns soon. */
  void serverDied() {
    serverOpen = false;
    stalled = true;
    if (chance.in(0.8)) {
      harbour.agenda().after(chance.between(1, 200), () -> agentCloses(ABNORMAL));
    }
  }

  /** The agent's process is gone or drops it; the server mostly learns soon. */
  void drop() {
    agentOpen = false;
    if (!stalled && !harbour.weather().strikes(chance, 0.3)) {
      long at = arrival(lastToServer);
      lastToServer = at;
      harbour.agenda().after(at - harbour.agenda().elapsed(), () -> serverCloses(ABNORMAL));
    }
  }

  private void agentCloses(int code) {
    if (agentOpen) {
      agentOpen = false;
      agent.closed(this, code);
    }
  }

  private void serverCloses(int code) {
    if (serverOpen) {
      serverOpen = false;
      listener.closed(code, "");
      heard.run();
    }
  }

  /** A frame of the agent's; lost where the connection is. */
  void sendToServer(String frame) {
    if (!agentOpen || stalled || loses()) {
      return;
    }
    lastToServer = arrival(lastToServer);
    harbour
        .agenda()
        .after(
            lastToServer - harbour.agenda().elapsed(),
            () -> {
              if (serverOpen && !stalled) {
                listener.text(frame);
                heard.run();
              }
            });
  }

  private boolean loses() {
    return harbour.weather().strikes(chance, harbour.weather().frameLoss);
  }

  private long arrival(long last) {
    return Math.max(last, harbour.agenda().elapsed() + harbour.weather().delay(chance, 1, 20));
  }

  private void toAgent(Runnable news) {
    lastToAgent = arrival(lastToAgent);
    harbour
        .agenda()
        .after(
            lastToAgent - harbour.agenda().elapsed(),
            () -> {
              if (agentOpen && !stalled) {
                news.run();
              }
            });
  }

  @Override
  public boolean send(String message) {
    if (!serverOpen) {
      return false;
    }
    if (!stalled && !loses()) {
      toAgent(() -> agent.frame(this, message));
    }
    return true;
  }

  @Override
  public void close(int code, String reason) {
    if (!serverOpen) {
      return;
    }
    if (!stalled) {
      toAgent(() -> agentCloses(code));
    }
    harbour.agenda().after(chance.between(0, 20), () -> serverCloses(code));
  }

  @Override
  public boolean isOpen() {
    return serverOpen;
  }

  @Override
  public String remote() {
    return party;
  }
}
