package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateServiceResponse;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionResponse;
import dev.longshore.wire.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code explain} and {@code place}, against a server with instances that only pretend. */
@TestInstance(Lifecycle.PER_CLASS)
class PreviewCommandsTest {
  private static final int INSTANCES = 3;

  private Path data = Path.of("");
  private ControlPlane controlPlane;

  private record Result(int status, String out, String err) {}

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    data = directory;
    Logs.configure();
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0).withSimulatedInstances(INSTANCES),
            halt -> {
              throw new AssertionError(halt);
            });
    controlPlane
        .when(state -> state.count(ContainerInstance.KIND) == INSTANCES)
        .get(30, TimeUnit.SECONDS);
    try (ApiClient ecs =
        new ApiClient(
            HttpClient.newHttpClient(),
            controlPlane.endpoint(),
            Ecs.MODEL,
            ControlPlane.REGION,
            controlPlane.rootKeys())) {
      ContainerDefinition container =
          ContainerDefinition.builder().name("app").image("any").cpu(64).memory(32).build();
      RegisterTaskDefinitionRequest definition =
          RegisterTaskDefinitionRequest.builder()
              .family("app")
              .containerDefinitions(List.of(container))
              .build();
      ecs.call("RegisterTaskDefinition", definition, RegisterTaskDefinitionResponse.class);
      CreateServiceRequest service =
          CreateServiceRequest.builder()
              .serviceName("web")
              .taskDefinition("app")
              .desiredCount(INSTANCES + 1)
              .placementConstraints(List.of(new PlacementConstraint("distinctInstance", null)))
              .build();
      ecs.call("CreateService", service, CreateServiceResponse.class);
    }
    controlPlane.when(state -> state.count(Task.KIND) == INSTANCES).get(30, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() {
    controlPlane.close();
  }

  private Result run(String... words) {
    List<String> all = new ArrayList<>();
    Collections.addAll(all, words);
    all.add("--port=" + controlPlane.endpoint().getPort());
    all.add("--data-dir=" + data);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Longshore.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(all.toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  private Json json(String... words) {
    List<String> all = new ArrayList<>();
    Collections.addAll(all, words);
    all.add("--json");
    Result result = run(all.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    return Json.parse(result.out().strip());
  }

  @Test
  void explain_task_tells_of_each_instance_why_not() {
    Result result =
        run(
            "explain",
            "task",
            "app",
            "--placement-constraints",
            "type=memberOf,expression=attribute:stack in [blue, green]");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("0 of 3 container instances can take one more task of group family:app.")
        .contains("It asks for 64 CPU units, 32 MiB")
        .containsPattern("CONSTRAINTS +3 +3 MemberOf placement constraint unsatisfied\\.")
        .containsPattern(
            "The closest is [0-9a-f]{32}: not met: attribute:stack in \\[blue, green]\\.")
        .containsPattern("[0-9a-f]{32} +us-east-1[abc] +[0-9]+ +[0-9]+ +0 +CONSTRAINTS +not met");
  }

  @Test
  void explain_service_tells_why_the_missing_task_is_missing() {
    Result result = run("explain", "service", "web", "--instances", "1");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains("0 of 3 container instances can take one more task of group service:web.")
        .contains("3 DistinctInstance placement constraint unsatisfied.")
        .contains("tasks of its group there: 1")
        .contains("… and 2 more");
  }

  @Test
  void explain_task_in_json_tells_field_by_field() {
    Json next = json("explain", "task", "app").at("next");
    assertThat(next.at("group").text()).isEqualTo("family:app");
    assertThat(next.at("demand", "memory").number()).isEqualTo(32);
    assertThat(next.at("registeredInstances").number()).isEqualTo(3);
    assertThat(next.at("stages").elements())
        .extracting(stage -> stage.at("stage").text(), stage -> stage.at("instances").number())
        .containsExactly(
            tuple("CANDIDATE", 0L),
            tuple("RESOURCES", 0L),
            tuple("ATTRIBUTES", 0L),
            tuple("CONSTRAINTS", 0L),
            tuple("STRATEGIES", 3L));
    assertThat(next.at("instances").elements()).hasSize(3);
  }

  @Test
  void place_shows_where_tasks_go_and_starts_none() {
    Json places =
        json("place", "app", "--count", "9", "--placement-strategy", "type=spread,field=host")
            .at("places");
    assertThat(places.elements())
        .hasSize(9)
        .extracting(place -> place.at("containerInstanceArn").text())
        .satisfies(arns -> assertThat(Set.copyOf(arns)).hasSize(INSTANCES));
    Result result =
        run("place", "app", "--count", "9", "--placement-strategy", "type=spread,field=host");
    assertThat(result.out())
        .startsWith("9 of 9 tasks would be placed.")
        .containsPattern("[0-9a-f]{32} +us-east-1[abc] +3 +[1-3], [4-6], [7-9]\\n");
    assertThat(controlPlane.when(state -> true).join().count(Task.KIND)).isEqualTo(INSTANCES);
  }

  @Test
  void place_tells_why_the_next_task_would_go_nowhere() {
    Result result =
        run(
            "place",
            "app",
            "--count=5",
            "--group=g",
            "--placement-constraints=type=distinctInstance");
    assertThat(result.out())
        .startsWith("3 of 5 tasks would be placed.")
        .contains("0 of 3 container instances can take one more task of group g.");
    assertThat(run("place", "--service", "web", "--count", "2").out())
        .startsWith("0 of 2 tasks would be placed.");
  }

  @Test
  void a_whole_request_may_be_given_as_json_or_in_a_file() throws Exception {
    String request = "{\"taskDefinition\":\"app\",\"overrides\":{\"memory\":\"999999\"}}";
    assertThat(run("explain", "task", "--cli-input-json", request).out())
        .contains("3 RESOURCE:MEMORY");
    Path file = Files.writeString(data.resolve("request.json"), request);
    assertThat(run("explain", "task", "--cli-input-json", "file://" + file).out())
        .contains("999999 MiB");
  }

  @Test
  void faults_are_told_in_one_line_with_status_1_and_wrong_calls_with_2() {
    Result unknown = run("explain", "task", "nothing");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err())
        .isEqualTo("longshore: PreviewTask failed: ClientException: TaskDefinition not found.\n");
    assertThat(run("explain", "service", "nothing").err())
        .contains("ServiceNotFoundException: Service not found.");
    assertThat(
            run("explain", "task", "app", "--placement-constraints=type=memberOf,expression=(")
                .err())
        .contains("InvalidParameterException: Invalid expression at position 2");
    assertThat(run("place", "app", "--count", "10001").err()).contains("count");
    assertThat(run("explain", "task").status()).isEqualTo(2);
    assertThat(run("explain", "task", "app", "--placement-strategy", "spread").status())
        .isEqualTo(2);
    assertThat(run("explain", "task", "--cli-input-json", "{").status()).isEqualTo(2);
  }
}
