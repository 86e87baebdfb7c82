package dev.longshore.server.registry;

import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.model.RepositoryPolicy.Statement;
import dev.longshore.shapes.ecr.InvalidParameterException;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a repository policy. */
final class PolicyText {
  private PolicyText() {}

  /**
   * The policy that the text means.
   *
   * @param kind what errors call it: repository or registry
   * @throws InvalidParameterException it is none, or says what would not be followed here
   */
  static RepositoryPolicy read(String text, String kind) {
    Json statements = parsed(text, kind).at("Statement");
    List<Json> all = statements instanceof Json.Items(var items) ? items : List.of(statements);
    List<Statement> read = new ArrayList<>();
    for (Json statement : all) {
      read.add(statement(statement, kind));
    }
    if (read.isEmpty()) {
      throw invalid(kind);
    }
    return new RepositoryPolicy(text, read);
  }

  private static Json parsed(String text, String kind) {
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException e) {
      throw invalid(kind);
    }
  }

  private static Statement statement(Json json, String kind) {
    String effect = json.at("Effect").text();
    Json principal = json.at("Principal");
    List<String> principals =
        texts(principal instanceof Json.Fields ? principal.at("AWS") : principal);
    List<String> actions = texts(json.at("Action"));
    boolean known = effect.equals("Allow") || effect.equals("Deny");
    if (!known || actions.isEmpty() || (principals.isEmpty() && !isService(principal))) {
      throw invalid(kind);
    }
    // What is allowed on a condition is not followed, so nobody gains from it.
    boolean deny = effect.equals("Deny");
    if (deny && !json.at("Condition").isNull()) {
      throw new InvalidParameterException(
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Longshore does not"
              + " follow conditions of statements that deny'");
    }
    boolean unsure = !json.at("Condition").isNull();
    return new Statement(
        deny, unsure ? List.of() : principals, actions, texts(json.at("Resource")));
  }

  private static boolean isService(Json principal) {
    return !texts(principal.at("Service")).isEmpty();
  }

  private static List<String> texts(Json json) {
    return switch (json) {
      case Json.Text(var one) -> List.of(one);
      case Json.Items many -> many.texts();
      default -> List.of();
    };
  }

  private static InvalidParameterException invalid(String kind) {
    return new InvalidParameterException(
        "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid "
            + kind
            + " policy provided'");
  }
}
