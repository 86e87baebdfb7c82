package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerOutput;
import dev.longshore.shapes.elbv2.DuplicateLoadBalancerNameException;
import dev.longshore.shapes.elbv2.InvalidConfigurationRequestException;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Creates a load balancer; the same settings again give the one that is there. */
public final class CreateLoadBalancer
    implements Command<CreateLoadBalancerInput, CreateLoadBalancerOutput> {
  private static final String APPLICATION_ZONE = "Z35SXDOTRQ7X7K";
  private static final String NETWORK_ZONE = "Z26RNL4JYFTOTI";

  private final AddressPool pool;

  public CreateLoadBalancer(AddressPool pool) {
    this.pool = pool;
  }

  @Override
  public CreateLoadBalancerOutput decide(
      Draft draft, CreateLoadBalancerInput request, Context context) {
    String name = request.name();
    Names.check("The load balancer name", name);
    Faults.demand(
        !name.startsWith("internal-"),
        "The load balancer name '" + name + "' cannot begin with 'internal-'");
    refuse(request);
    dev.longshore.shapes.elbv2.LoadBalancer asked = asked(draft, request, context);
    LoadBalancer existing = LoadBalancers.named(draft, name);
    if (existing != null) {
      if (!existing.specification().equals(identified(asked, existing.specification()))) {
        throw new DuplicateLoadBalancerNameException(
            "A load balancer with the same name '"
                + name
                + "' exists, but with different settings");
      }
      return answer(existing);
    }
    boolean network = LoadBalancer.NETWORK.equals(asked.type());
    String id = Names.id(context.ids());
    String arn =
        Names.arn(context.place(), "loadbalancer/" + (network ? "net/" : "app/") + name + '/' + id);
    LoadBalancer row =
        new LoadBalancer(
            arn,
            name,
            asked.toBuilder()
                .loadBalancerArn(arn)
                .dnsName(Names.dns(name, "internal".equals(asked.scheme()), network, id, context))
                .createdTime(context.now())
                .build(),
            pool.free(draft, !network),
            new TreeMap<>(),
            BalancingTags.put(List.of(), request.tags()),
            context.now(),
            LoadBalancer.PROVISIONING,
            null);
    draft.put(LoadBalancer.KIND, row);
    return answer(row);
  }

  private static CreateLoadBalancerOutput answer(LoadBalancer row) {
    return new CreateLoadBalancerOutput(List.of(LoadBalancers.shown(row)));
  }

  private static void refuse(CreateLoadBalancerInput request) {
    if ("gateway".equals(request.type())) {
      throw Faults.unsupported("load balancers of type gateway");
    }
    if (request.customerOwnedIpv4Pool() != null || request.ipamPools() != null) {
      throw Faults.unsupported("address pools of one's own");
    }
    if (!Objects.requireNonNullElse(request.ipAddressType(), "ipv4").equals("ipv4")) {
      throw Faults.unsupported("load balancers with IPv6 addresses");
    }
  }

  private static dev.longshore.shapes.elbv2.LoadBalancer asked(
      Draft draft, CreateLoadBalancerInput request, Context context) {
    String type = Objects.requireNonNullElse(request.type(), LoadBalancer.APPLICATION);
    boolean application = type.equals(LoadBalancer.APPLICATION);
    List<String> subnets = Subnets.named(request.subnets(), request.subnetMappings());
    return dev.longshore.shapes.elbv2.LoadBalancer.builder()
        .canonicalHostedZoneId(application ? APPLICATION_ZONE : NETWORK_ZONE)
        .loadBalancerName(request.name())
        .scheme(Objects.requireNonNullElse(request.scheme(), "internet-facing"))
        .vpcId(Subnets.VPC)
        .type(type)
        .availabilityZones(Subnets.zones(draft, subnets, application, context))
        .securityGroups(securityGroups(request.securityGroups(), application))
        .ipAddressType("ipv4")
        .build();
  }

  private static @Nullable List<String> securityGroups(
      @Nullable List<String> asked, boolean application) {
    if (Given.list(asked).isEmpty()) {
      return application ? List.of(LoadBalancers.DEFAULT_GROUP) : null;
    }
    return LoadBalancers.securityGroups(Given.list(asked));
  }

  /** What was asked for, with what only the existing one can have. */
  private static dev.longshore.shapes.elbv2.LoadBalancer identified(
      dev.longshore.shapes.elbv2.LoadBalancer asked,
      dev.longshore.shapes.elbv2.LoadBalancer existing) {
    return asked.toBuilder()
        .loadBalancerArn(existing.loadBalancerArn())
        .dnsName(existing.dnsName())
        .createdTime(existing.createdTime())
        .build();
  }

  /**
   * @throws InvalidConfigurationRequestException a network load balancer was made without groups
   */
  static void checkMayHaveGroups(LoadBalancer row) {
    if (!row.isApplication() && Given.list(row.specification().securityGroups()).isEmpty()) {
      throw new InvalidConfigurationRequestException(
          "You cannot set security groups on a network load balancer that was created without"
              + " security groups");
    }
  }
}
