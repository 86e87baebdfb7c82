package dev.longshore.simulation;

import dev.longshore.server.http.Response;
import dev.longshore.server.http.WebSocketRoute;
import dev.longshore.wire.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What lies between the control plane and everybody else. Calls of the API may be lost, late,
 * carried out twice and overtake each other; their answers may be lost. Connections keep the order
 * of their frames, as TCP does, but may lose one (a full queue drops it), stall, or break, and
 * either side may learn of it late or never.
 */
final class Network {
  private static final int LONGEST_STRAY = 60_000;
  private static final long REFUSED_MILLIS = 5;

  private final Harbour harbour;
  private final Chance chance;
  private final Server server;
  private final Set<String> cutOff = new LinkedHashSet<>();
  private final List<Connection> connections = new ArrayList<>();

  Network(Harbour harbour, Chance chance, Server server) {
    this.harbour = harbour;
    this.chance = chance;
    this.server = server;
  }

  /** Nothing of this party passes any more until {@link #heal}; nobody is told. */
  void cut(String party) {
    harbour.chronicle().tell(() -> party + " is cut off");
    cutOff.add(party);
    connections.stream().filter(each -> each.party().equals(party)).forEach(Connection::stall);
  }

  void heal(String party) {
    if (cutOff.remove(party)) {
      harbour.chronicle().tell(() -> party + " is reached again");
    }
  }

  boolean reaches(String party) {
    return !cutOff.contains(party);
  }

  /** Breaks the connections of a party, or of all where the server died; ends may hear of it. */
  void breakConnections(String party) {
    connections.stream().filter(each -> each.party().equals(party)).forEach(Connection::sever);
    connections.removeIf(Connection::isOver);
  }

  /** The server's process is gone, and with it its ends of all connections. */
  void serverDied() {
    connections.forEach(Connection::serverDied);
    connections.clear();
  }

  /** One call that is waited for. */
  private static final class Pending {
    boolean over;
  }

  /**
   * Calls the API once.
   *
   * @param patience how long the caller waits for an answer, in milliseconds
   */
  void call(
      String party, String operation, Json.Fields body, long patience, Consumer<Answer> then) {
    Weather weather = harbour.weather();
    Pending pending = new Pending();
    Consumer<Answer> answered =
        answer -> {
          if (!pending.over) {
            pending.over = true;
            then.accept(answer);
          }
        };
    harbour.agenda().after(patience, () -> answered.accept(new Answer.Lost()));
    if (!weather.strikes(chance, weather.requestLoss) && reaches(party)) {
      harbour
          .agenda()
          .after(weather.delay(chance, 1, 20), () -> arrive(party, operation, body, answered));
    }
    if (weather.strikes(chance, weather.duplication) && reaches(party)) {
      // A copy that somebody between kept, or a library sent again: nobody waits for its answer.
      harbour
          .agenda()
          .after(
              chance.between(1, LONGEST_STRAY),
              () -> server.call(operation, body, response -> stray(operation)));
    }
  }

  private void stray(String operation) {
    harbour.chronicle().tell(() -> "a stray " + operation + " was answered");
  }

  private void arrive(String party, String operation, Json.Fields body, Consumer<Answer> answered) {
    if (!server.isUp()) {
      harbour.agenda().after(REFUSED_MILLIS, () -> answered.accept(new Answer.Lost()));
      return;
    }
    server.call(operation, body, response -> answer(party, response, answered));
  }

  private void answer(String party, Response response, Consumer<Answer> answered) {
    Weather weather = harbour.weather();
    if (!weather.strikes(chance, weather.answerLoss) && reaches(party)) {
      Answer answer = read(response);
      harbour.agenda().after(weather.delay(chance, 1, 20), () -> answered.accept(answer));
    }
  }

  private static Answer read(Response response) {
    String text = new String(response.body(), StandardCharsets.UTF_8);
    Json body = text.isEmpty() ? Json.fields() : Json.parse(text);
    return response.status() == 200
        ? new Answer.Done(body)
        : new Answer.Refused(
            response.status(),
            body.at("__type").text(),
            body.at("message").text() + body.at("Message").text());
  }

  /** An agent opens ACS; it hears through its end whether that succeeds, or nothing at all. */
  void connect(String party, String query, Connection.AgentEnd end) {
    Weather weather = harbour.weather();
    boolean lost = weather.strikes(chance, weather.requestLoss);
    harbour
        .agenda()
        .after(
            weather.delay(chance, 2, 40),
            () -> {
              if (!lost && reaches(party)) {
                shakeHands(party, query, end);
              }
            });
  }

  private void shakeHands(String party, String query, Connection.AgentEnd end) {
    WebSocketRoute.Answer answer = server.upgrade(query);
    switch (answer) {
      case null -> harbour.agenda().after(REFUSED_MILLIS, () -> end.refused(""));
      case WebSocketRoute.Refused refused -> {
        String body = new String(refused.response().body(), StandardCharsets.UTF_8);
        harbour.agenda().after(chance.between(1, 20), () -> end.refused(body));
      }
      case WebSocketRoute.Accepted accepted -> {
        Connection connection =
            new Connection(party, harbour, chance.fork(), accepted.listener(), end, server::pump);
        connections.removeIf(Connection::isOver);
        connections.add(connection);
        connection.open();
      }
    }
  }
}
