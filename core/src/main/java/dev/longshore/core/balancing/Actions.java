package dev.longshore.core.balancing;

import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.FixedResponseActionConfig;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.InvalidLoadBalancerActionException;
import dev.longshore.shapes.elbv2.RedirectActionConfig;
import dev.longshore.shapes.elbv2.TargetGroupStickinessConfig;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import dev.longshore.shapes.elbv2.TooManyTargetGroupsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks what is to be done with requests, and fills in what was left open. */
final class Actions {
  static final String FORWARD = "forward";
  static final String REDIRECT = "redirect";
  static final String FIXED_RESPONSE = "fixed-response";

  static final int MOST_GROUPS = 5;
  private static final int MOST_WEIGHT = 999;
  private static final int LONGEST_STICKINESS = 604_800;
  private static final List<String> CONTENT_TYPES =
      List.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

  private Actions() {}

  /**
   * The actions as answers show them.
   *
   * @param application whether requests can be told apart; else there is nothing but to forward
   * @throws dev.longshore.shapes.ServiceException they cannot be followed
   */
  static List<Action> normalised(View view, @Nullable List<Action> asked, boolean application) {
    List<Action> actions = Given.list(asked);
    for (Action action : actions) {
      if (action.type().startsWith("authenticate-") || action.type().equals("jwt-validation")) {
        throw Faults.unsupported("actions of type " + action.type());
      }
    }
    if (actions.size() != 1) {
      throw new InvalidLoadBalancerActionException(
          "You must specify exactly one forward, redirect, or fixed-response action");
    }
    Action action = actions.getFirst();
    return List.of(
        switch (action.type()) {
          case FORWARD -> forward(view, action);
          case REDIRECT -> redirect(demandRequests(action, application));
          case FIXED_RESPONSE -> fixedResponse(demandRequests(action, application));
          default -> throw Faults.invalid("Action type '" + action.type() + "' is not valid");
        });
  }

  private static Action demandRequests(Action action, boolean application) {
    if (!application) {
      throw new InvalidLoadBalancerActionException(
          "Actions of type '" + action.type() + "' are not supported on network load balancers");
    }
    return action;
  }

  /** The target groups that actions send to, each once. */
  static List<String> targetGroups(List<Action> actions) {
    TreeSet<String> arns = new TreeSet<>();
    for (Action action : actions) {
      if (action.forwardConfig() != null) {
        for (TargetGroupTuple each : Given.list(action.forwardConfig().targetGroups())) {
          arns.add(Given.text(each.targetGroupArn()));
        }
      }
    }
    return List.copyOf(arns);
  }

  private static Action forward(View view, Action action) {
    List<TargetGroupTuple> groups = groups(action);
    TreeSet<String> arns = new TreeSet<>();
    List<TargetGroupTuple> weighted = new ArrayList<>();
    for (TargetGroupTuple each : groups) {
      String arn = Given.text(each.targetGroupArn());
      TargetGroup group = TargetGroups.existing(view, arn);
      Faults.demand(arns.add(arn), "Target group ARNs in a forward action must be unique");
      int weight = Objects.requireNonNullElse(each.weight(), 1);
      Faults.demand(
          weight >= 0 && weight <= MOST_WEIGHT,
          "Weight must be between 0 and " + MOST_WEIGHT + ", inclusive");
      weighted.add(new TargetGroupTuple(group.arn(), weight));
    }
    if (weighted.size() > MOST_GROUPS) {
      throw new TooManyTargetGroupsException(
          "A forward action can have up to '" + MOST_GROUPS + "' target groups");
    }
    ForwardActionConfig config =
        new ForwardActionConfig(List.copyOf(weighted), stickiness(action.forwardConfig()));
    return Action.builder()
        .type(FORWARD)
        .order(action.order())
        .targetGroupArn(weighted.size() == 1 ? weighted.getFirst().targetGroupArn() : null)
        .forwardConfig(config)
        .build();
  }

  private static List<TargetGroupTuple> groups(Action action) {
    ForwardActionConfig config = action.forwardConfig();
    String lone = action.targetGroupArn();
    if (config == null || Given.list(config.targetGroups()).isEmpty()) {
      Faults.demand(lone != null, "You must specify a target group for the forward action");
      return List.of(new TargetGroupTuple(lone, null));
    }
    List<TargetGroupTuple> groups = Given.list(config.targetGroups());
    Faults.demand(
        lone == null || (groups.size() == 1 && lone.equals(groups.getFirst().targetGroupArn())),
        "You must specify either a target group or a forward configuration with the same one");
    return groups;
  }

  private static TargetGroupStickinessConfig stickiness(@Nullable ForwardActionConfig config) {
    TargetGroupStickinessConfig asked =
        config == null ? null : config.targetGroupStickinessConfig();
    if (asked == null || !Boolean.TRUE.equals(asked.enabled())) {
      return new TargetGroupStickinessConfig(false, asked == null ? null : asked.durationSeconds());
    }
    Integer seconds = asked.durationSeconds();
    Faults.demand(
        seconds != null && seconds >= 1 && seconds <= LONGEST_STICKINESS,
        "Target group stickiness duration must be between 1 and "
            + LONGEST_STICKINESS
            + " seconds");
    return asked;
  }

  private static Action redirect(Action action) {
    RedirectActionConfig asked = action.redirectConfig();
    if (asked == null) {
      throw Faults.invalid("A redirect action must have a redirect configuration");
    }
    RedirectActionConfig config =
        asked.toBuilder()
            .protocol(Objects.requireNonNullElse(asked.protocol(), "#{protocol}"))
            .host(Objects.requireNonNullElse(asked.host(), "#{host}"))
            .port(Objects.requireNonNullElse(asked.port(), "#{port}"))
            .path(Objects.requireNonNullElse(asked.path(), "/#{path}"))
            .query(Objects.requireNonNullElse(asked.query(), "#{query}"))
            .build();
    String port = Given.text(config.port());
    Faults.demand(
        port.equals("#{port}") || isPort(port), "The redirect port '" + port + "' is not valid");
    Faults.demand(
        Given.text(config.path()).startsWith("/"), "The redirect path must begin with '/'");
    boolean moves =
        !"#{protocol}".equals(config.protocol())
            || !"#{host}".equals(config.host())
            || !port.equals("#{port}")
            || !"/#{path}".equals(config.path());
    Faults.demand(moves, "The redirect configuration is not valid because it creates a loop");
    return Action.builder().type(REDIRECT).order(action.order()).redirectConfig(config).build();
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65_535;
  }

  private static Action fixedResponse(Action action) {
    FixedResponseActionConfig asked = action.fixedResponseConfig();
    if (asked == null) {
      throw Faults.invalid("A fixed-response action must have a fixed response configuration");
    }
    String type = asked.contentType();
    Faults.demand(
        type == null || CONTENT_TYPES.contains(type),
        "The content type '" + type + "' is not valid: it must be one of " + CONTENT_TYPES);
    return Action.builder()
        .type(FIXED_RESPONSE)
        .order(action.order())
        .fixedResponseConfig(asked)
        .build();
  }
}
