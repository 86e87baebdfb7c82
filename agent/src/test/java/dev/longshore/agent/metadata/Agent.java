package dev.longshore.agent.metadata;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerSpec;
import dev.longshore.agent.task.ContainerStatus;
import dev.longshore.agent.task.ContainerView;
import dev.longshore.agent.task.DesiredStatus;
import dev.longshore.agent.task.HealthStatus;
import dev.longshore.agent.task.NetworkBinding;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.agent.task.TaskSpec;
import dev.longshore.agent.task.TaskStatus;
import dev.longshore.agent.task.Work;
import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent with one service task of a full and a bare container, for tests to look at and alter.
 */
final class Agent implements TaskSource {
  static final String TASK = "arn:aws:ecs:us-east-1:123456789012:task/default/aaaa";
  static final String INSTANCE = "arn:aws:ecs:us-east-1:123456789012:container-instance/default/i";
  static final String DOCKER_ID = "d".repeat(64);
  static final String ENDPOINT = "e-full";
  static final String BARE_ENDPOINT = "e-bare";

  final Map<String, Statistics> statistics = new LinkedHashMap<>();
  final Map<String, RoleCredentials> credentials = new LinkedHashMap<>();
  List<TaskRow> rows = new ArrayList<>();
  TagLookup tags = arn -> new TagLookup.Tags(Map.of("of", arn.substring(arn.length() - 1)));
  @Nullable ProtectionCalls protection;

  Agent() {
    rows.add(task("bridge", "role-id", full(), bare(DOCKER_ID.replace('d', 'b'))));
  }

  @Override
  public InstanceFacts instance() {
    return new InstanceFacts("default", INSTANCE, "us-east-1a", null, "EC2", "Longshore - v0.1.0");
  }

  @Override
  public Collection<TaskRow> tasks() {
    return rows;
  }

  @Override
  public Optional<Statistics> statistics(String dockerId) {
    return Optional.ofNullable(statistics.get(dockerId));
  }

  @Override
  public Optional<RoleCredentials> credentials(String credentialsId) {
    return Optional.ofNullable(credentials.get(credentialsId));
  }

  @Override
  public TagLookup tags() {
    return tags;
  }

  @Override
  public ProtectionCalls protection() {
    if (protection == null) {
      throw new IllegalStateException("this test calls no control plane");
    }
    return protection;
  }

  void grant(String id) {
    credentials.put(
        id,
        new RoleCredentials(
            id,
            RoleCredentials.TASK_APPLICATION,
            "arn:aws:iam::123456789012:role/r",
            "ASIAX",
            "secret",
            "token",
            "2026-09-16T16:25:21Z",
            null));
  }

  static TaskRow task(String networkMode, @Nullable String roleId, ContainerRow... containers) {
    var spec =
        new TaskSpec(
            TASK,
            null,
            "web",
            "26",
            networkMode,
            null,
            "svc",
            0.25,
            512,
            null,
            null,
            roleId,
            null,
            List.of(),
            List.of(),
            null);
    return new TaskRow(
        spec,
        DesiredStatus.RUNNING,
        TaskStatus.RUNNING,
        1,
        true,
        "",
        List.of(containers),
        List.of(),
        Instant.parse("2026-11-21T10:00:00Z"),
        Instant.parse("2026-11-21T10:00:01.5Z"),
        null,
        null,
        List.of(),
        null,
        List.of(),
        0,
        false,
        null,
        null);
  }

  static ContainerRow full() {
    var view =
        new ContainerView(
            DOCKER_ID,
            true,
            0,
            false,
            Instant.parse("2026-11-21T10:00:02.123456789Z"),
            Instant.parse("2026-11-21T10:00:03.12Z"),
            null,
            List.of(),
            new ContainerView.Health(HealthStatus.HEALTHY, 0, "ok"),
            "sha256:ab",
            Map.of("l", "1"),
            List.of(new ContainerView.Network("bridge", List.of("172.17.0.2"), List.of())),
            List.of(new ContainerView.Mount("v-1", "/src", "/dst")),
            "awslogs",
            Map.of("awslogs-stream", "p/c/t"));
    var spec =
        new ContainerSpec(
            "app",
            "web:1",
            true,
            List.of(),
            List.of(),
            Map.of(),
            100,
            64,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            0,
            null,
            null,
            true,
            null,
            new ContainerSpec.RestartPolicy(true, List.of(), 60),
            null,
            "arn:aws:ecs:us-east-1:123456789012:container/c",
            List.of(),
            List.of());
    return row(
        spec,
        ENDPOINT,
        DOCKER_ID,
        HealthStatus.HEALTHY,
        List.of(new NetworkBinding("0.0.0.0", 80, 81, 32768, 32769, "tcp")),
        view);
  }

  static ContainerRow bare(@Nullable String dockerId) {
    return row(bareSpec(), BARE_ENDPOINT, dockerId, HealthStatus.UNKNOWN, List.of(), null);
  }

  static ContainerRow on(String mode, List<String> addresses) {
    var view =
        new ContainerView(
            DOCKER_ID,
            false,
            3,
            false,
            Instant.parse("2026-11-21T10:00:02Z"),
            Instant.parse("2026-11-21T10:00:03Z"),
            Instant.parse("2026-11-21T10:00:04Z"),
            List.of(),
            null,
            "",
            Map.of(),
            List.of(new ContainerView.Network(mode, addresses, List.of())),
            List.of(),
            null,
            Map.of());
    return row(bareSpec(), BARE_ENDPOINT, DOCKER_ID, HealthStatus.UNKNOWN, List.of(), view);
  }

  private static ContainerSpec bareSpec() {
    return new ContainerSpec(
        "side",
        "side:1",
        false,
        List.of(),
        List.of(),
        Map.of(),
        0,
        0,
        0,
        List.of(new ContainerSpec.PortMapping(80, 80, 0, "tcp")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        0,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        List.of(),
        List.of());
  }

  private static ContainerRow row(
      ContainerSpec spec,
      String endpoint,
      @Nullable String dockerId,
      HealthStatus health,
      List<NetworkBinding> bindings,
      @Nullable ContainerView view) {
    return new ContainerRow(
        spec,
        view != null && !view.running() ? ContainerStatus.STOPPED : ContainerStatus.RUNNING,
        DesiredStatus.RUNNING,
        Work.NONE,
        "ecs-web-26-" + spec.name() + "-00",
        endpoint,
        dockerId,
        null,
        view != null && !view.running() ? view.exitCode() : null,
        null,
        null,
        null,
        0,
        health,
        health == HealthStatus.UNKNOWN ? null : Instant.parse("2026-11-21T10:00:05Z"),
        bindings,
        "bridge",
        null,
        false,
        view);
  }

  static Statistics sample(Statistics.@Nullable Network network) {
    return new Statistics(
        Instant.EPOCH,
        0,
        0,
        0,
        0,
        network,
        Json.parse("{\"name\":\"/x\",\"big\":18446744073709551615}"));
  }
}
