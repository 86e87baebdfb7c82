package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.Blob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a parameter.
 *
 * @param parameter the parameter's name
 * @param number from 1 on
 * @param type {@code String}, {@code StringList} or {@code SecureString}
 * @param sealed the value as the vault sealed it, of whatever type it is
 * @param keyId the key of a SecureString, as the user named it
 * @param labels what the user calls this version
 * @param modifiedBy the principal who put it
 * @param sealedUnder the id of the user's key of KMS that it is sealed under; null: the service's
 *     own
 */
public record ParameterVersion(
    String parameter,
    long number,
    String type,
    Blob sealed,
    @Nullable String keyId,
    @Nullable String description,
    @Nullable String allowedPattern,
    String tier,
    String dataType,
    List<String> labels,
    Instant modifiedAt,
    String modifiedBy,
    @Nullable String sealedUnder) {
  /** Keyed by {@code parameter number}, numbers with leading zeros: they sort as they count. */
  public static final Kind<ParameterVersion> KIND =
      Kind.of(
          "parameterVersion", ParameterVersion.class, row -> key(row.parameter(), row.number()));

  public static final Index<ParameterVersion> BY_PARAMETER =
      KIND.index("parameter", ParameterVersion::parameter);

  private static final int DIGITS = 19;

  /** The key of a parameter's version. */
  public static String key(String parameter, long number) {
    String digits = Long.toString(number);
    return parameter + ' ' + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /** What the value is sealed for: this version and no other. */
  public String boundTo() {
    return "parameterVersion " + key(parameter, number);
  }

  public boolean isSecure() {
    return type.equals("SecureString");
  }

  public ParameterVersion withLabels(List<String> all) {
    return new ParameterVersion(
        parameter,
        number,
        type,
        sealed,
        keyId,
        description,
        allowedPattern,
        tier,
        dataType,
        List.copyOf(all),
        modifiedAt,
        modifiedBy,
        sealedUnder);
  }

  public ParameterVersion withSealed(Blob value, @Nullable String underKey) {
    return new ParameterVersion(
        parameter,
        number,
        type,
        value,
        keyId,
        description,
        allowedPattern,
        tier,
        dataType,
        labels,
        modifiedAt,
        modifiedBy,
        underKey);
  }
}
