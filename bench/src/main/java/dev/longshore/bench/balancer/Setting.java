package dev.longshore.bench.balancer;

import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The backend and the three that stand in front of it, each tuned as its users would. */
final class Setting implements AutoCloseable {
  /** Bytes of the content that the backend answers with. */
  static final int CONTENT = 1024;

  private final Path directory;
  private final List<Contender> started = new ArrayList<>();
  private final Contender backend;
  private final Contender nginx;
  private final List<Contender> haproxy;
  private final List<Contender> longshore;

  Setting() throws IOException {
    directory = Files.createTempDirectory("longshore-bench-balancer");
    backend = start("direct", Contender.freePort(), this::backend);
    try {
      nginx = start("nginx", Contender.freePort(), this::nginx);
      haproxy = haproxies();
      longshore = gateways();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private interface Command {
    List<String> at(int port) throws IOException;
  }

  private Contender start(String name, int port, Command command) throws IOException {
    Contender contender = new Contender(name, port, command.at(port));
    started.add(contender);
    return contender;
  }

  Contender backend() {
    return backend;
  }

  Contender nginx() {
    return nginx;
  }

  Contender haproxy() {
    return haproxy.getFirst();
  }

  Contender haproxyTcp() {
    return haproxy.getLast();
  }

  Contender longshore() {
    return longshore.getFirst();
  }

  Contender longshoreTcp() {
    return longshore.getLast();
  }

  private List<String> backend(int port) throws IOException {
    return nginx(
        "backend",
        """
        server {
          listen 127.0.0.1:%d reuseport;
          keepalive_requests 100000000;
          location / { return 200 "%s"; }
        }
        """
            .formatted(port, "x".repeat(CONTENT)));
  }

  private List<String> nginx(int port) throws IOException {
    return nginx(
        "proxy",
        """
        upstream backend {
          server 127.0.0.1:%d;
          keepalive 256;
          keepalive_requests 100000000;
        }
        server {
          listen 127.0.0.1:%d reuseport;
          keepalive_requests 100000000;
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Port $server_port;
            proxy_set_header X-Request-Id $request_id;
          }
        }
        """
            .formatted(backend.port(), port));
  }

  private List<String> nginx(String name, String http) throws IOException {
    Path config = directory.resolve(name + ".conf");
    Files.writeString(
        config,
        """
        worker_processes auto;
        daemon off;
        pid %s/%s.pid;
        error_log stderr crit;
        events { worker_connections 8192; }
        http {
          access_log off;
          %s
        }
        """
            .formatted(directory, name, http));
    return List.of("nginx", "-p", directory.toString(), "-c", config.toString());
  }

  private List<Contender> haproxies() throws IOException {
    int http = Contender.freePort();
    int tcp = Contender.freePort();
    Path config = directory.resolve("haproxy.cfg");
    Files.writeString(
        config,
        """
        global
          maxconn 4000
        defaults
          timeout connect 10s
          timeout client 60s
          timeout server 60s
        listen http
          mode http
          bind 127.0.0.1:%d
          option forwardfor
          http-reuse always
          http-request set-header X-Forwarded-Proto http
          http-request set-header X-Forwarded-Port %%[dst_port]
          unique-id-format %%{+X}o%%ci%%cp%%Ts%%rt
          unique-id-header X-Request-Id
          server backend 127.0.0.1:%d
        listen tcp
          mode tcp
          bind 127.0.0.1:%d
          server backend 127.0.0.1:%d
        """
            .formatted(http, backend.port(), tcp, backend.port()));
    Contender one = start("HAProxy", http, port -> List.of("haproxy", "-f", config.toString()));
    return List.of(one, one.at("HAProxy tcp", tcp));
  }

  private List<Contender> gateways() throws IOException {
    int http = Contender.freePort();
    int tcp = Contender.freePort();
    Path file = directory.resolve("routes.json");
    Target target = Target.of("127.0.0.1", backend.port());
    TargetGroup requests = TargetGroup.http("http", "targetgroup/http/1", List.of(target));
    TargetGroup flows =
        TargetGroup.http("tcp", "targetgroup/tcp/1", List.of(target))
            .withProtocol(Protocol.TCP, TargetGroup.Version.HTTP1)
            .withHealthCheck(HealthCheck.tcp());
    new RoutesFile(file)
        .write(
            new Routes(
                1,
                List.of(
                    balancer("app/bench/1", Protocol.HTTP, http, "http"),
                    balancer("net/bench/1", Protocol.TCP, tcp, "tcp")),
                List.of(requests, flows)));
    String launcher = System.getProperty("longshore.launcher", "longshore");
    Contender one =
        start("Longshore", http, port -> List.of(launcher, "gateway", "--routes", file.toString()));
    return List.of(one, one.at("Longshore tcp", tcp));
  }

  private static LoadBalancer balancer(String name, Protocol protocol, int port, String group) {
    Listener listener = Listener.plain(name, protocol, "127.0.0.1", port, Action.Forward.to(group));
    return new LoadBalancer(name, "", Map.of(), List.of(listener));
  }

  @Override
  public void close() throws IOException {
    started.reversed().forEach(Contender::close);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
