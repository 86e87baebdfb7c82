package dev.longshore.server.balancing;

import dev.longshore.core.balancing.BalancingNames;
import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.state.View;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.server.metric.Metric;
import dev.longshore.server.metric.MetricStore;
import dev.longshore.server.metric.Statistics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A load balancer, or a target group that one sends to, by what CloudWatch calls it.
 *
 * @param name as gateways have it
 */
record Metered(String arn, String name, String namespace, Map<String, String> dimensions) {
  private static final String APPLICATION = "AWS/ApplicationELB";
  private static final String NETWORK = "AWS/NetworkELB";
  private static final String BALANCER = "LoadBalancer";

  /** What CloudWatch has of network load balancers. */
  private static final Set<Count> FLOWS =
      EnumSet.of(
          Count.NEW_FLOW,
          Count.ACTIVE_FLOW,
          Count.PROCESSED_BYTES,
          Count.CLIENT_RESET,
          Count.TARGET_RESET,
          Count.ELB_RESET,
          Count.CLIENT_TLS_ERROR,
          Count.TARGET_TLS_ERROR);

  /** All there is, by names. */
  static Map<String, Metered> all(View view) {
    Map<String, Metered> all = new LinkedHashMap<>();
    for (LoadBalancer row : view.all(LoadBalancer.KIND)) {
      String name = BalancingNames.dimension(row.arn());
      String namespace = row.isApplication() ? APPLICATION : NETWORK;
      all.put(name, new Metered(row.arn(), name, namespace, Map.of(BALANCER, name)));
    }
    for (TargetGroup row : view.all(TargetGroup.KIND)) {
      for (Forwarding each : view.by(Forwarding.TO_GROUP, row.arn())) {
        String name = BalancingNames.resource(row.arn());
        String balancer = BalancingNames.dimension(each.loadBalancerArn());
        String namespace = row.isHttp() ? APPLICATION : NETWORK;
        all.put(
            name,
            new Metered(
                row.arn(), name, namespace, Map.of("TargetGroup", name, BALANCER, balancer)));
      }
    }
    return all;
  }

  private Metric metric(String called) {
    return new Metric(namespace, called, dimensions);
  }

  /**
   * Keeps what all gateways counted within a minute.
   *
   * @param hosts healthy targets on average; 0 for a load balancer, or where nobody knows
   */
  void put(MetricStore store, long minute, Tallied sum, double hosts) {
    sum.counts()
        .forEach((count, number) -> {
          if (namespace.equals(APPLICATION) || FLOWS.contains(count)) {
            store.put(metric(count.metric()), minute, Statistics.of(number));
          }
        });
    long requests = sum.count(Count.REQUEST);
    if (requests > 0 && hosts > 0) {
      store.put(metric("RequestCountPerTarget"), minute, Statistics.of(requests / hosts));
    }
    if (!sum.latencies().isEmpty()) {
      store.put(metric("TargetResponseTime"), minute, times(sum));
    }
  }

  /** In seconds. */
  private static Statistics times(Tallied sum) {
    Map<Double, Long> seconds = new TreeMap<>();
    sum.latencies()
        .forEach((micros, number) ->
            seconds.put(micros / (double) TimeUnit.SECONDS.toMicros(1), number));
    return Statistics.of(sum.latencyNanos() / (double) TimeUnit.SECONDS.toNanos(1), seconds);
  }

  void hosts(MetricStore store, long minute, Statistics healthy, Statistics unhealthy) {
    store.put(metric("HealthyHostCount"), minute, healthy);
    store.put(metric("UnHealthyHostCount"), minute, unhealthy);
  }
}
