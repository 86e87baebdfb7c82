package dev.longshore.core.balancing;

import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.InvalidConfigurationRequestException;
import dev.longshore.shapes.elbv2.TargetGroupNotFoundException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds target groups, and shows them. */
final class TargetGroups {
  private TargetGroups() {}

  /**
   * The target group of that ARN.
   *
   * @throws dev.longshore.shapes.ServiceException there is none, or the text is no such ARN
   */
  static TargetGroup existing(View view, String arn) {
    Names.checkArn(arn, "targetgroup", "target group");
    TargetGroup found = view.find(TargetGroup.KIND, arn);
    if (found == null) {
      throw missing();
    }
    return found;
  }

  static TargetGroupNotFoundException missing() {
    return new TargetGroupNotFoundException("One or more target groups not found");
  }

  static @Nullable TargetGroup named(View view, String name) {
    for (TargetGroup row : view.by(TargetGroup.BY_NAME, name)) {
      return row;
    }
    return null;
  }

  /** What answers show: with the load balancers that send there. */
  static dev.longshore.shapes.elbv2.TargetGroup shown(View view, TargetGroup row) {
    return row.specification().toBuilder()
        .loadBalancerArns(Forwardings.loadBalancers(view, row.arn()))
        .build();
  }

  /**
   * Checks attributes that do not go together.
   *
   * @throws InvalidConfigurationRequestException they do not
   */
  static void checkTogether(Map<String, String> attributes) {
    boolean slow = !attributes.getOrDefault("slow_start.duration_seconds", "0").equals("0");
    String algorithm = attributes.getOrDefault("load_balancing.algorithm.type", "round_robin");
    if (slow && !algorithm.equals("round_robin")) {
      throw new InvalidConfigurationRequestException(
          "Slow start mode cannot be enabled together with the load balancing algorithm '"
              + algorithm
              + "'");
    }
    Faults.demand(
        !"true".equals(attributes.get("stickiness.enabled"))
            || !"app_cookie".equals(attributes.get("stickiness.type"))
            || !attributes.getOrDefault("stickiness.app_cookie.cookie_name", "").isEmpty(),
        "A cookie name must be specified for stickiness of type 'app_cookie'");
    Faults.demand(
        !attributes
            .getOrDefault("stickiness.app_cookie.cookie_name", "")
            .matches("AWSALB(APP|TG)?.*"),
        "The prefixes 'AWSALB', 'AWSALBAPP' and 'AWSALBTG' are reserved for the load balancer");
  }
}
