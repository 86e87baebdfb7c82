package dev.longshore.server.api;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.Codec;
import dev.longshore.wire.validation.Rule;
import dev.longshore.wire.validation.Validation;
import dev.longshore.wire.validation.Violation;
import java.util.List;
import java.util.Map;

/** What each service answers to a request that breaks its model's constraints. */
final class ConstraintFaults {
  /** Services with a code of their own; all others use their protocol's. */
  private static final Map<String, String> CODES =
      Map.of("ecs", "InvalidParameterException", "ecr", "InvalidParameterException");

  private static final String PATTERN = "Member must satisfy regular expression pattern: ";

  /** Constraints that a service words by itself. */
  private static final List<Own> OWN =
      List.of(
          new Own(
              "ecs",
              "launchType",
              "ClientException",
              "launch type should be one of [EC2,FARGATE,EXTERNAL]"),
          new Own(
              "ecs",
              "UpdateContainerInstancesState.status",
              "InvalidParameterException",
              "Container instance status should be one of [ACTIVE, DRAINING]"));

  /**
   * @param place a member of every request, or of one operation's
   */
  private record Own(String service, String place, String code, String message) {
    boolean words(String signingName, OperationModel operation, Violation violation) {
      return violation.rule() == Rule.ENUM
          && signingName.equals(service)
          && (place.equals(violation.path())
              || place.equals(operation.name() + '.' + violation.path()));
    }
  }

  private ConstraintFaults() {}

  static ServiceException of(Codec codec, OperationModel operation, List<Violation> violations) {
    String service = codec.service().signingName();
    for (Own own : OWN) {
      if (own.words(service, operation, violations.getFirst())) {
        return new ServiceException(own.code, 400, own.message);
      }
    }
    String code = CODES.getOrDefault(service, usual(codec.protocol()));
    return new ServiceException(
        code,
        400,
        service.equals("ecr") ? registry(violations.getFirst()) : Validation.message(violations));
  }

  /** ECR names one violation, and in other words than the other services. */
  private static String registry(Violation violation) {
    String requirement = violation.requirement();
    String why =
        violation.rule() == Rule.PATTERN
            ? "must satisfy regular expression '" + requirement.replace(PATTERN, "") + "'"
            : requirement;
    return "Invalid parameter at '"
        + violation.path()
        + "' failed to satisfy constraint: '"
        + why
        + "'";
  }

  private static String usual(Protocol protocol) {
    return switch (protocol) {
      case AWS_QUERY, EC2_QUERY, REST_XML -> "ValidationError";
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON_1, RPC_V2_CBOR -> "ValidationException";
    };
  }
}
