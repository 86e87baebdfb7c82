package dev.longshore.core.balancing;

import dev.longshore.core.model.LearnedSubnet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.AvailabilityZone;
import dev.longshore.shapes.elbv2.InvalidConfigurationRequestException;
import dev.longshore.shapes.elbv2.SubnetMapping;
import dev.longshore.shapes.elbv2.SubnetNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The subnets of a load balancer: which are asked for, and the zones that they are in. */
final class Subnets {
  /** The VPC that every load balancer is in. */
  static final String VPC = "vpc-00000000000000000";

  private static final List<String> ZONES = List.of("a", "b", "c");

  private Subnets() {}

  /**
   * The ids that a request names.
   *
   * @throws dev.longshore.shapes.ServiceException it names none, or asks for addresses in them
   */
  static List<String> named(@Nullable List<String> subnets, @Nullable List<SubnetMapping> asked) {
    List<SubnetMapping> mappings = Given.list(asked);
    Faults.demand(
        Given.list(subnets).isEmpty() || mappings.isEmpty(),
        "You cannot specify both subnets and subnet mappings");
    List<String> ids = new ArrayList<>(Given.list(subnets));
    for (SubnetMapping mapping : mappings) {
      if (mapping.allocationId() != null
          || mapping.privateIPv4Address() != null
          || mapping.iPv6Address() != null
          || mapping.sourceNatIpv6Prefix() != null) {
        throw Faults.unsupported("addresses of one's own for load balancers");
      }
      ids.add(Given.text(mapping.subnetId()));
    }
    Faults.demand(!ids.isEmpty(), "You must specify either subnets or subnet mappings");
    return ids;
  }

  /**
   * Finds the zones of subnets, sorted by name; a subnet that nobody named before gets one.
   *
   * @throws dev.longshore.shapes.ServiceException they are not what such a load balancer needs
   */
  static List<AvailabilityZone> zones(
      Draft draft, List<String> ids, boolean application, Context context) {
    List<AvailabilityZone> zones = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (String id : ids) {
      String name = zone(draft, id, context);
      if (!names.add(name)) {
        throw new InvalidConfigurationRequestException(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
      zones.add(
          AvailabilityZone.builder()
              .zoneName(name)
              .subnetId(id)
              .loadBalancerAddresses(List.of())
              .build());
    }
    Faults.demand(
        !application || names.size() >= 2,
        "At least two subnets in two different Availability Zones must be specified");
    zones.sort(Comparator.comparing(zone -> Given.text(zone.zoneName())));
    return List.copyOf(zones);
  }

  private static String zone(Draft draft, String id, Context context) {
    LearnedSubnet known = draft.find(LearnedSubnet.KIND, id);
    if (known != null) {
      return known.zone();
    }
    if (!id.matches("subnet-[0-9A-Za-z-]{1,64}")) {
      throw new SubnetNotFoundException("The subnet ID '" + id + "' does not exist");
    }
    String least = context.place().region() + ZONES.getFirst();
    for (String letter : ZONES) {
      String zone = context.place().region() + letter;
      if (draft.count(LearnedSubnet.BY_ZONE, zone) < draft.count(LearnedSubnet.BY_ZONE, least)) {
        least = zone;
      }
    }
    draft.put(LearnedSubnet.KIND, new LearnedSubnet(id, least));
    return least;
  }
}
