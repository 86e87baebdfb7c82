package dev.longshore.core.balancing;

import dev.longshore.core.operation.Operations;

/** The room's door for whoever wires a control plane. */
public final class BalancingRoom {
  private BalancingRoom() {}

  /**
   * Registers the actions on load balancers and target groups.
   *
   * @param pool where load balancers get their addresses from
   */
  public static void register(Operations operations, AddressPool pool) {
    operations.needs(new BalancingNeeds());
    registerBalancers(operations, pool);
    registerListeners(operations);
    registerRules(operations);
    registerGroups(operations);
    operations.command("AddTags", new AddTags());
    operations.command("RemoveTags", new RemoveTags());
    operations.query("DescribeTags", new DescribeTags());
    operations.query("DescribeAccountLimits", new DescribeAccountLimits());
    Refusals.register(operations);
    operations.reconciler(new DrainReconciler());
  }

  /** Registers what Longshore offers beside AWS's actions. */
  public static void registerOwn(Operations operations) {
    operations.query("ListLoadBalancers", new ListLoadBalancers());
  }

  private static void registerBalancers(Operations operations, AddressPool pool) {
    operations.command("CreateLoadBalancer", new CreateLoadBalancer(pool));
    operations.query("DescribeLoadBalancers", new DescribeLoadBalancers());
    operations.command("DeleteLoadBalancer", new DeleteLoadBalancer());
    operations.command("SetSubnets", new SetSubnets());
    operations.command("SetSecurityGroups", new SetSecurityGroups());
    operations.command("SetIpAddressType", new SetIpAddressType());
    operations.query("DescribeCapacityReservation", new DescribeCapacityReservation());
    operations.query("DescribeLoadBalancerAttributes", new DescribeLoadBalancerAttributes());
    operations.command("ModifyLoadBalancerAttributes", new ModifyLoadBalancerAttributes());
  }

  private static void registerListeners(Operations operations) {
    operations.command("CreateListener", new CreateListener());
    operations.command("ModifyListener", new ModifyListener());
    operations.command("DeleteListener", new DeleteListener());
    operations.query("DescribeListeners", new DescribeListeners());
    operations.query("DescribeListenerAttributes", new DescribeListenerAttributes());
    operations.command("ModifyListenerAttributes", new ModifyListenerAttributes());
    operations.command("AddListenerCertificates", new AddListenerCertificates());
    operations.command("RemoveListenerCertificates", new RemoveListenerCertificates());
    operations.query("DescribeListenerCertificates", new DescribeListenerCertificates());
    operations.query("DescribeSSLPolicies", new DescribeSSLPolicies());
  }

  private static void registerRules(Operations operations) {
    operations.command("CreateRule", new CreateRule());
    operations.command("ModifyRule", new ModifyRule());
    operations.command("DeleteRule", new DeleteRule());
    operations.command("SetRulePriorities", new SetRulePriorities());
    operations.query("DescribeRules", new DescribeRules());
  }

  private static void registerGroups(Operations operations) {
    operations.command("CreateTargetGroup", new CreateTargetGroup());
    operations.command("ModifyTargetGroup", new ModifyTargetGroup());
    operations.command("DeleteTargetGroup", new DeleteTargetGroup());
    operations.query("DescribeTargetGroups", new DescribeTargetGroups());
    operations.query("DescribeTargetGroupAttributes", new DescribeTargetGroupAttributes());
    operations.command("ModifyTargetGroupAttributes", new ModifyTargetGroupAttributes());
    operations.command("RegisterTargets", new RegisterTargets());
    operations.command("DeregisterTargets", new DeregisterTargets());
    operations.query("DescribeTargetHealth", new DescribeTargetHealth());
  }
}
