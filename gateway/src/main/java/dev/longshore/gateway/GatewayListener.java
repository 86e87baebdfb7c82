package dev.longshore.gateway;

import dev.longshore.gateway.route.TargetHealth;

/** Hears from a gateway. Called on the gateway's control thread, in order; must not block. */
public interface GatewayListener {
  /**
   * A target's health is another now.
   *
   * @param targetId with the port as registered, which names the target in its group
   * @param checkedPort where it was looked at
   */
  record Transition(
      String targetGroupArn,
      String targetId,
      int targetPort,
      int checkedPort,
      TargetHealth before,
      TargetHealth after) {}

  /** A target's health changed, or became known. */
  void health(Transition transition);

  /** Says nothing to anybody. */
  static GatewayListener none() {
    return transition -> {};
  }
}
