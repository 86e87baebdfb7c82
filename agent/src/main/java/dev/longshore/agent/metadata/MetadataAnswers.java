package dev.longshore.agent.metadata;

import dev.longshore.agent.metadata.Documents.Shape;
import dev.longshore.agent.metadata.Registry.FoundContainer;
import dev.longshore.agent.metadata.Registry.FoundTask;
import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Answers for the metadata paths of all versions; errors are in Amazon's agent's words. */
final class MetadataAnswers {
  private static final String NO_CONTAINER =
      "unable to get container ID from request: unable to get docker ID from v3 endpoint ID: ";
  private static final String NO_TASK =
      "unable to get task arn from request: unable to get task Arn from v3 endpoint ID: ";

  private final Registry registry;
  private final Limits limits;

  MetadataAnswers(Registry registry, Limits limits) {
    this.registry = registry;
    this.limits = limits;
  }

  /** A version whose paths carry the endpoint id. */
  enum Version {
    V3("V3", 500, Shape.V2),
    V4("V4", 404, Shape.V4);

    private final String label;
    private final int unknownStatus;
    private final Shape shape;

    Version(String label, int unknownStatus, Shape shape) {
      this.label = label;
      this.unknownStatus = unknownStatus;
      this.shape = shape;
    }
  }

  /**
   * {@code /v3/ID} and {@code /v4/ID} and what is below; {@code rest} are the segments after ID.
   */
  Reply answer(Version version, String endpointId, List<String> rest) {
    return switch (String.join("/", rest)) {
      case "" -> container(version, endpointId);
      case "task" -> task(version, endpointId, false);
      case "taskWithTags" -> task(version, endpointId, true);
      case "stats" -> with(version, endpointId, "container stats handler", this::statistics);
      case "task/stats" -> with(version, endpointId, "task stats handler", this::taskStatistics);
      default ->
          rest.getFirst().equals("associations")
              ? associations(version, endpointId, rest)
              : Reply.NOT_FOUND;
    };
  }

  private Reply container(Version version, String endpointId) {
    return registry
        .byEndpoint(endpointId)
        .filter(found -> found.container().dockerId() != null)
        .map(found -> Reply.json(document(found, version.shape)))
        .orElseGet(
            () -> unknown(version, "container metadata handler: " + NO_CONTAINER, endpointId));
  }

  private static Json document(FoundContainer found, Shape shape) {
    return Documents.container(found.task(), found.container(), shape);
  }

  private Reply task(Version version, String endpointId, boolean tags) {
    return with(
        version,
        endpointId,
        "task metadata handler",
        (found, shape) -> task(found.foundTask(), shape, tags));
  }

  private interface Answer {
    Reply reply(FoundContainer found, Shape shape);
  }

  private Reply with(Version version, String endpointId, String what, Answer answer) {
    return registry
        .byEndpoint(endpointId)
        .map(found -> answer.reply(found, version.shape))
        .orElseGet(() -> unknown(version, what + ": " + NO_TASK, endpointId));
  }

  private static Reply unknown(Version version, String text, String endpointId) {
    return Reply.problem(version.unknownStatus, version.label + " " + text + endpointId);
  }

  private Reply task(FoundTask found, Shape shape, boolean tags) {
    var document = Documents.task(found.task(), found.agent().instance(), shape);
    return Reply.json(tags ? withTags(document, found, shape) : document);
  }

  private Json withTags(Json.Fields document, FoundTask found, Shape shape) {
    var errors = new ArrayList<Json>();
    var tagged = document;
    var instance = found.agent().instance().containerInstanceArn();
    if (instance != null) {
      tagged = withTags(tagged, "ContainerInstanceTags", found, instance, errors);
    }
    tagged = withTags(tagged, "TaskTags", found, found.task().arn(), errors);
    return errors.isEmpty() || shape == Shape.V2
        ? tagged
        : tagged.with("Errors", new Json.Items(errors));
  }

  private Json.Fields withTags(
      Json.Fields document, String member, FoundTask found, String arn, List<Json> errors) {
    var answer =
        limits
            .within(() -> found.agent().tags().tags(arn))
            .orElse(new TagLookup.Refusal(504, "RequestCanceled", "Timed out", null));
    return switch (answer) {
      case TagLookup.Tags(var tags) ->
          tags.isEmpty() ? document : document.with(member, Json.fields(tags));
      case TagLookup.Refusal refusal -> {
        errors.add(error(member, arn, refusal));
        yield document;
      }
    };
  }

  private static Json error(String member, String arn, TagLookup.Refusal refusal) {
    return new Members()
        .put("ErrorField", Json.of(member))
        .put("ErrorCode", Json.of(refusal.code()))
        .put("ErrorMessage", Json.of(refusal.message()))
        .put("StatusCode", Json.of(refusal.status()))
        .put("RequestId", Json.of(refusal.requestId()))
        .put("ResourceARN", Json.of(arn))
        .build();
  }

  private Reply statistics(FoundContainer found, Shape shape) {
    return found
        .agent()
        .statistics(found.dockerId())
        .map(taken -> Reply.json(Documents.statistics(taken, shape)))
        .orElseGet(
            () -> Reply.problem(500, "Unable to get container stats for: " + found.dockerId()));
  }

  private Reply taskStatistics(FoundContainer found, Shape shape) {
    return taskStatistics(found.foundTask(), shape);
  }

  private Reply taskStatistics(FoundTask found, Shape shape) {
    var byContainer = new LinkedHashMap<String, Json>();
    for (var container : found.task().containers()) {
      var id = container.dockerId();
      if (id != null) {
        var taken = found.agent().statistics(id);
        byContainer.put(id, taken.map(s -> Documents.statistics(s, shape)).orElse(Json.fields()));
      }
    }
    return byContainer.isEmpty()
        ? Reply.problem(500, "Unable to get task stats for: " + found.task().arn())
        : Reply.json(new Json.Fields(byContainer));
  }

  /** No task of this agent has associations: their only type, elastic inference, is no more. */
  private Reply associations(Version version, String endpointId, List<String> rest) {
    if (rest.size() == 2 && !rest.getLast().isEmpty()) {
      return with(
          version,
          endpointId,
          "container associations handler",
          (found, shape) -> Reply.json(Json.fields().with("Associations", Json.items(List.of()))));
    }
    return Reply.NOT_FOUND;
  }

  /** {@code /v2/metadata} and {@code /v2/stats}: the task is found by the caller's own address. */
  Reply byAddress(String client, Function<FoundTask, Reply> answer) {
    return registry
        .byAddress(client)
        .map(answer)
        .orElseGet(() ->
            Reply.problem(
                400,
                "Unable to get task arn from request: unable to associate '"
                    + client
                    + "' with task"));
  }

  Reply v2Task(String client, boolean tags) {
    return byAddress(client, found -> task(found, Shape.V2, tags));
  }

  Reply v2Statistics(String client) {
    return byAddress(client, found -> taskStatistics(found, Shape.V2));
  }

  Reply v2Container(String client, String dockerId) {
    return byAddress(
        client,
        found ->
            registry
                .byDockerId(found.task(), dockerId)
                .map(container -> Reply.json(document(container, Shape.V2)))
                .orElseGet(() -> notGenerated(dockerId)));
  }

  Reply v2ContainerStatistics(String client, String dockerId) {
    return byAddress(
        client,
        found ->
            registry
                .byDockerId(found.task(), dockerId)
                .map(container -> statistics(container, Shape.V2))
                .orElseGet(
                    () -> Reply.problem(500, "Unable to get container stats for: " + dockerId)));
  }

  private static Reply notGenerated(String dockerId) {
    return Reply.problem(500, "unable to generate metadata for container '" + dockerId + "'");
  }
}
