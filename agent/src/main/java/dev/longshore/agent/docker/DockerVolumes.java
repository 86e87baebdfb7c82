package dev.longshore.agent.docker;

import static dev.longshore.agent.docker.EngineClient.CHANGE;
import static dev.longshore.agent.docker.EngineClient.LOOK;
import static dev.longshore.agent.docker.Request.segment;

import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Map;

/** {@code /volumes}. */
final class DockerVolumes implements Volumes {
  private final EngineClient client;

  DockerVolumes(EngineClient client) {
    this.client = client;
  }

  @Override
  public Volume create(
      String name, String driver, Map<String, String> options, Map<String, String> labels) {
    var body =
        Json.fields()
            .with("Name", Json.of(name))
            .with("Driver", Json.of(driver))
            .with("DriverOpts", Json.fields(options))
            .with("Labels", Json.fields(labels));
    return Volume.from(client.call(Request.post("/volumes/create").body(body), CHANGE).json());
  }

  @Override
  public Volume inspect(String name) {
    return Volume.from(client.call(Request.get("/volumes/" + segment(name)), LOOK).json());
  }

  @Override
  public void remove(String name, boolean force) {
    client.call(Request.delete("/volumes/" + segment(name)).query("force", force), CHANGE);
  }

  @Override
  public List<Volume> list(List<String> labels) {
    var answer = client.call(Request.get("/volumes").filters(Map.of("label", labels)), LOOK).json();
    return answer.at("Volumes").elements().stream().map(Volume::from).toList();
  }
}
