package dev.longshore.agent.docker;

import static dev.longshore.agent.docker.EngineClient.CHANGE;
import static dev.longshore.agent.docker.EngineClient.LOOK;
import static dev.longshore.agent.docker.Request.segment;

import dev.longshore.wire.json.Json;

/** {@code /exec}. */
final class DockerExecutions implements Executions {
  private final EngineClient client;

  DockerExecutions(EngineClient client) {
    this.client = client;
  }

  @Override
  public String create(String containerId, ExecutionSpec spec) {
    var request = Request.post("/containers/" + segment(containerId) + "/exec").body(spec.body());
    return client.call(request, CHANGE).json().at("Id").text();
  }

  @Override
  public Attachment start(String executionId) {
    var terminal = look(executionId).at("ProcessConfig", "tty").flag();
    var request =
        starting(executionId)
            .body(Json.fields().with("Detach", Json.of(false)).with("Tty", Json.of(terminal)))
            .hijacking();
    return new OutputFeed(client.open(request, CHANGE), terminal);
  }

  @Override
  public void startDetached(String executionId) {
    var request = starting(executionId).body(Json.fields().with("Detach", Json.of(true)));
    client.call(request, CHANGE);
  }

  private static Request starting(String executionId) {
    return Request.post("/exec/" + segment(executionId) + "/start");
  }

  @Override
  public void resize(String executionId, int columns, int rows) {
    var request =
        Request.post("/exec/" + segment(executionId) + "/resize")
            .query("w", Integer.toString(columns))
            .query("h", Integer.toString(rows));
    client.call(request, LOOK);
  }

  @Override
  public Execution inspect(String executionId) {
    return Execution.from(look(executionId));
  }

  private Json look(String executionId) {
    return client.call(Request.get("/exec/" + segment(executionId) + "/json"), LOOK).json();
  }
}
