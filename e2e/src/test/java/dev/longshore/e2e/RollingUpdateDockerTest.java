package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.Event;
import dev.longshore.agent.docker.EventQuery;
import dev.longshore.agent.docker.Feed;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rolling update of real web servers while they are asked all the time. */
@Tag("docker")
class RollingUpdateDockerTest {
  private static final int TASKS = 6;
  private static final int LEAST = 6;
  private static final int MOST = 9;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final String FAMILY = "rolling-e2e";

  /** Goes on answering after SIGTERM for longer than the client takes to notice. */
  private static final String SERVER = "httpd -f -p 80 -h /bin & trap 'sleep 2; exit 0' TERM; wait";

  @Test
  void a_rolling_update_under_load_keeps_its_bounds_and_fails_no_request() throws Exception {
    try (Site site = Site.up("--no-auth");
        Counts counts = new Counts()) {
      register(site, "1");
      site.aws.ok(
          words(
              "ecs create-service --service-name web --desired-count "
                  + TASKS
                  + " --task-definition "
                  + FAMILY
                  + " --deployment-configuration minimumHealthyPercent=100,maximumPercent=150"));
      Await.stable(site.aws, "web");
      Set<String> old = counts.healthy();
      assertThat(old).hasSize(TASKS);
      counts.watchFromNow();
      try (Load load = new Load(site.endpoint)) {
        Site.until("requests are answered", () -> load.answered.get() > TASKS);
        register(site, "2");
        site.aws.ok(words("ecs update-service --service web --task-definition " + FAMILY));
        Site.until("all are new", () -> counts.onlyOthersThan(old));
        int sofar = load.answered.get();
        Site.until("new ones are asked", () -> load.answered.get() > sofar + 2 * TASKS);
        assertThat(load.failed.get()).isZero();
      }
      assertThat(counts.leastHealthy()).isGreaterThanOrEqualTo(LEAST);
      assertThat(counts.mostAtAll()).isBetween(TASKS + 1, MOST);
      Await.stable(site.aws, "web");
    }
  }

  private static void register(Site site, String version) throws Exception {
    String container =
        Site.container(SERVER)
            .replace(
                "\"stopTimeout\":2",
                "\"stopTimeout\":10,\"portMappings\":[{\"containerPort\":80}],\"environment\":"
                    + "[{\"name\":\"VERSION\",\"value\":\""
                    + version
                    + "\"}]");
    site.aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        FAMILY,
        "--container-definitions",
        container);
  }

  private static String[] words(String command) {
    return command.split(" ");
  }

  /** What the engine's events add up to. A container is healthy until it is told to end. */
  private static final class Counts implements AutoCloseable {
    private final DockerEngine engine = DockerEngine.at(EngineAddress.STANDARD);
    private final Feed<Event> feed =
        engine.events(
            EventQuery.containers(
                Instant.now(), List.of("com.amazonaws.ecs.task-definition-family=" + FAMILY)));
    private final Set<String> healthy = new HashSet<>();
    private final Set<String> all = new HashSet<>();
    private int leastHealthy = Integer.MAX_VALUE;
    private int mostAtAll;
    private volatile boolean over;

    Counts() {
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try {
        Optional<Event> event = feed.next();
        while (event.isPresent()) {
          happened(event.get());
          event = feed.next();
        }
      } catch (DockerException e) {
        // The end of the watch may cut an event in two.
        if (!over) {
          throw e;
        }
      }
    }

    private synchronized void happened(Event event) {
      switch (event.action()) {
        case "create" -> all.add(event.id());
        case "start" -> healthy.add(event.id());
        case "kill" -> healthy.remove(event.id());
        case "die" -> {
          healthy.remove(event.id());
          all.remove(event.id());
        }
        default -> {}
      }
      leastHealthy = Math.min(leastHealthy, healthy.size());
      mostAtAll = Math.max(mostAtAll, all.size());
    }

    synchronized Set<String> healthy() {
      return Set.copyOf(healthy);
    }

    synchronized void watchFromNow() {
      leastHealthy = healthy.size();
      mostAtAll = all.size();
    }

    synchronized boolean onlyOthersThan(Set<String> old) {
      return healthy.size() == TASKS
          && all.equals(healthy)
          && healthy.stream().noneMatch(old::contains);
    }

    synchronized int leastHealthy() {
      return leastHealthy;
    }

    synchronized int mostAtAll() {
      return mostAtAll;
    }

    @Override
    public void close() {
      over = true;
      feed.close();
      engine.close();
    }
  }

  /** Asks the tasks that DescribeTasks names, one after the other, again and again. */
  private static final class Load implements AutoCloseable {
    final AtomicInteger answered = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final Thread looking;
    private final Thread asking;
    private volatile List<InetSocketAddress> targets = List.of();
    private volatile boolean over;

    Load(String endpoint) {
      this.endpoint = URI.create(endpoint);
      looking = Thread.ofVirtual().start(this::look);
      asking = Thread.ofVirtual().start(this::ask);
    }

    private void look() {
      while (!over) {
        List<InetSocketAddress> found = new ArrayList<>();
        for (InetSocketAddress target : running()) {
          // As a load balancer does, it sends nothing to a task that has not answered once.
          if (targets.contains(target) || answers(target)) {
            found.add(target);
          }
        }
        targets = List.copyOf(found);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private List<InetSocketAddress> running() {
      List<InetSocketAddress> running = new ArrayList<>();
      String arns = call("ListTasks", "{\"serviceName\":\"web\"}").at("taskArns").write();
      Json tasks =
          arns.equals("[]") ? Json.none() : call("DescribeTasks", "{\"tasks\":" + arns + '}');
      for (Json task : tasks.at("tasks").elements()) {
        List<Json> bindings =
            task.at("containers").elements().getFirst().at("networkBindings").elements();
        if (task.at("lastStatus").text().equals("RUNNING")
            && task.at("desiredStatus").text().equals("RUNNING")
            && !bindings.isEmpty()) {
          Json binding = bindings.getFirst();
          running.add(
              new InetSocketAddress(
                  binding.at("bindIP").text(), (int) binding.at("hostPort").number()));
        }
      }
      return running;
    }

    private Json call(String operation, String body) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .header("content-type", "application/x-amz-json-1.1")
              .header("x-amz-target", "AmazonEC2ContainerServiceV20141113." + operation)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private void ask() {
      for (int number = 0; !over; number++) {
        List<InetSocketAddress> now = targets;
        if (!now.isEmpty()) {
          boolean answers = answers(now.get(number % now.size()));
          (answers ? answered : failed).incrementAndGet();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }

    private static boolean answers(InetSocketAddress target) {
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(target, TIMEOUT_MILLIS);
        socket.getOutputStream().write("GET /nothing HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        return answer.contains(" 404 ");
      } catch (IOException e) {
        // It is counted; which way a request fails makes no difference.
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      over = true;
      try {
        looking.join();
        asking.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      http.close();
    }
  }
}
