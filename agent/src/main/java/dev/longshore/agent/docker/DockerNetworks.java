package dev.longshore.agent.docker;

import static dev.longshore.agent.docker.EngineClient.CHANGE;
import static dev.longshore.agent.docker.EngineClient.LOOK;
import static dev.longshore.agent.docker.Request.segment;

import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Map;

/** {@code /networks}. */
final class DockerNetworks implements Networks {
  private final EngineClient client;

  DockerNetworks(EngineClient client) {
    this.client = client;
  }

  @Override
  public String create(NetworkSpec spec) {
    var request = Request.post("/networks/create").body(spec.body());
    return client.call(request, CHANGE).json().at("Id").text();
  }

  @Override
  public Network inspect(String id) {
    return Network.from(client.call(Request.get("/networks/" + segment(id)), LOOK).json());
  }

  @Override
  public void remove(String id) {
    client.call(Request.delete("/networks/" + segment(id)), CHANGE);
  }

  @Override
  public List<Network> list(List<String> labels) {
    var request = Request.get("/networks").filters(Map.of("label", labels));
    return client.call(request, LOOK).json().elements().stream().map(Network::from).toList();
  }

  @Override
  public void connect(String id, String containerId, List<String> aliases) {
    var body =
        Json.fields()
            .with("Container", Json.of(containerId))
            .with("EndpointConfig", Json.fields().with("Aliases", Json.items(aliases)));
    client.call(Request.post("/networks/" + segment(id) + "/connect").body(body), CHANGE);
  }

  @Override
  public void disconnect(String id, String containerId, boolean force) {
    var body = Json.fields().with("Container", Json.of(containerId)).with("Force", Json.of(force));
    client.call(Request.post("/networks/" + segment(id) + "/disconnect").body(body), CHANGE);
  }
}
