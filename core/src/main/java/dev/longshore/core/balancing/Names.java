package dev.longshore.core.balancing;

import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import java.util.Optional;

/** Names and ARNs of what balances load. */
final class Names {
  private static final int LONGEST = 32;

  private Names() {}

  /**
   * Checks a name.
   *
   * @param what for the text, for example {@code The load balancer name}
   * @throws dev.longshore.shapes.ServiceException it is no name
   */
  static void check(String what, String name) {
    String named = what + " '" + name + "' ";
    Faults.demand(!name.isEmpty(), what + " cannot be empty");
    Faults.demand(
        name.length() <= LONGEST, named + "cannot be longer than '" + LONGEST + "' characters");
    Faults.demand(
        name.chars().allMatch(Names::mayStand),
        named + "can only contain characters that are alphanumeric characters or hyphens(-)");
    Faults.demand(
        !name.startsWith("-") && !name.endsWith("-"), named + "cannot begin or end with a hyphen");
  }

  private static boolean mayStand(int character) {
    return character == '-'
        || (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }

  /** Sixteen hex digits, which end every ARN here. */
  static String id(Ids ids) {
    return ids.hex32().substring(16);
  }

  /** The ARN of that resource. */
  static String arn(Place place, String resource) {
    return "arn:"
        + place.partition()
        + ":elasticloadbalancing:"
        + place.region()
        + ':'
        + place.accountId()
        + ':'
        + resource;
  }

  /** The ARN of something below another: a listener of a load balancer, a rule of a listener. */
  static String below(String arn, String type, String belowType, String id) {
    return arn.replace(":" + type + "/", ":" + belowType + "/") + '/' + id;
  }

  /**
   * Checks that a text is an ARN of that type.
   *
   * @param type for example {@code loadbalancer}
   * @param what for the text, for example {@code load balancer}
   */
  static void checkArn(String arn, String type, String what) {
    Optional<Arn> parsed = Arn.parse(arn);
    boolean valid =
        parsed.isPresent()
            && parsed.get().service().equals("elasticloadbalancing")
            && parsed.get().type().equals(type);
    Faults.demand(valid, "'" + arn + "' is not a valid " + what + " ARN");
  }

  /** The type of the resource that an ARN names; "" where it is none of this service. */
  static String type(String arn) {
    return Arn.parse(arn)
        .filter(each -> each.service().equals("elasticloadbalancing"))
        .map(Arn::type)
        .orElse("");
  }

  /** The name under which a load balancer is to be found. */
  static String dns(String name, boolean internal, boolean network, String id, Context context) {
    if (network) {
      return name + '-' + id + ".elb.localhost";
    }
    String number = Integer.toString(100_000_000 + context.ids().below(900_000_000));
    return (internal ? "internal-" : "") + name + '-' + number + ".elb.localhost";
  }
}
