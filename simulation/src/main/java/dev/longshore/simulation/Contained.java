package dev.longshore.simulation;

import dev.longshore.agent.task.ContainerView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container that a fake engine pretends to have. */
final class Contained {
  final String id;
  final String name;
  final String taskArn;
  final String container;
  final String image;
  final Instant createdAt;
  final List<ContainerView.Port> wanted;
  List<ContainerView.Port> ports = List.of();
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  int exitCode;
  int runs;

  Contained(
      String id,
      String name,
      String taskArn,
      String container,
      String image,
      Instant createdAt,
      List<ContainerView.Port> wanted) {
    this.id = id;
    this.name = name;
    this.taskArn = taskArn;
    this.container = container;
    this.image = image;
    this.createdAt = createdAt;
    this.wanted = wanted;
  }

  boolean running() {
    return startedAt != null && finishedAt == null;
  }

  ContainerView view() {
    return new ContainerView(
        id,
        running(),
        exitCode,
        false,
        createdAt,
        startedAt,
        finishedAt,
        ports,
        null,
        "sha256:image",
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        null,
        new LinkedHashMap<>());
  }
}
