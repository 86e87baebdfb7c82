package dev.longshore.gateway.route;

import dev.longshore.wire.json.Json;
import org.jspecify.annotations.Nullable;

/** Conditions and actions to and from JSON; the member {@code type} tells the kinds apart. */
final class RuleJson {
  private RuleJson() {}

  static Json of(Condition condition) {
    return switch (condition) {
      case Condition.HostHeader each ->
          patterns("host-header", null, each.values(), each.expressions());
      case Condition.PathPattern each ->
          patterns("path-pattern", null, each.values(), each.expressions());
      case Condition.HttpHeader each ->
          patterns("http-header", each.name(), each.values(), each.expressions());
      case Condition.HttpRequestMethod each ->
          RoutesJson.object(
              "type", Json.of("http-request-method"), "values", Json.items(each.values()));
      case Condition.QueryString each ->
          RoutesJson.object(
              "type", Json.of("query-string"), "values", Json.items(each.values(), RuleJson::of));
      case Condition.SourceIp each ->
          RoutesJson.object("type", Json.of("source-ip"), "values", Json.items(each.values()));
    };
  }

  private static Json patterns(
      String type,
      @Nullable String name,
      java.util.List<String> values,
      java.util.List<String> expressions) {
    return RoutesJson.object(
        "type",
        Json.of(type),
        "name",
        name == null ? null : Json.of(name),
        "values",
        Json.items(values),
        "expressions",
        Json.items(expressions));
  }

  private static Json of(Condition.Pair pair) {
    return RoutesJson.object(
        "key", pair.key() == null ? null : Json.of(pair.key()), "value", Json.of(pair.value()));
  }

  static Condition condition(Json json) {
    var values = json.at("values").texts();
    var expressions = json.at("expressions").texts();
    return switch (json.at("type").text()) {
      case "host-header" -> new Condition.HostHeader(values, expressions);
      case "path-pattern" -> new Condition.PathPattern(values, expressions);
      case "http-header" -> new Condition.HttpHeader(json.at("name").text(), values, expressions);
      case "http-request-method" -> new Condition.HttpRequestMethod(values);
      case "query-string" ->
          new Condition.QueryString(
              json.at("values").elements().stream().map(RuleJson::pair).toList());
      case "source-ip" -> new Condition.SourceIp(values);
      default -> throw new IllegalArgumentException("no condition: " + json.at("type").text());
    };
  }

  private static Condition.Pair pair(Json json) {
    String value = json.at("value").text();
    if (json.at("key").isNull()) {
      return new Condition.Pair(null, value);
    }
    return new Condition.Pair(json.at("key").text(), value);
  }

  static Json of(Action action) {
    return switch (action) {
      case Action.Forward each ->
          RoutesJson.object(
              "type",
              Json.of("forward"),
              "groups",
              Json.items(each.groups(), RuleJson::of),
              "stickinessSeconds",
              Json.of(each.stickinessSeconds()));
      case Action.Redirect each ->
          RoutesJson.object(
              "type",
              Json.of("redirect"),
              "protocol",
              Json.of(each.protocol()),
              "host",
              Json.of(each.host()),
              "port",
              Json.of(each.port()),
              "path",
              Json.of(each.path()),
              "query",
              Json.of(each.query()),
              "status",
              Json.of(each.status()));
      case Action.FixedResponse each ->
          RoutesJson.object(
              "type",
              Json.of("fixed-response"),
              "status",
              Json.of(each.status()),
              "contentType",
              Json.of(each.contentType()),
              "body",
              Json.of(each.body()));
    };
  }

  private static Json of(Action.WeightedGroup group) {
    return RoutesJson.object(
        "targetGroupArn", Json.of(group.targetGroupArn()), "weight", Json.of(group.weight()));
  }

  static Action action(Json json) {
    int status = (int) json.at("status").number();
    return switch (json.at("type").text()) {
      case "forward" ->
          new Action.Forward(
              json.at("groups").elements().stream().map(RuleJson::group).toList(),
              json.at("stickinessSeconds").number());
      case "redirect" ->
          new Action.Redirect(
              json.at("protocol").text(),
              json.at("host").text(),
              json.at("port").text(),
              json.at("path").text(),
              json.at("query").text(),
              status);
      case "fixed-response" ->
          new Action.FixedResponse(status, json.at("contentType").text(), json.at("body").text());
      default -> throw new IllegalArgumentException("no action: " + json.at("type").text());
    };
  }

  private static Action.WeightedGroup group(Json json) {
    String arn = json.at("targetGroupArn").text();
    if (arn.isEmpty()) {
      throw new IllegalArgumentException("a forward to no target group");
    }
    return new Action.WeightedGroup(arn, (int) json.at("weight").number());
  }
}
