package dev.longshore.cli;

import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.wire.ShapeJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which task would be run: those of {@code aws ecs run-task} that matter. */
final class TaskRequest {
  private static final String FILE = "file://";

  @Option(
      names = "--launch-type",
      paramLabel = "TYPE",
      description = "EC2 or EXTERNAL (default: as the cluster's tasks).")
  private @Nullable String launchType;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The group that the tasks count by (default: their family).")
  private @Nullable String group;

  @Option(
      names = "--placement-constraints",
      paramLabel = "CONSTRAINT",
      arity = "1..*",
      description = "type=distinctInstance or type=memberOf,expression=EXPRESSION.")
  private List<String> constraints = new ArrayList<>();

  @Option(
      names = "--placement-strategy",
      paramLabel = "STRATEGY",
      arity = "1..*",
      description = "type=spread,field=FIELD, type=binpack,field=FIELD or type=random.")
  private List<String> strategies = new ArrayList<>();

  @Option(
      names = "--cli-input-json",
      paramLabel = "JSON",
      description = "A whole RunTask request, or file:// and a path; other options go before it.")
  private @Nullable String json;

  /**
   * The request.
   *
   * @throws ParameterException an option cannot be read, or no task definition is named
   */
  RunTaskRequest with(CommandSpec spec, String definition, @Nullable String cluster) {
    RunTaskRequest given = given(spec);
    RunTaskRequest.Builder request = given == null ? RunTaskRequest.builder() : given.toBuilder();
    if (!definition.isEmpty()) {
      request.taskDefinition(definition);
    } else if (given == null || given.taskDefinition().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name a task definition.");
    }
    if (cluster != null) {
      request.cluster(cluster);
    }
    if (launchType != null) {
      request.launchType(launchType);
    }
    if (group != null) {
      request.group(group);
    }
    if (!constraints.isEmpty()) {
      request.placementConstraints(
          constraints.stream()
              .map(each -> Pair.of(spec, each, "expression").constraint())
              .toList());
    }
    if (!strategies.isEmpty()) {
      request.placementStrategy(
          strategies.stream().map(each -> Pair.of(spec, each, "field").strategy()).toList());
    }
    return request.build();
  }

  private @Nullable RunTaskRequest given(CommandSpec spec) {
    if (json == null) {
      return null;
    }
    try {
      byte[] text =
          json.startsWith(FILE)
              ? Files.readAllBytes(Path.of(json.substring(FILE.length())))
              : json.getBytes(StandardCharsets.UTF_8);
      return (RunTaskRequest) ShapeJson.decode(RunTaskRequest.SCHEMA, text);
    } catch (IOException | RuntimeException e) {
      throw new ParameterException(
          spec.commandLine(), "--cli-input-json cannot be read: " + Failures.text(e), e);
    }
  }

  /** What the AWS CLI writes as {@code type=TYPE,NAME=VALUE}; the value may hold commas. */
  private record Pair(String type, @Nullable String value) {
    static Pair of(CommandSpec spec, String text, String name) {
      String prefix = "type=";
      int comma = text.indexOf(',');
      String type = comma < 0 ? text : text.substring(0, comma);
      String rest = comma < 0 ? "" : text.substring(comma + 1);
      if (!type.startsWith(prefix) || !(rest.isEmpty() || rest.startsWith(name + '='))) {
        throw new ParameterException(
            spec.commandLine(), "Not of the form type=TYPE," + name + "=VALUE: " + text);
      }
      return new Pair(
          type.substring(prefix.length()),
          rest.isEmpty() ? null : rest.substring(name.length() + 1));
    }

    PlacementConstraint constraint() {
      return new PlacementConstraint(type, value);
    }

    PlacementStrategy strategy() {
      return new PlacementStrategy(type, value);
    }
  }
}
