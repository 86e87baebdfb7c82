package dev.longshore.gateway.route;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes to and from JSON, for the feed and for the file of last routes. Members are named as the
 * records' components; what reads older files knows that absent lists are empty. The text holds
 * certificates' private keys.
 */
public final class RoutesJson {
  private RoutesJson() {}

  /** Compact JSON, equal for equal Routes. */
  public static String write(Routes routes) {
    return object(
            "version",
            Json.of(routes.version()),
            "loadBalancers",
            Json.items(routes.loadBalancers(), RoutesJson::of),
            "targetGroups",
            Json.items(routes.targetGroups(), RoutesJson::of))
        .write();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonSyntaxException when the text is no JSON
   * @throws IllegalArgumentException when it holds a name that is unknown, such as a protocol
   */
  public static Routes read(String text) {
    Json json = Json.parse(text);
    return new Routes(
        json.at("version").number(),
        json.at("loadBalancers").elements().stream().map(RoutesJson::loadBalancer).toList(),
        json.at("targetGroups").elements().stream().map(RoutesJson::targetGroup).toList());
  }

  /** One of the routes' load balancers. */
  public static Json of(LoadBalancer each) {
    return object(
        "name",
        Json.of(each.name()),
        "dnsName",
        Json.of(each.dnsName()),
        "attributes",
        Json.fields(each.attributes()),
        "listeners",
        Json.items(each.listeners(), RoutesJson::of));
  }

  /**
   * Reads one load balancer.
   *
   * @throws IllegalArgumentException when it holds a name that is unknown
   */
  public static LoadBalancer loadBalancer(Json json) {
    return new LoadBalancer(
        json.at("name").text(),
        json.at("dnsName").text(),
        json.at("attributes").textMembers(),
        json.at("listeners").elements().stream().map(RoutesJson::listener).toList());
  }

  private static Json of(Listener each) {
    return object(
        "arn",
        Json.of(each.arn()),
        "protocol",
        Json.of(each.protocol().name()),
        "address",
        Json.of(each.address()),
        "port",
        Json.of(each.port()),
        "attributes",
        Json.fields(each.attributes()),
        "protocols",
        Json.items(each.security().protocols()),
        "ciphers",
        Json.items(each.security().ciphers()),
        "certificates",
        Json.items(each.certificates(), RoutesJson::of),
        "rules",
        Json.items(each.rules(), RoutesJson::of),
        "defaultAction",
        RuleJson.of(each.defaultAction()));
  }

  private static Listener listener(Json json) {
    return new Listener(
        json.at("arn").text(),
        Protocol.valueOf(json.at("protocol").text()),
        json.at("address").text(),
        (int) json.at("port").number(),
        json.at("attributes").textMembers(),
        new SecurityPolicy(json.at("protocols").texts(), json.at("ciphers").texts()),
        json.at("certificates").elements().stream().map(RoutesJson::certificate).toList(),
        json.at("rules").elements().stream().map(RoutesJson::rule).toList(),
        RuleJson.action(json.at("defaultAction")));
  }

  private static Json of(Certificate each) {
    return object(
        "id",
        Json.of(each.id()),
        "chain",
        Json.of(each.chain()),
        "privateKey",
        Json.of(each.privateKey()));
  }

  private static Certificate certificate(Json json) {
    return new Certificate(
        json.at("id").text(), json.at("chain").text(), json.at("privateKey").text());
  }

  private static Json of(Rule each) {
    return object(
        "arn",
        Json.of(each.arn()),
        "priority",
        Json.of(each.priority()),
        "conditions",
        Json.items(each.conditions(), RuleJson::of),
        "action",
        RuleJson.of(each.action()));
  }

  private static Rule rule(Json json) {
    return new Rule(
        json.at("arn").text(),
        (int) json.at("priority").number(),
        json.at("conditions").elements().stream().map(RuleJson::condition).toList(),
        RuleJson.action(json.at("action")));
  }

  /** One of the routes' groups. */
  public static Json of(TargetGroup each) {
    return object(
        "arn",
        Json.of(each.arn()),
        "name",
        Json.of(each.name()),
        "protocol",
        Json.of(each.protocol().name()),
        "version",
        Json.of(each.version().name()),
        "healthCheck",
        of(each.healthCheck()),
        "attributes",
        Json.fields(each.attributes()),
        "targets",
        Json.items(each.targets(), RoutesJson::of));
  }

  /**
   * Reads one group.
   *
   * @throws IllegalArgumentException when it holds a name that is unknown
   */
  public static TargetGroup targetGroup(Json json) {
    return new TargetGroup(
        json.at("arn").text(),
        json.at("name").text(),
        Protocol.valueOf(json.at("protocol").text()),
        TargetGroup.Version.valueOf(json.at("version").text()),
        healthCheck(json.at("healthCheck")),
        json.at("attributes").textMembers(),
        json.at("targets").elements().stream().map(RoutesJson::target).toList());
  }

  private static Json of(HealthCheck each) {
    return object(
        "enabled",
        Json.of(each.enabled()),
        "protocol",
        Json.of(each.protocol().name()),
        "port",
        Json.of(each.port()),
        "path",
        Json.of(each.path()),
        "intervalMillis",
        Json.of(each.interval().toMillis()),
        "timeoutMillis",
        Json.of(each.timeout().toMillis()),
        "healthyThreshold",
        Json.of(each.healthyThreshold()),
        "unhealthyThreshold",
        Json.of(each.unhealthyThreshold()),
        "matcher",
        Json.of(each.matcher()));
  }

  private static HealthCheck healthCheck(Json json) {
    return new HealthCheck(
        json.at("enabled").flag(),
        Protocol.valueOf(json.at("protocol").text()),
        (int) json.at("port").number(),
        json.at("path").text(),
        Duration.ofMillis(json.at("intervalMillis").number()),
        Duration.ofMillis(json.at("timeoutMillis").number()),
        (int) json.at("healthyThreshold").number(),
        (int) json.at("unhealthyThreshold").number(),
        json.at("matcher").text());
  }

  private static Json of(Target each) {
    return object(
        "id",
        Json.of(each.id()),
        "address",
        Json.of(each.address()),
        "port",
        Json.of(each.port()),
        "state",
        Json.of(each.state().name()));
  }

  private static Target target(Json json) {
    return new Target(
        json.at("id").text(),
        json.at("address").text(),
        (int) json.at("port").number(),
        Target.State.valueOf(json.at("state").text()));
  }

  /** An object of names and values by turns; null leaves a member out. */
  static Json.Fields object(@Nullable Object... namesAndValues) {
    Map<String, Json> members = new LinkedHashMap<>();
    List<@Nullable Object> all = java.util.Arrays.asList(namesAndValues);
    for (int i = 0; i + 1 < all.size(); i += 2) {
      if (all.get(i) instanceof String name && all.get(i + 1) instanceof Json value) {
        members.put(name, value);
      }
    }
    return new Json.Fields(members);
  }
}
