package dev.longshore.agent.docker;

import static dev.longshore.agent.docker.EngineClient.CHANGE;
import static dev.longshore.agent.docker.EngineClient.LOOK;
import static dev.longshore.agent.docker.Request.segment;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code /containers}. */
final class DockerContainers implements Containers {
  private static final int NOT_MODIFIED = 304;

  private final EngineClient client;

  DockerContainers(EngineClient client) {
    this.client = client;
  }

  private static String path(String id, String action) {
    return "/containers/" + segment(id) + action;
  }

  @Override
  public CreatedContainer create(String name, ContainerSpec spec) {
    var request = Request.post("/containers/create").query("name", name).body(spec.body());
    var answer = client.call(request, CHANGE).json();
    return new CreatedContainer(answer.at("Id").text(), answer.at("Warnings").texts());
  }

  @Override
  public boolean start(String id) {
    return client.call(Request.post(path(id, "/start")), CHANGE).status() != NOT_MODIFIED;
  }

  @Override
  public boolean stop(String id, Duration grace) {
    return stopping(id, "/stop", grace).status() != NOT_MODIFIED;
  }

  @Override
  public void restart(String id, Duration grace) {
    stopping(id, "/restart", grace);
  }

  private EngineClient.Answer stopping(String id, String action, Duration grace) {
    var seconds = grace.plusNanos(999_999_999).toSeconds();
    var request = Request.post(path(id, action)).query("t", Long.toString(seconds));
    // The engine waits for the grace period, and then for the kill.
    return client.lasting(request, grace.plus(CHANGE));
  }

  @Override
  public void kill(String id, String signal) {
    client.call(Request.post(path(id, "/kill")).query("signal", signal), CHANGE);
  }

  @Override
  public Exit await(String id) {
    var answer = client.lasting(Request.post(path(id, "/wait")), null).json();
    return new Exit((int) answer.at("StatusCode").number(), answer.at("Error", "Message").text());
  }

  @Override
  public Container inspect(String id) {
    return Container.from(client.call(Request.get(path(id, "/json")), LOOK).json());
  }

  @Override
  public void remove(String id, boolean force, boolean volumes) {
    client.call(Request.delete(path(id, "")).query("force", force).query("v", volumes), CHANGE);
  }

  @Override
  public List<ContainerSummary> list(List<String> labels, boolean stoppedToo) {
    var request =
        Request.get("/containers/json").query("all", stoppedToo).filters(Map.of("label", labels));
    return client.call(request, LOOK).json().elements().stream()
        .map(ContainerSummary::from)
        .toList();
  }

  @Override
  public void rename(String id, String name) {
    client.call(Request.post(path(id, "/rename")).query("name", name), CHANGE);
  }

  @Override
  public Json statistics(String id) {
    return client.lasting(Request.get(path(id, "/stats")).query("stream", "false"), LOOK).json();
  }

  @Override
  public Feed<Json> followStatistics(String id) {
    return new JsonFeed<>(client.open(Request.get(path(id, "/stats")), LOOK), sample -> sample);
  }

  @Override
  public Feed<Output> logs(String id, LogQuery query) {
    var terminal = hasTerminal(id);
    var request =
        Request.get(path(id, "/logs"))
            .query("stdout", true)
            .query("stderr", true)
            .query("follow", query.follow())
            .query("timestamps", query.timestamps())
            .query("since", query.since() == null ? null : DockerEngine.timestamp(query.since()))
            .query("tail", query.last() < 0 ? "all" : Integer.toString(query.last()));
    return new OutputFeed(client.open(request, LOOK), terminal);
  }

  @Override
  public Attachment attach(String id, boolean input) {
    var terminal = hasTerminal(id);
    var request =
        Request.post(path(id, "/attach"))
            .query("stream", true)
            .query("stdin", input)
            .query("stdout", true)
            .query("stderr", true)
            .hijacking();
    return new OutputFeed(client.open(request, LOOK), terminal);
  }

  private boolean hasTerminal(String id) {
    return client.call(Request.get(path(id, "/json")), LOOK).json().at("Config", "Tty").flag();
  }
}
