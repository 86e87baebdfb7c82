package dev.longshore.core.balancing;

import static dev.longshore.core.balancing.AttributeRule.choice;
import static dev.longshore.core.balancing.AttributeRule.flag;
import static dev.longshore.core.balancing.AttributeRule.number;
import static dev.longshore.core.balancing.AttributeRule.numberOrOff;
import static dev.longshore.core.balancing.AttributeRule.numberOrZero;
import static dev.longshore.core.balancing.AttributeRule.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The attributes that one kind of thing has, in the order in which they are listed.
 *
 * @param what for texts, for example {@code Load balancer}
 */
record AttributeRules(String what, List<AttributeRule> rules) {
  static final AttributeRules APPLICATION =
      new AttributeRules(
          "Load balancer",
          List.of(
              flag("access_logs.s3.enabled", false),
              text("access_logs.s3.bucket", ""),
              text("access_logs.s3.prefix", ""),
              number("idle_timeout.timeout_seconds", 60, 1, 4000),
              flag("deletion_protection.enabled", false),
              flag("routing.http2.enabled", true),
              flag("routing.http.drop_invalid_header_fields.enabled", false),
              flag("routing.http.xff_client_port.enabled", false),
              flag("routing.http.preserve_host_header.enabled", false),
              choice(
                  "routing.http.xff_header_processing.mode",
                  "append",
                  "append",
                  "preserve",
                  "remove"),
              choice("load_balancing.cross_zone.enabled", "true", "true"),
              choice(
                  "routing.http.desync_mitigation_mode",
                  "defensive",
                  "monitor",
                  "defensive",
                  "strictest"),
              number("client_keep_alive.seconds", 3600, 60, 604_800),
              flag("waf.fail_open.enabled", false),
              flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false),
              flag("zonal_shift.config.enabled", false),
              flag("connection_logs.s3.enabled", false),
              text("connection_logs.s3.bucket", ""),
              text("connection_logs.s3.prefix", ""),
              flag("ipv6.deny_all_igw_traffic", false)));

  static final AttributeRules NETWORK =
      new AttributeRules(
          "Load balancer",
          List.of(
              flag("access_logs.s3.enabled", false),
              text("access_logs.s3.bucket", ""),
              text("access_logs.s3.prefix", ""),
              flag("deletion_protection.enabled", false),
              flag("load_balancing.cross_zone.enabled", false),
              choice(
                  "dns_record.client_routing_policy",
                  "any_availability_zone",
                  "any_availability_zone",
                  "availability_zone_affinity",
                  "partial_availability_zone_affinity"),
              flag("zonal_shift.config.enabled", false),
              flag("ipv6.deny_all_igw_traffic", false)));

  static final AttributeRules APPLICATION_LISTENER =
      new AttributeRules(
          "Listener",
          List.of(
              flag("routing.http.response.server.enabled", true),
              answerHeader("strict_transport_security"),
              answerHeader("access_control_allow_origin"),
              answerHeader("access_control_allow_methods"),
              answerHeader("access_control_allow_headers"),
              answerHeader("access_control_allow_credentials"),
              answerHeader("access_control_expose_headers"),
              answerHeader("access_control_max_age"),
              answerHeader("content_security_policy"),
              answerHeader("x_content_type_options"),
              answerHeader("x_frame_options")));

  static final AttributeRules NETWORK_LISTENER =
      new AttributeRules("Listener", List.of(number("tcp.idle_timeout.seconds", 350, 60, 6000)));

  private static final String HEALTH = "target_group_health.";

  private static final List<AttributeRule> EVERY_GROUP =
      List.of(
          number("deregistration_delay.timeout_seconds", 300, 0, 3600),
          flag("stickiness.enabled", false),
          choice(
              "load_balancing.cross_zone.enabled",
              "use_load_balancer_configuration",
              "true",
              "false",
              "use_load_balancer_configuration"),
          numberOrOff(HEALTH + "dns_failover.minimum_healthy_targets.count", "1", 1, 1000),
          numberOrOff(HEALTH + "dns_failover.minimum_healthy_targets.percentage", "off", 1, 100),
          number(HEALTH + "unhealthy_state_routing.minimum_healthy_targets.count", 1, 1, 1000),
          numberOrOff(
              HEALTH + "unhealthy_state_routing.minimum_healthy_targets.percentage",
              "off",
              1,
              100));

  static final AttributeRules HTTP_GROUP =
      group(
          choice("stickiness.type", "lb_cookie", "lb_cookie", "app_cookie"),
          number("stickiness.lb_cookie.duration_seconds", 86_400, 1, 604_800),
          text("stickiness.app_cookie.cookie_name", ""),
          number("stickiness.app_cookie.duration_seconds", 86_400, 1, 604_800),
          numberOrZero("slow_start.duration_seconds", 30, 900),
          choice(
              "load_balancing.algorithm.type",
              "round_robin",
              "round_robin",
              "least_outstanding_requests",
              "weighted_random"),
          choice("load_balancing.algorithm.anomaly_mitigation", "off", "off"));

  static final AttributeRules NETWORK_GROUP =
      group(
          choice("stickiness.type", "source_ip", "source_ip"),
          flag("proxy_protocol_v2.enabled", false),
          flag("preserve_client_ip.enabled", false),
          flag("deregistration_delay.connection_termination.enabled", false));

  private static AttributeRules group(AttributeRule... more) {
    List<AttributeRule> all = new java.util.ArrayList<>(EVERY_GROUP);
    all.addAll(List.of(more));
    return new AttributeRules("Target group", List.copyOf(all));
  }

  private static AttributeRule answerHeader(String name) {
    return text("routing.http.response." + name + ".header_value", "");
  }

  /** Every attribute with its value, as listings show them. */
  <A> List<A> shown(Map<String, String> set, BiFunction<String, String, A> made) {
    return rules.stream()
        .map(rule -> made.apply(rule.key(), set.getOrDefault(rule.key(), rule.usual())))
        .toList();
  }

  /** Every attribute with its value, by key. */
  Map<String, String> all(Map<String, String> set) {
    Map<String, String> all = new LinkedHashMap<>();
    rules.forEach(rule -> all.put(rule.key(), set.getOrDefault(rule.key(), rule.usual())));
    return all;
  }

  /**
   * Sets attributes onto others.
   *
   * @throws dev.longshore.shapes.ServiceException there is no such attribute, it stands there
   *     twice, or may not have that value
   */
  <A> Map<String, String> set(
      Map<String, String> before,
      List<A> asked,
      Function<A, String> keyOf,
      Function<A, String> valueOf) {
    Map<String, String> after = new TreeMap<>(before);
    TreeSet<String> seen = new TreeSet<>();
    for (A each : asked) {
      String key = keyOf.apply(each);
      Faults.demand(
          seen.add(key), what + " attribute key '" + key + "' is specified more than once");
      AttributeRule rule = rule(key);
      String value = valueOf.apply(each);
      Faults.demand(
          rule.allows(value),
          what + " attribute value '" + value + "' is not valid for the key '" + key + "'");
      after.put(key, value);
    }
    return after;
  }

  private AttributeRule rule(String key) {
    for (AttributeRule rule : rules) {
      if (rule.key().equals(key)) {
        return rule;
      }
    }
    throw Faults.invalid(what + " attribute key '" + key + "' is not recognized");
  }
}
