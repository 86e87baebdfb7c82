package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The service on Docker Swarm: a swarm of this engine alone, on loopback, which ends with the run.
 * No delays between updates and before restarts; ports are published as Longshore does it, by the
 * host without the ingress network.
 */
final class SwarmService implements Orchestrator {
  private static final long LOOK_NANOS = 50_000_000;
  private static final long MOST_LOOKS = 1_200;
  private static final String GATEWAY = "docker_gwbridge";

  private final WebService web;
  private final boolean gatewayWasThere;
  private final String service;
  private final Thread interrupted = new Thread(SwarmService::leave);

  SwarmService(WebService web) throws IOException {
    this.web = web;
    String state = EngineApi.call("GET", "/info", Json.none()).at("Swarm", "LocalNodeState").text();
    if (!state.equals("inactive")) {
      throw new IOException("the engine is part of a swarm already: " + state);
    }
    gatewayWasThere = hasGateway();
    EngineApi.call(
        "POST",
        "/swarm/init",
        new Members().put("ListenAddr", "127.0.0.1:2377").put("AdvertiseAddr", "127.0.0.1").json());
    Runtime.getRuntime().addShutdownHook(interrupted);
    service = EngineApi.call("POST", "/services/create", specification(0)).at("ID").text();
  }

  /** Where the run is broken off, the swarm ends with its containers, and its network stays. */
  private static void leave() {
    try {
      EngineApi.call("POST", "/swarm/leave?force=true", Json.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasGateway() throws IOException {
    for (Json network : EngineApi.call("GET", "/networks", Json.none()).elements()) {
      if (network.at("Name").text().equals(GATEWAY)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return "Docker Swarm";
  }

  @Override
  public String label() {
    return "com.docker.swarm.service.name=" + WebService.NAME;
  }

  private Json specification(int version) {
    Json container =
        new Members()
            .put("Image", WebService.IMAGE)
            .put("Command", WebService.COMMAND)
            .put("Env", List.of("VERSION=" + version))
            .json();
    Json limits = new Members().put("MemoryBytes", WebService.MEMORY_MIB * 1024L * 1024L).json();
    Json template =
        new Members()
            .put("ContainerSpec", container)
            .put("Resources", new Members().put("Limits", limits).json())
            .put("RestartPolicy", new Members().put("Condition", "any").put("Delay", 0).json())
            .json();
    Json port =
        new Members()
            .put("Protocol", "tcp")
            .put("TargetPort", WebService.PORT)
            .put("PublishMode", "host")
            .json();
    Json replicas = new Members().put("Replicas", web.tasks()).json();
    return new Members()
        .put("Name", WebService.NAME)
        .put("TaskTemplate", template)
        .put("Mode", new Members().put("Replicated", replicas).json())
        .put("UpdateConfig", updating())
        .put("EndpointSpec", new Members().put("Ports", List.of(port), each -> each).json())
        .json();
  }

  /** The fastest way within the bounds that a user of Swarm can ask for. */
  private Json updating() {
    boolean startFirst = web.most() > web.tasks();
    int atOnce = startFirst ? web.most() - web.tasks() : web.tasks() - web.least();
    return new Members()
        .put("Parallelism", atOnce)
        .put("Delay", 0)
        .put("Monitor", 0)
        .put("Order", startFirst ? "start-first" : "stop-first")
        .json();
  }

  @Override
  public void update(int version) throws IOException {
    long now =
        EngineApi.call("GET", "/services/" + service, Json.none()).at("Version", "Index").number();
    EngineApi.call(
        "POST", "/services/" + service + "/update?version=" + now, specification(version));
  }

  @Override
  public List<Target> running() throws IOException {
    String filters = "{\"service\":[\"" + WebService.NAME + "\"],\"desired-state\":[\"running\"]}";
    List<Target> running = new ArrayList<>();
    String path = "/tasks?filters=" + URLEncoder.encode(filters, UTF_8);
    for (Json task : EngineApi.call("GET", path, Json.none()).elements()) {
      Json status = task.at("Status");
      List<Json> ports = status.at("PortStatus", "Ports").elements();
      if (status.at("State").text().equals("running") && !ports.isEmpty()) {
        running.add(
            new Target(
                status.at("ContainerStatus", "ContainerID").text(),
                "127.0.0.1",
                (int) ports.getFirst().at("PublishedPort").number()));
      }
    }
    return running;
  }

  @Override
  public void close() throws IOException {
    EngineApi.call("DELETE", "/services/" + service, Json.none());
    String filters = URLEncoder.encode("{\"label\":[\"" + label() + "\"]}", UTF_8);
    for (long look = 0; look < MOST_LOOKS; look++) {
      Json left = EngineApi.call("GET", "/containers/json?all=1&filters=" + filters, Json.none());
      if (left.elements().isEmpty()) {
        break;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    leave();
    Runtime.getRuntime().removeShutdownHook(interrupted);
    if (!gatewayWasThere && hasGateway()) {
      EngineApi.call("DELETE", "/networks/" + GATEWAY, Json.none());
    }
  }
}
