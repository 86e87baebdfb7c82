package dev.longshore.cli;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.State;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateServiceResponse;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.NetworkBinding;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a service of three tasks on two container instances, and how it heals. */
@Command(
    name = "demo",
    description = "Runs a service of 3 tasks on 2 instances, kills a container, shows it healed.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int TASKS = 3;
  private static final int INSTANCES = 2;
  private static final long WAIT_SECONDS = 120;
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);

  @Option(names = "--exit", description = "End when the demo is over instead of staying up.")
  private boolean exit;

  @Option(names = "--port", description = "Port of the API (default: a free one).")
  private int port;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  /** One line of the table at the end. */
  private record Row(String task, String instance, String address, String page) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path data = Files.createTempDirectory("longshore-demo");
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      lifetime.onEnd(() -> delete(data));
      show(new Progress(out, Boolean.getBoolean("longshore.terminal")), out, data, lifetime);
      if (!exit) {
        out.println("The service stays up. Ctrl-C ends it and removes its containers.");
        out.flush();
        end.await();
      }
    }
    return 0;
  }

  private void show(Progress progress, PrintWriter out, Path data, Lifetime lifetime)
      throws Exception {
    ControlPlane controlPlane =
        progress.step(
            "start the control plane",
            () -> ControlPlane.start(ControlPlaneSettings.local(data, port), lifetime::halted));
    lifetime.onEnd(controlPlane::close);
    try (ContainerEngine engine =
            DockerEngine.at(EngineAddress.parse(System.getenv("DOCKER_HOST")));
        ApiClient ecs =
            new ApiClient(
                HttpClient.newHttpClient(),
                controlPlane.endpoint(),
                Ecs.MODEL,
                ControlPlane.REGION,
                controlPlane.rootKeys())) {
      progress.step("build the image " + DemoImage.NAME, () -> DemoImage.load(engine));
      LocalInstances instances =
          progress.step(
              "join " + INSTANCES + " container instances",
              () -> LocalInstances.start(controlPlane, data, INSTANCES, null));
      lifetime.onEnd(() -> instances.stop(false));
      progress.step("create the service web of " + TASKS + " tasks", () -> create(ecs));
      State before =
          progress.step(
              "wait for " + TASKS + " running tasks",
              () -> await(controlPlane, state -> running(state).size() == TASKS));
      Task victim = running(before).getFirst();
      Instant killed = Instant.now();
      engine.containers().kill(runtimeId(victim), "KILL");
      State after =
          progress.step(
              "kill a container and wait for its replacement",
              () -> await(controlPlane, state -> healed(state, victim)));
      Duration healing = Duration.between(killed, Instant.now());
      List<Row> rows = progress.step("fetch a page from each task", () -> pages(after));
      print(out, rows, victim, healing);
    }
  }

  private static CreateServiceResponse create(ApiClient ecs) throws Exception {
    ecs.call(
        "RegisterTaskDefinition",
        RegisterTaskDefinitionRequest.builder()
            .family("web")
            .containerDefinitions(
                List.of(
                    ContainerDefinition.builder()
                        .name("web")
                        .image(DemoImage.NAME)
                        .cpu(64)
                        .memory(32)
                        .portMappings(List.of(PortMapping.builder().containerPort(80).build()))
                        .build()))
            .build(),
        RegisterTaskDefinitionResponse.class);
    return ecs.call(
        "CreateService",
        CreateServiceRequest.builder()
            .serviceName("web")
            .taskDefinition("web")
            .desiredCount(TASKS)
            .build(),
        CreateServiceResponse.class);
  }

  private static State await(ControlPlane controlPlane, Predicate<State> condition)
      throws Exception {
    return controlPlane.when(condition).get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  private static List<Task> running(State state) {
    List<Task> running = new ArrayList<>();
    for (Task task : state.all(Task.KIND)) {
      if (task.lastStatus() == TaskStatus.RUNNING && !task.stopping()) {
        running.add(task);
      }
    }
    return running;
  }

  private static boolean healed(State state, Task victim) {
    List<Task> running = running(state);
    return running.size() == TASKS
        && running.stream().noneMatch(task -> task.arn().equals(victim.arn()));
  }

  private static String runtimeId(Task task) {
    return Objects.requireNonNull(task.containers().getFirst().runtimeId());
  }

  private static List<Row> pages(State state) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (Task task : running(state)) {
        NetworkBinding binding = task.containers().getFirst().networkBindings().getFirst();
        String address = binding.bindIP() + ":" + binding.hostPort();
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                .timeout(PAGE_LIMIT)
                .build();
        HttpResponse<String> page = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) {
          throw new IllegalStateException(address + " answers " + page.statusCode());
        }
        String zone = Objects.requireNonNullElse(task.availabilityZone(), "");
        rows.add(new Row(task.id(), zone, address, page.body().strip()));
      }
    }
    return rows;
  }

  private static void print(PrintWriter out, List<Row> rows, Task victim, Duration healing) {
    String line = "  %-34s %-12s %-18s %s%n";
    out.println();
    out.printf(line, "TASK", "ZONE", "ADDRESS", "PAGE");
    for (Row row : rows) {
      out.printf(line, row.task(), row.instance(), row.address(), row.page());
    }
    out.println();
    out.println("  Task " + victim.id() + " was killed from outside.");
    out.println("  Its replacement was RUNNING " + Progress.seconds(healing) + " after the kill.");
    out.flush();
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted((one, other) -> other.compareTo(one)).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
