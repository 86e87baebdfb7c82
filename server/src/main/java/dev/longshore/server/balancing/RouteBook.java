package dev.longshore.server.balancing;

import dev.longshore.core.balancing.BalancingNames;
import dev.longshore.core.balancing.SslPolicies;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.state.View;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Rule;
import dev.longshore.gateway.route.SecurityPolicy;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.shapes.ecs.NetworkBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The routes that rows mean. Keeps what it made of each load balancer and group, and makes anew
 * only what is said to have changed. One thread only.
 */
final class RouteBook {
  /** By which an instance says where its tasks' ports are, if not on this machine. */
  static final String ADDRESS = "longshore.address";

  private static final String THIS_MACHINE = "127.0.0.1";

  private final CertificateBook certificates;
  private final Map<String, LoadBalancer> balancers = new TreeMap<>();
  private final Map<String, TargetGroup> groups = new TreeMap<>();

  /** Why listeners are left out, by ARN. */
  private final Map<String, String> leftOut = new TreeMap<>();

  /** Listeners whose own port may not be bound, and their ports of this machine's; 0 for any. */
  private final Map<String, Integer> mapped = new TreeMap<>();

  private long version;

  RouteBook(Certificates certificates) {
    this.certificates = new CertificateBook(certificates);
  }

  /** From now on the listener gets a port that is free; says whether that is new. */
  boolean map(String listenerArn) {
    Integer before = mapped.put(listenerArn, 0);
    return before == null || before != 0;
  }

  /** Whether the listener has not its own port. */
  boolean isMapped(String listenerArn) {
    return mapped.containsKey(listenerArn);
  }

  /** Why a listener is not in the routes; "" where it is. */
  String leftOut(String listenerArn) {
    return leftOut.getOrDefault(listenerArn, "");
  }

  /**
   * The routes as of that State.
   *
   * @param changedBalancers ARNs of what has to be looked at again
   * @param changedGroups as above
   */
  Routes routes(View view, Iterable<String> changedBalancers, Iterable<String> changedGroups) {
    for (String arn : changedBalancers) {
      dev.longshore.core.model.LoadBalancer row =
          view.find(dev.longshore.core.model.LoadBalancer.KIND, arn);
      if (row == null) {
        balancers.remove(arn);
      } else {
        balancers.put(arn, balancer(view, row));
      }
    }
    for (String arn : changedGroups) {
      dev.longshore.core.model.TargetGroup row =
          view.find(dev.longshore.core.model.TargetGroup.KIND, arn);
      if (row == null) {
        groups.remove(arn);
      } else {
        groups.put(arn, group(view, row));
      }
    }
    return new Routes(++version, List.copyOf(balancers.values()), List.copyOf(groups.values()));
  }

  /** The load balancers that show a certificate which was replaced since it was read. */
  List<String> stale(View view) {
    Set<String> all = new TreeSet<>();
    Set<String> stale = new TreeSet<>();
    for (dev.longshore.core.model.Listener each :
        view.all(dev.longshore.core.model.Listener.KIND)) {
      for (String arn : each.shown()) {
        all.add(arn);
        if (certificates.hasChanged(view, arn)) {
          stale.add(each.loadBalancerArn());
        }
      }
    }
    certificates.retain(all);
    return List.copyOf(stale);
  }

  private LoadBalancer balancer(View view, dev.longshore.core.model.LoadBalancer row) {
    List<Listener> listeners = new ArrayList<>();
    for (dev.longshore.core.model.Listener each :
        view.by(dev.longshore.core.model.Listener.OF_LOAD_BALANCER, row.arn())) {
      try {
        listeners.add(listener(view, row, each));
        leftOut.remove(each.arn());
      } catch (IOException e) {
        leftOut.put(each.arn(), RouteRules.text(e.getMessage()));
      }
    }
    return new LoadBalancer(
        BalancingNames.dimension(row.arn()),
        RouteRules.text(row.specification().dnsName()),
        row.attributes(),
        listeners);
  }

  private Listener listener(
      View view,
      dev.longshore.core.model.LoadBalancer balancer,
      dev.longshore.core.model.Listener row)
      throws IOException {
    if (row.boundPort() != null) {
      // Gateways that outlived us listen there still.
      mapped.putIfAbsent(row.arn(), row.boundPort());
    }
    Integer elsewhere = mapped.get(row.arn());
    List<Certificate> chain = new ArrayList<>();
    for (String arn : row.shown()) {
      chain.add(certificates.read(view, arn));
    }
    List<Rule> rules = new ArrayList<>();
    for (ListenerRule rule : view.by(ListenerRule.OF_LISTENER, row.arn())) {
      rules.add(
          new Rule(
              rule.arn(),
              rule.priority(),
              RouteRules.list(rule.specification().conditions()).stream()
                  .map(RouteRules::condition)
                  .toList(),
              RouteRules.action(rule.specification().actions())));
    }
    return new Listener(
        row.arn(),
        Protocol.valueOf(RouteRules.text(row.specification().protocol())),
        elsewhere == null ? balancer.address() : THIS_MACHINE,
        elsewhere == null ? row.port() : elsewhere,
        row.attributes(),
        SslPolicies.find(RouteRules.text(row.specification().sslPolicy()))
            .map(RouteRules::security)
            .orElse(SecurityPolicy.usual()),
        chain,
        rules,
        RouteRules.action(row.specification().defaultActions()));
  }

  private static TargetGroup group(View view, dev.longshore.core.model.TargetGroup row) {
    List<dev.longshore.gateway.route.Target> targets = new ArrayList<>();
    for (Target each : view.by(Target.OF_GROUP, row.arn())) {
      targets.add(
          new dev.longshore.gateway.route.Target(
              each.id(),
              address(view, row, each),
              each.port(),
              each.isDraining()
                  ? dev.longshore.gateway.route.Target.State.DRAINING
                  : dev.longshore.gateway.route.Target.State.REGISTERED));
    }
    String version = row.specification().protocolVersion();
    return new TargetGroup(
        row.arn(),
        BalancingNames.resource(row.arn()),
        Protocol.valueOf(RouteRules.text(row.specification().protocol())),
        TargetGroup.Version.valueOf(version == null ? "HTTP1" : version),
        check(row.specification()),
        row.attributes(),
        targets);
  }

  private static String address(
      View view, dev.longshore.core.model.TargetGroup group, Target target) {
    if (!dev.longshore.core.model.TargetGroup.INSTANCE.equals(group.specification().targetType())) {
      return target.id();
    }
    for (ContainerInstance instance : view.by(ContainerInstance.BY_EC2_ID, target.id())) {
      String address = instance.attribute(ADDRESS);
      if (address != null && address.matches("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}")) {
        return address;
      }
    }
    return bound(view, target);
  }

  /** Instances that share a machine bind their tasks' ports on addresses of their own. */
  private static String bound(View view, Target target) {
    Task task = target.taskArn() == null ? null : view.find(Task.KIND, target.taskArn());
    if (task != null) {
      for (TaskContainer container : task.containers()) {
        for (NetworkBinding binding : container.networkBindings()) {
          String address = RouteRules.text(binding.bindIP());
          boolean here = Objects.equals(binding.hostPort(), target.port());
          if (here && address.startsWith("127.")) {
            return address;
          }
        }
      }
    }
    return THIS_MACHINE;
  }

  private static HealthCheck check(dev.longshore.shapes.elbv2.TargetGroup group) {
    String port = RouteRules.text(group.healthCheckPort());
    var matcher = group.matcher();
    String codes =
        matcher == null
            ? ""
            : RouteRules.text(matcher.grpcCode() == null ? matcher.httpCode() : matcher.grpcCode());
    return new HealthCheck(
        Boolean.TRUE.equals(group.healthCheckEnabled()),
        Protocol.valueOf(RouteRules.text(group.healthCheckProtocol())),
        port.equals("traffic-port") ? 0 : Integer.parseInt(port),
        RouteRules.text(group.healthCheckPath()),
        Duration.ofSeconds(Objects.requireNonNull(group.healthCheckIntervalSeconds())),
        Duration.ofSeconds(Objects.requireNonNull(group.healthCheckTimeoutSeconds())),
        Objects.requireNonNull(group.healthyThresholdCount()),
        Objects.requireNonNull(group.unhealthyThresholdCount()),
        codes);
  }
}
