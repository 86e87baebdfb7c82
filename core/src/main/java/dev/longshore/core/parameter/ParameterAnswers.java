package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.Parameter;
import dev.longshore.shapes.ssm.ParameterHistory;
import dev.longshore.shapes.ssm.ParameterMetadata;
import org.jspecify.annotations.Nullable;

/** Words parameters as the API does. */
final class ParameterAnswers {
  private final ParameterSeals seals;

  ParameterAnswers(ParameterSeals seals) {
    this.seals = seals;
  }

  static String arn(String name, Context context) {
    return "arn:"
        + context.place().partition()
        + ":ssm:"
        + context.place().region()
        + ':'
        + context.place().accountId()
        + ":parameter"
        + (name.startsWith("/") ? "" : "/")
        + name;
  }

  Parameter parameter(
      View view,
      ParameterVersion version,
      @Nullable String selector,
      @Nullable Boolean decrypted,
      Context context) {
    return Parameter.builder()
        .name(version.parameter())
        .type(version.type())
        .value(value(view, version, decrypted, context))
        .version(version.number())
        .selector(selector)
        .lastModifiedDate(version.modifiedAt())
        .arn(arn(version.parameter(), context))
        .dataType(version.dataType())
        .build();
  }

  ParameterHistory history(
      View view, ParameterVersion version, @Nullable Boolean decrypted, Context context) {
    return ParameterHistory.builder()
        .name(version.parameter())
        .type(version.type())
        .keyId(key(version))
        .lastModifiedDate(version.modifiedAt())
        .lastModifiedUser(version.modifiedBy())
        .description(version.description())
        .value(value(view, version, decrypted, context))
        .allowedPattern(version.allowedPattern())
        .version(version.number())
        .labels(version.labels())
        .tier(version.tier())
        .dataType(version.dataType())
        .build();
  }

  static ParameterMetadata metadata(ParameterVersion version, Context context) {
    return ParameterMetadata.builder()
        .name(version.parameter())
        .arn(arn(version.parameter(), context))
        .type(version.type())
        .keyId(key(version))
        .lastModifiedDate(version.modifiedAt())
        .lastModifiedUser(version.modifiedBy())
        .description(version.description())
        .allowedPattern(version.allowedPattern())
        .version(version.number())
        .tier(version.tier())
        .dataType(version.dataType())
        .build();
  }

  /** The key of a SecureString: the service's own where none was named. */
  static @Nullable String key(ParameterVersion version) {
    if (!version.isSecure()) {
      return null;
    }
    return version.keyId() == null ? "alias/aws/ssm" : version.keyId();
  }

  /** A SecureString is shown as it is sealed unless its value is asked for. */
  private String value(
      View view, ParameterVersion version, @Nullable Boolean decrypted, Context context) {
    if (version.isSecure() && !Boolean.TRUE.equals(decrypted)) {
      return version.sealed().toBase64();
    }
    return seals.opened(view, version, context);
  }
}
