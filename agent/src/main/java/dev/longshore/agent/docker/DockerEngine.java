package dev.longshore.agent.docker;

import java.time.Duration;
import java.time.Instant;

/** Docker Engine, or what answers like it, over its HTTP API. */
public final class DockerEngine implements ContainerEngine {
  private final Sockets sockets;
  private final ConnectionPool pool;
  private final EngineClient client;

  private DockerEngine(Sockets sockets, ConnectionPool pool, EngineClient client) {
    this.sockets = sockets;
    this.pool = pool;
    this.client = client;
  }

  /** Makes a client; nothing is sent before the first call, and the engine may come up later. */
  public static DockerEngine at(EngineAddress address) {
    var sockets = Sockets.open("container-engine");
    var pool = new ConnectionPool(sockets, address);
    return new DockerEngine(sockets, pool, new EngineClient(pool));
  }

  @Override
  public void ping() {
    client.ping();
  }

  @Override
  public EngineVersion version() {
    return client.version();
  }

  @Override
  public EngineInfo info() {
    return EngineInfo.from(client.call(Request.get("/info"), EngineClient.LOOK).json());
  }

  @Override
  public Containers containers() {
    return new DockerContainers(client);
  }

  @Override
  public Executions executions() {
    return new DockerExecutions(client);
  }

  @Override
  public Images images() {
    return new DockerImages(client);
  }

  @Override
  public Volumes volumes() {
    return new DockerVolumes(client);
  }

  @Override
  public Networks networks() {
    return new DockerNetworks(client);
  }

  @Override
  public Feed<Event> events(EventQuery query) {
    var request =
        Request.get("/events")
            .query("since", query.since() == null ? null : timestamp(query.since()))
            .filters(query.filters());
    return new JsonFeed<>(client.open(request, EngineClient.LOOK), Event::from);
  }

  /** Seconds with all nanoseconds, as the engine's parameters want them. */
  static String timestamp(Instant time) {
    return String.format(java.util.Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
  }

  @Override
  public ContainerEngine within(Duration timeout) {
    return new DockerEngine(sockets, pool, client.within(timeout));
  }

  @Override
  public void close() {
    pool.close();
    sockets.close();
  }
}
