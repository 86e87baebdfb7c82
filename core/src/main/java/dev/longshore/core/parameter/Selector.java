package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.ParameterNotFound;
import dev.longshore.shapes.ssm.ParameterVersionNotFound;
import org.jspecify.annotations.Nullable;

/**
 * What a caller calls a version: the parameter's name or ARN, and after a colon a number or a
 * label.
 *
 * @param selector with its colon, as answers repeat it; null for the newest version
 */
record Selector(String name, @Nullable String selector) {
  private static final String RESOURCE = "parameter/";

  /** Takes apart what a caller wrote. */
  static Selector of(View view, String text) {
    String rest = text;
    boolean arn = Arn.isMeant(text);
    if (arn) {
      String resource = Arn.parse(text).map(Arn::resource).orElse("");
      if (!resource.startsWith(RESOURCE)) {
        return new Selector(text, null);
      }
      rest = resource.substring(RESOURCE.length());
    }
    int colon = rest.indexOf(':');
    String name = colon < 0 ? rest : rest.substring(0, colon);
    return new Selector(arn ? named(view, name) : name, colon < 0 ? null : rest.substring(colon));
  }

  /** An ARN leaves the first slash out: only a name of one level can be without it. */
  private static String named(View view, String name) {
    boolean plain = name.indexOf('/') < 0 && view.find(StoredParameter.KIND, name) != null;
    return plain ? name : '/' + name;
  }

  /** The parameter that is meant. */
  StoredParameter parameter(View view) {
    StoredParameter parameter = view.find(StoredParameter.KIND, name);
    if (parameter == null) {
      throw notFound();
    }
    return parameter;
  }

  /** The version that is meant. */
  ParameterVersion version(View view) {
    StoredParameter parameter = parameter(view);
    if (selector == null) {
      return newest(view, parameter);
    }
    String wanted = selector.substring(1);
    boolean number = !wanted.isEmpty() && wanted.chars().allMatch(c -> c >= '0' && c <= '9');
    for (ParameterVersion version : view.by(ParameterVersion.BY_PARAMETER, name)) {
      if (number
          ? Long.toString(version.number()).equals(wanted)
          : version.labels().contains(wanted)) {
        return version;
      }
    }
    throw new ParameterVersionNotFound(
        number
            ? "Systems Manager could not find version "
                + wanted
                + " of parameter "
                + name
                + ". Verify the version and try again."
            : "Systems Manager could not find label "
                + wanted
                + " for parameter "
                + name
                + ". Verify the label and try again.");
  }

  static ParameterVersion newest(View view, StoredParameter parameter) {
    ParameterVersion version =
        view.find(
            ParameterVersion.KIND, ParameterVersion.key(parameter.name(), parameter.latest()));
    if (version == null) {
      throw new IllegalStateException("The newest version is missing: " + parameter);
    }
    return version;
  }

  /** AWS says nothing more than the error's name. */
  static ParameterNotFound notFound() {
    return ParameterNotFound.builder().build();
  }
}
