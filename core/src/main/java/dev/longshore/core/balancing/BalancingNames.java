package dev.longshore.core.balancing;

/** What metrics and the data plane call things by: parts of their ARNs. */
public final class BalancingNames {
  private BalancingNames() {}

  /** Of a load balancer: {@code app/NAME/ID} or {@code net/NAME/ID}. */
  public static String dimension(String arn) {
    String resource = resource(arn);
    return resource.substring(resource.indexOf('/') + 1);
  }

  /** Of a target group: {@code targetgroup/NAME/ID}. */
  public static String resource(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** The ARN of the load balancer that a listener or rule is of. */
  public static String loadBalancer(String arn) {
    String[] parts = resource(arn).split("/", -1);
    String before = arn.substring(0, arn.lastIndexOf(':') + 1);
    return before + "loadbalancer/" + parts[1] + '/' + parts[2] + '/' + parts[3];
  }
}
