package dev.longshore.server.balancing;

import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Condition;
import dev.longshore.gateway.route.SecurityPolicy;
import dev.longshore.shapes.elbv2.FixedResponseActionConfig;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.HttpHeaderConditionConfig;
import dev.longshore.shapes.elbv2.RedirectActionConfig;
import dev.longshore.shapes.elbv2.RuleCondition;
import dev.longshore.shapes.elbv2.SslPolicy;
import dev.longshore.shapes.elbv2.TargetGroupStickinessConfig;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says actions and conditions as the data plane understands them. */
final class RouteRules {
  private RouteRules() {}

  /** What is done; rows hold exactly one terminal action, complete. */
  static Action action(@Nullable List<dev.longshore.shapes.elbv2.Action> actions) {
    dev.longshore.shapes.elbv2.Action action = Objects.requireNonNull(actions).getLast();
    if (action.forwardConfig() != null) {
      return forward(action.forwardConfig());
    }
    if (action.redirectConfig() != null) {
      return redirect(action.redirectConfig());
    }
    return fixed(Objects.requireNonNull(action.fixedResponseConfig()));
  }

  private static Action forward(ForwardActionConfig config) {
    TargetGroupStickinessConfig sticky = config.targetGroupStickinessConfig();
    Integer seconds = sticky == null ? null : sticky.durationSeconds();
    boolean sticks = sticky != null && Boolean.TRUE.equals(sticky.enabled());
    return new Action.Forward(
        list(config.targetGroups()).stream()
            .map(each ->
                new Action.WeightedGroup(
                    text(each.targetGroupArn()), Objects.requireNonNullElse(each.weight(), 1)))
            .toList(),
        sticks && seconds != null ? seconds : 0);
  }

  private static Action redirect(RedirectActionConfig config) {
    return new Action.Redirect(
        text(config.protocol()),
        text(config.host()),
        text(config.port()),
        text(config.path()),
        text(config.query()),
        config.statusCode().equals("HTTP_301") ? 301 : 302);
  }

  private static Action fixed(FixedResponseActionConfig config) {
    return new Action.FixedResponse(
        Integer.parseInt(config.statusCode()),
        text(config.contentType()),
        text(config.messageBody()));
  }

  /** What handshakes may agree on. */
  static SecurityPolicy security(SslPolicy policy) {
    return new SecurityPolicy(
        list(policy.sslProtocols()),
        list(policy.ciphers()).stream().map(each -> text(each.name())).toList());
  }

  static Condition condition(RuleCondition each) {
    return switch (text(each.field())) {
      case "host-header" -> new Condition.HostHeader(list(each.values()), list(each.regexValues()));
      case "path-pattern" ->
          new Condition.PathPattern(list(each.values()), list(each.regexValues()));
      case "http-header" -> header(Objects.requireNonNull(each.httpHeaderConfig()));
      case "http-request-method" ->
          new Condition.HttpRequestMethod(
              list(Objects.requireNonNull(each.httpRequestMethodConfig()).values()));
      case "query-string" ->
          new Condition.QueryString(
              list(Objects.requireNonNull(each.queryStringConfig()).values()).stream()
                  .map(pair -> new Condition.Pair(pair.key(), text(pair.value())))
                  .toList());
      case "source-ip" ->
          new Condition.SourceIp(list(Objects.requireNonNull(each.sourceIpConfig()).values()));
      default -> throw new IllegalStateException("A rule asks for " + each.field());
    };
  }

  private static Condition header(HttpHeaderConditionConfig config) {
    return new Condition.HttpHeader(
        text(config.httpHeaderName()), list(config.values()), list(config.regexValues()));
  }

  static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
