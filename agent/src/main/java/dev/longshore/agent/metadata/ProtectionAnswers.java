package dev.longshore.agent.metadata;

import dev.longshore.agent.metadata.ProtectionCalls.Failure;
import dev.longshore.agent.metadata.ProtectionCalls.Outcome;
import dev.longshore.agent.metadata.ProtectionCalls.Protection;
import dev.longshore.agent.metadata.ProtectionCalls.Refusal;
import dev.longshore.agent.metadata.ProtectionCalls.Unexpected;
import dev.longshore.agent.metadata.Registry.FoundTask;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/ID/task-protection/v1/state}. */
final class ProtectionAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ProtectionAnswers.class);

  private final Registry registry;
  private final Limits limits;

  ProtectionAnswers(Registry registry, Limits limits) {
    this.registry = registry;
    this.limits = limits;
  }

  Reply get(String endpointId) {
    var found = task(endpointId);
    return found.isEmpty()
        ? unknownTask()
        : call(found.get(), role -> protection(found.get()).get(found.get().task(), role));
  }

  /** The order of the checks is that of Amazon's agent. */
  Reply put(String endpointId, String body) {
    var wish = Wish.parse(body);
    if (wish.isEmpty()) {
      return error(
          400, null, "InvalidParameterException", "UpdateTaskProtection: failed to decode request");
    }
    var found = task(endpointId);
    if (found.isEmpty()) {
      return unknownTask();
    }
    var task = found.get().task();
    var enabled = wish.get().enabled();
    if (enabled == null) {
      return error(
          400,
          task.arn(),
          "InvalidParameterException",
          "Invalid request: does not contain 'ProtectionEnabled' field");
    }
    var minutes = wish.get().minutes();
    return call(found.get(), role -> protection(found.get()).update(task, role, enabled, minutes));
  }

  private Optional<FoundTask> task(String endpointId) {
    return registry.byEndpoint(endpointId).map(Registry.FoundContainer::foundTask);
  }

  private static ProtectionCalls protection(FoundTask found) {
    return found.agent().protection();
  }

  private Reply call(FoundTask found, Function<RoleCredentials, Outcome> call) {
    var arn = found.task().arn();
    var id = found.task().spec().roleCredentialsId();
    var role = Optional.ofNullable(id).flatMap(found.agent()::credentials);
    if (role.isEmpty()) {
      return error(
          403,
          arn,
          "AccessDeniedException",
          "Invalid Request: no task IAM role credentials available for task");
    }
    return limits
        .within(() -> call.apply(role.get()))
        .map(outcome -> reply(arn, outcome))
        .orElseGet(
            () -> error(504, arn, "RequestCanceled", "Timed out calling ECS Task Protection API"));
  }

  private static Reply reply(String arn, Outcome outcome) {
    return switch (outcome) {
      case Protection(var task, var enabled, var expires) ->
          Reply.json(
              Json.fields()
                  .with(
                      "protection",
                      Json.fields()
                          .with("ExpirationDate", Documents.time(expires))
                          .with("ProtectionEnabled", Json.of(enabled))
                          .with("TaskArn", Json.of(task))));
      case Failure(var task, var reason, var detail) ->
          Reply.json(
              Json.fields()
                  .with(
                      "failure",
                      Json.fields()
                          .with("Arn", Json.of(task))
                          .with("Detail", Json.of(detail))
                          .with("Reason", Json.of(reason))));
      case Refusal(var status, var code, var message, var requestId) ->
          Reply.json(status, error(requestId, arn, code, message));
      case Unexpected(var what) -> {
        LOG.warn("task protection of {} got an unexpected answer: {}", arn, what);
        yield error(500, arn, "ServerException", "Unexpected error occurred");
      }
    };
  }

  private static Reply unknownTask() {
    return error(404, null, "ResourceNotFoundException", "Failed to find a task for the request");
  }

  private static Reply error(int status, @Nullable String arn, String code, String message) {
    return Reply.json(status, error(null, arn, code, message));
  }

  private static Json error(
      @Nullable String requestId, @Nullable String arn, String code, String message) {
    var error =
        new Members()
            .put("Arn", Json.of(arn))
            .put("Code", Json.of(code))
            .put("Message", Json.of(message))
            .build();
    return new Members().put("requestID", Json.of(requestId)).put("error", error).build();
  }

  /** What a PUT asks for; null is what it does not say. */
  private record Wish(@Nullable Boolean enabled, @Nullable Long minutes) {
    /** Empty for what Go's decoder would not accept: other names, other types, no JSON. */
    static Optional<Wish> parse(String body) {
      Boolean enabled = null;
      Long minutes = null;
      try {
        var json = Json.parse(body);
        if (!(json instanceof Json.Fields) && !json.isNull()) {
          return Optional.empty();
        }
        for (var member : json.members().entrySet()) {
          switch (member.getKey().toLowerCase(Locale.ROOT)) {
            case "protectionenabled" -> enabled = flag(member.getValue());
            case "expiresinminutes" -> minutes = whole(member.getValue());
            default -> {
              return Optional.empty();
            }
          }
        }
      } catch (JsonSyntaxException | IllegalArgumentException e) {
        return Optional.empty();
      }
      return Optional.of(new Wish(enabled, minutes));
    }

    private static @Nullable Boolean flag(Json value) {
      return switch (value) {
        case Json.Flag(var flag) -> flag;
        case Json.Null none -> null;
        case Json other -> throw new IllegalArgumentException("no boolean: " + other);
      };
    }

    private static @Nullable Long whole(Json value) {
      return switch (value) {
        case Json.Numeral(var digits) -> Long.valueOf(digits);
        case Json.Null none -> null;
        case Json other -> throw new IllegalArgumentException("no number: " + other);
      };
    }
  }
}
