package dev.longshore.core.service;

import dev.longshore.core.operation.Arn;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the ARNs of deployments and revisions that requests name. */
final class ServiceArns {
  private static final int MOST = 20;

  private ServiceArns() {}

  /**
   * Each of them once.
   *
   * @throws InvalidParameterException there are none or more than twenty, or one is no ARN
   */
  static Set<String> checked(String parameter, List<String> arns) {
    if (arns.isEmpty()) {
      throw new InvalidParameterException(parameter + " cannot be empty.");
    }
    if (arns.size() > MOST) {
      throw new InvalidParameterException(
          parameter + " cannot have more than " + MOST + " elements.");
    }
    arns.forEach(ServiceArns::check);
    return new LinkedHashSet<>(arns);
  }

  static String check(String arn) {
    if (!Arn.isMeant(arn)) {
      throw new InvalidParameterException("Invalid ARN: " + arn);
    }
    return arn;
  }

  static Failure missing(String arn) {
    return Failure.builder().arn(arn).reason("MISSING").build();
  }
}
