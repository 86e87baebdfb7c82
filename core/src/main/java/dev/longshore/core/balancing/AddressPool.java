package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.TooManyLoadBalancersException;

/**
 * The loopback addresses that load balancers get, each its own.
 *
 * @param prefix the first two bytes, for example {@code 127.77}
 */
public record AddressPool(String prefix) {
  /** Addresses that nothing else is known to use. */
  public static final AddressPool USUAL = new AddressPool("127.77");

  /** Load balancers of one kind that a region of an account may have. */
  static final int MOST = 50;

  /**
   * The lowest address that no load balancer has.
   *
   * @param application of which kind the one is that wants it
   * @throws TooManyLoadBalancersException there are as many as there may be
   */
  String free(View view, boolean application) {
    int same = 0;
    for (LoadBalancer each : view.all(LoadBalancer.KIND)) {
      same += each.isApplication() == application ? 1 : 0;
    }
    if (same < MOST) {
      for (int host = 1; host <= 2 * MOST; host++) {
        String address = prefix + ".0." + host;
        if (view.count(LoadBalancer.BY_ADDRESS, address) == 0) {
          return address;
        }
      }
    }
    throw new TooManyLoadBalancersException(
        "The maximum number of load balancers has been reached");
  }
}
