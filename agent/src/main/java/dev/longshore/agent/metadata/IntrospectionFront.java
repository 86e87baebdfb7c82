package dev.longshore.agent.metadata;

import dev.longshore.agent.metadata.Documents.Shape;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The introspection paths. */
final class IntrospectionFront implements Front {
  private static final String LICENSE =
      """
      Longshore is licensed under the Apache License, Version 2.0:
      https://www.apache.org/licenses/LICENSE-2.0
      """;

  /** Up to so many digits, an id is taken as the beginning of one. */
  private static final int SHORT_ID = 12;

  private static final Set<String> CONTAINER_MEMBERS =
      Set.of(
          "DockerId",
          "DockerName",
          "Name",
          "Image",
          "ImageID",
          "CreatedAt",
          "StartedAt",
          "Ports",
          "Networks",
          "Volumes",
          "RestartCount");

  private final Registry registry;

  IntrospectionFront(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Reply> atOnce(Ask ask) {
    return Optional.empty();
  }

  @Override
  public Reply answer(Ask ask) {
    if (!ask.reads()) {
      return Reply.METHOD_NOT_ALLOWED;
    }
    return switch (ask.path()) {
      case "/v1/metadata" -> instance();
      case "/v1/tasks" -> tasks(ask);
      case "/license" -> Reply.text(200, LICENSE);
      default ->
          Reply.json(
              Json.fields()
                  .with(
                      "AvailableCommands",
                      Json.items(List.of("/v1/metadata", "/v1/tasks", "/license"))));
    };
  }

  /** Of several agents in this process, the first speaks for all. */
  private Reply instance() {
    return registry.agents().stream()
        .map(TaskSource::instance)
        .findFirst()
        .map(facts ->
            Reply.json(
                Json.fields()
                    .with("Cluster", Json.of(facts.cluster()))
                    .with("ContainerInstanceArn", Json.of(facts.containerInstanceArn()))
                    .with("Version", Json.of(facts.version()))))
        .orElse(Reply.NOT_FOUND);
  }

  private Stream<TaskRow> rows() {
    return registry.agents().stream().flatMap(agent -> agent.tasks().stream());
  }

  private Reply tasks(Ask ask) {
    var arn = ask.parameter("taskarn");
    var dockerId = ask.parameter("dockerid");
    if (!arn.isEmpty() && !dockerId.isEmpty()) {
      return none(400);
    }
    if (!arn.isEmpty()) {
      return one(task -> task.arn().equals(arn));
    }
    if (!dockerId.isEmpty()) {
      return one(task -> task.containers().stream().anyMatch(c -> matches(c, dockerId)));
    }
    return Reply.json(
        Json.fields().with("Tasks", new Json.Items(rows().map(IntrospectionFront::task).toList())));
  }

  private static boolean matches(ContainerRow container, String wanted) {
    var id = container.dockerId();
    return id != null && (wanted.length() <= SHORT_ID ? id.startsWith(wanted) : id.equals(wanted));
  }

  private Reply one(Predicate<TaskRow> wanted) {
    var found = rows().filter(wanted).limit(2).toList();
    return switch (found.size()) {
      case 0 -> none(404);
      case 1 -> Reply.json(task(found.getFirst()));
      default -> none(400);
    };
  }

  private static Reply none(int status) {
    return Reply.json(
        status,
        Json.fields()
            .with("Arn", Json.of(""))
            .with("KnownStatus", Json.of(""))
            .with("Family", Json.of(""))
            .with("Version", Json.of(""))
            .with("Containers", Json.none()));
  }

  private static Json task(TaskRow task) {
    return Json.fields()
        .with("Arn", Json.of(task.arn()))
        .with("DesiredStatus", Json.of(task.desired().name()))
        .with("KnownStatus", Json.of(task.known().reported()))
        .with("Family", Json.of(task.spec().family()))
        .with("Version", Json.of(task.spec().version()))
        .with("Containers", Json.items(task.containers(), each -> container(task, each)));
  }

  private static Json container(TaskRow task, ContainerRow container) {
    var members = new Members();
    Documents.container(task, container, Shape.V4)
        .members()
        .forEach((name, value) ->
            members.put(name, CONTAINER_MEMBERS.contains(name) ? value : Json.none()));
    return members.build();
  }
}
