package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("docker")
@Timeout(60)
class DockerEngineDockerTest {
  private Busybox busybox;
  private ContainerEngine engine;

  @BeforeEach
  void connect() throws IOException {
    busybox = new Busybox();
    engine = busybox.engine();
  }

  @AfterEach
  void clean() {
    busybox.close();
  }

  private Containers containers() {
    return engine.containers();
  }

  private static <T> List<T> all(Feed<T> feed) {
    var all = new ArrayList<T>();
    try (feed) {
      for (var next = feed.next(); next.isPresent(); next = feed.next()) {
        all.add(next.get());
      }
    }
    return all;
  }

  private static String text(List<Output> output, Output.Source source) {
    var text = new StringBuilder();
    output.stream().filter(piece -> piece.source() == source).forEach(p -> text.append(p.text()));
    return text.toString();
  }

  @Test
  void the_engine_says_what_it_is() {
    engine.ping();
    assertThat(engine.version().apiVersion()).startsWith("1.");
    var info = engine.info();
    assertThat(info.processors()).isPositive();
    assertThat(info.memory()).isPositive();
    assertThat(info.logDrivers()).contains("json-file");
  }

  @Test
  void an_archive_has_the_id_that_was_computed_without_the_engine() throws IOException {
    var image = engine.images().inspect(Busybox.IMAGE);
    assertThat(image.id()).isEqualTo(Busybox.archive().imageId());
    assertThat(image.tags()).contains(Busybox.IMAGE);
    assertThat(image.environment()).containsExactly("PATH=/bin");
  }

  @Test
  void a_container_runs_from_create_to_exit() {
    var spec =
        busybox.shell("exit 7").environment(List.of("A=b")).withConfigOnTop("{\"hostname\":\"h\"}");
    var id = containers().create(busybox.name("exit"), spec).id();
    assertThat(containers().inspect(id).state().status()).isEqualTo("created");
    assertThat(containers().inspect(id).state().startedAt()).isNull();
    containers().start(id);
    assertThat(containers().await(id)).isEqualTo(new Exit(7, ""));
    var ended = containers().inspect(busybox.name("exit"));
    assertThat(ended.id()).isEqualTo(id);
    assertThat(ended.state().exitCode()).isEqualTo(7);
    assertThat(ended.state().finishedAt()).isAfter(ended.createdAt());
    assertThat(ended.labels()).containsAllEntriesOf(busybox.labels());
    assertThat(ended.raw().at("Config", "Hostname").text()).isEqualTo("h");
  }

  @Test
  void starting_and_stopping_twice_changes_nothing_the_second_time() {
    var id = busybox.run("twice", "exec sleep 600");
    assertThat(containers().start(id)).isFalse();
    assertThat(containers().stop(id, Duration.ZERO)).isTrue();
    assertThat(containers().stop(id, Duration.ZERO)).isFalse();
    assertThat(containers().inspect(id).state().exitCode()).isEqualTo(137);
  }

  @Test
  void stop_is_polite_before_it_kills() {
    var id = busybox.run("polite", "trap 'exit 5' TERM; echo up; while true; do sleep 0.1; done");
    try (var log = containers().logs(id, LogQuery.following())) {
      assertThat(log.next()).map(Output::text).hasValue("up\n");
    }
    containers().stop(id, Duration.ofSeconds(30));
    assertThat(containers().inspect(id).state().exitCode()).isEqualTo(5);
  }

  @Test
  void errors_carry_the_status_and_the_text_of_the_docker_client() {
    var unknown =
        catchThrowableOfType(DockerException.class, () -> containers().inspect("no-such-thing"));
    assertThat(unknown.notFound()).isTrue();
    assertThat(unknown).hasMessage("Error response from daemon: No such container: no-such-thing");
    var noCommand =
        catchThrowableOfType(
            DockerException.class,
            () -> containers().create(busybox.name("no"), ContainerSpec.of(Busybox.IMAGE)));
    assertThat(noCommand.status()).isEqualTo(400);
    assertThat(noCommand).hasMessage("Error response from daemon: No command specified");
    containers().create(busybox.name("same"), busybox.shell("true"));
    assertThatThrownBy(() -> containers().create(busybox.name("same"), busybox.shell("true")))
        .isInstanceOfSatisfying(DockerException.class, e -> assertThat(e.conflict()).isTrue());
  }

  @Test
  void a_command_that_does_not_exist_fails_at_start() {
    var spec = ContainerSpec.of(Busybox.IMAGE).command("/no/such/cmd").labels(busybox.labels());
    var id = containers().create(busybox.name("nocmd"), spec).id();
    assertThatThrownBy(() -> containers().start(id))
        .hasMessageStartingWith("Error response from daemon: ")
        .hasMessageContaining("/no/such/cmd");
  }

  @Test
  void lists_filter_by_labels() {
    var id = busybox.run("listed", "exec sleep 600");
    var found = containers().list(List.of(busybox.label()), false);
    assertThat(found)
        .singleElement()
        .satisfies(container -> {
          assertThat(container.id()).isEqualTo(id);
          assertThat(container.names()).containsExactly(busybox.name("listed"));
          assertThat(container.state()).isEqualTo("running");
        });
    containers().kill(id, "SIGKILL");
    containers().await(id);
    assertThat(containers().list(List.of(busybox.label()), false)).isEmpty();
    assertThat(containers().list(List.of(busybox.label()), true)).hasSize(1);
  }

  @Test
  void rename_and_restart_keep_the_container() {
    var id = busybox.run("old", "exec sleep 600");
    containers().rename(id, busybox.name("new"));
    var before = containers().inspect(busybox.name("new"));
    containers().restart(id, Duration.ZERO);
    var after = containers().inspect(id);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.state().processId()).isNotEqualTo(before.state().processId()).isPositive();
  }

  @Test
  void logs_keep_output_and_errors_apart() {
    var id = busybox.run("logs", "echo one; echo two >&2; echo three");
    containers().await(id);
    var output = all(containers().logs(id, LogQuery.all()));
    assertThat(text(output, Output.Source.OUT)).isEqualTo("one\nthree\n");
    assertThat(text(output, Output.Source.ERROR)).isEqualTo("two\n");
    var last = all(containers().logs(id, new LogQuery(false, null, 1, false)));
    assertThat(last).hasSize(1);
  }

  @Test
  void logs_of_a_terminal_are_plain() {
    var spec = busybox.shell("echo one; echo two >&2").config("Tty", Json.of(true));
    var id = busybox.run("tty", spec);
    containers().await(id);
    var output = all(containers().logs(id, LogQuery.all()));
    assertThat(text(output, Output.Source.OUT)).isEqualTo("one\r\ntwo\r\n");
  }

  @Test
  void a_slow_reader_of_much_output_loses_nothing() {
    var id = busybox.run("much", "yes longshore | head -c 5000000");
    containers().await(id);
    var bytes = 0L;
    try (var log = containers().logs(id, LogQuery.all())) {
      for (var piece = log.next(); piece.isPresent(); piece = log.next()) {
        bytes += piece.get().bytes().length;
      }
    }
    assertThat(bytes).isEqualTo(5_000_000);
  }

  @Test
  void an_execution_echoes_its_input_and_reports_its_exit_code() {
    var id = busybox.run("exec", "exec sleep 600");
    var executions = engine.executions();
    var execution =
        executions.create(
            id, ExecutionSpec.of("sh", "-c", "cat; echo bad >&2; exit 3").withInput());
    try (var attachment = executions.start(execution)) {
      attachment.write("hello\n".getBytes(StandardCharsets.UTF_8));
      assertThat(attachment.next()).map(Output::text).hasValue("hello\n");
      attachment.endInput();
      assertThat(attachment.next())
          .hasValueSatisfying(piece -> {
            assertThat(piece.source()).isEqualTo(Output.Source.ERROR);
            assertThat(piece.text()).isEqualTo("bad\n");
          });
      assertThat(attachment.next()).isEmpty();
    }
    var ended = executions.inspect(execution);
    assertThat(ended.running()).isFalse();
    assertThat(ended.exitCode()).isEqualTo(3);
  }

  @Test
  void a_terminal_can_be_resized() {
    var id = busybox.run("resize", "exec sleep 600");
    var executions = engine.executions();
    var spec = ExecutionSpec.of("sh").withInput().withTerminal();
    var execution = executions.create(id, spec);
    try (var attachment = executions.start(execution)) {
      executions.resize(execution, 123, 45);
      attachment.write("busybox stty size\n".getBytes(StandardCharsets.UTF_8));
      var seen = new StringBuilder();
      while (!seen.toString().contains("45 123")) {
        seen.append(attachment.next().orElseThrow().text());
      }
    }
  }

  @Test
  void attaching_before_the_start_shows_all_output() {
    var spec =
        busybox
            .shell("read line; echo got $line")
            .config("OpenStdin", Json.of(true))
            .config("StdinOnce", Json.of(true));
    var id = containers().create(busybox.name("attach"), spec).id();
    try (var attachment = containers().attach(id, true)) {
      containers().start(id);
      attachment.write("x\n".getBytes(StandardCharsets.UTF_8));
      assertThat(attachment.next()).map(Output::text).hasValue("got x\n");
      assertThat(attachment.next()).isEmpty();
    }
  }

  @Test
  void events_tell_of_a_containers_life() {
    var query = EventQuery.containers(Instant.now().minusSeconds(1), List.of(busybox.label()));
    var actions = new ArrayList<String>();
    try (var events = engine.events(query)) {
      var id = busybox.run("events", "exit 4");
      while (!actions.contains("die")) {
        var event = events.next().orElseThrow();
        assertThat(event.id()).isEqualTo(id);
        assertThat(event.time()).isBetween(query.since(), Instant.now().plusSeconds(1));
        actions.add(event.action());
        if (event.action().equals("die")) {
          assertThat(event.attributes()).containsEntry("exitCode", "4");
        }
      }
    }
    assertThat(actions).containsExactly("create", "start", "die");
  }

  @Test
  void closing_a_feed_wakes_its_reader() {
    var query = EventQuery.containers(null, List.of("no.such.label"));
    var events = engine.events(query);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = CompletableFuture.supplyAsync(events::next, threads);
      events.close();
      assertThat(next.join()).isEqualTo(Optional.empty());
    }
  }

  @Test
  void statistics_come_once_or_as_a_stream() {
    var id = busybox.run("stats", "exec sleep 600");
    var one = containers().statistics(id);
    assertThat(one.at("cpu_stats", "cpu_usage", "total_usage").number()).isPositive();
    assertThat(one.at("networks", "eth0").members()).containsKey("rx_bytes");
    try (var samples = containers().followStatistics(id)) {
      assertThat(samples.next()).isPresent();
      var second = samples.next().orElseThrow();
      assertThat(second.at("memory_stats", "usage").number()).isPositive();
      assertThat(second.at("precpu_stats", "cpu_usage", "total_usage").number()).isPositive();
    }
  }

  @Test
  void a_static_port_and_a_chosen_one_are_seen_in_inspection() {
    var bound = new Json.Items(List.of(Json.fields(Map.of("HostIp", "127.0.0.9"))));
    var spec =
        busybox
            .shell("exec sleep 600")
            .config("ExposedPorts", Json.fields().with("80/tcp", Json.fields()))
            .hostConfig("PortBindings", Json.fields().with("80/tcp", bound));
    var container = containers().inspect(busybox.run("ports", spec));
    assertThat(container.ports())
        .singleElement()
        .satisfies(port -> {
          assertThat(port.containerPort()).isEqualTo(80);
          assertThat(port.protocol()).isEqualTo("tcp");
          assertThat(port.hostIp()).isEqualTo("127.0.0.9");
          assertThat(port.hostPort()).isPositive();
        });
    assertThat(container.networks())
        .hasEntrySatisfying("bridge", e -> assertThat(e.address()).isNotEmpty());
    assertThat(container.networkMode()).isIn("default", "bridge");
  }

  @Test
  void a_failing_health_check_is_seen_with_its_output() {
    var check =
        Json.fields()
            .with("Test", Json.items(List.of("CMD-SHELL", "echo sick; exit 1")))
            .with("Interval", Json.of(Duration.ofMillis(100).toNanos()))
            .with("Retries", Json.of(1));
    var since = Instant.now().minusSeconds(1);
    var id = busybox.run("health", busybox.shell("exec sleep 600").config("Healthcheck", check));
    try (var events = engine.events(EventQuery.containers(since, List.of(busybox.label())))) {
      while (!events.next().orElseThrow().action().equals("health_status: unhealthy")) {
        assertThat(containers().inspect(id).state().running()).isTrue();
      }
    }
    var health = Objects.requireNonNull(containers().inspect(id).state().health());
    assertThat(health.status()).isEqualTo("unhealthy");
    var last = Objects.requireNonNull(health.last());
    assertThat(last.exitCode()).isEqualTo(1);
    assertThat(last.output()).isEqualTo("sick\n");
  }

  @Test
  void volumes_and_networks_are_made_found_and_removed() {
    var volume = engine.volumes().create(busybox.name("v"), "local", Map.of(), busybox.labels());
    assertThat(engine.volumes().inspect(volume.name())).isEqualTo(volume);
    assertThat(engine.volumes().list(List.of(busybox.label()))).hasSize(1);
    engine.volumes().remove(volume.name(), false);
    assertThat(engine.volumes().list(List.of(busybox.label()))).isEmpty();

    var spec = NetworkSpec.bridge(busybox.name("n"), busybox.labels());
    var id = engine.networks().create(spec);
    var container = busybox.run("joined", "exec sleep 600");
    engine.networks().connect(id, container, List.of("friend"));
    assertThat(engine.networks().inspect(id).containers()).containsExactly(container);
    assertThat(engine.networks().inspect(id).subnets()).hasSize(1);
    engine.networks().disconnect(id, container, true);
    assertThatThrownBy(() -> engine.networks().create(spec))
        .isInstanceOfSatisfying(DockerException.class, e -> assertThat(e.conflict()).isTrue());
    engine.networks().remove(id);
  }

  @Test
  void images_are_tagged_imported_and_removed() throws IOException {
    var further = ImageReference.parse("longshore-test/further:2");
    engine.images().tag(Busybox.IMAGE, further);
    assertThat(engine.images().inspect(further.toString()).tags()).contains("" + further);
    engine.images().remove(further.toString(), false);
    assertThatThrownBy(() -> engine.images().inspect(further.toString()))
        .hasMessageContaining("o such image: longshore-test/further:2");

    var imported = ImageReference.parse("longshore-test/imported:1");
    var id =
        engine
            .images()
            .importLayer(
                imported,
                out -> {
                  var tar = new TarWriter(out);
                  tar.directory("etc", 0755);
                  tar.end();
                });
    assertThat(engine.images().inspect("" + imported).id()).isEqualTo(id);
    engine.images().remove("" + imported, false);
  }

  @Test
  void a_pull_from_nowhere_fails_with_the_engines_words() {
    var nowhere = ImageReference.parse("127.0.0.1:1/no/such:image");
    assertThatThrownBy(
            () -> engine.images().pull(nowhere, null, PullLimits.STANDARD, progress -> {}))
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("connection refused");
    assertThatThrownBy(() -> engine.images().registryDigest(nowhere, null))
        .isInstanceOf(DockerException.class)
        .hasMessageContaining("connection refused");
  }

  @Test
  void a_broken_archive_is_an_error() {
    assertThatThrownBy(() -> engine.images().load(out -> out.write(new byte[100_000])))
        .isInstanceOf(DockerException.class);
  }
}
