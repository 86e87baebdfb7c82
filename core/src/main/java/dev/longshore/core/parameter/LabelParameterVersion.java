package dev.longshore.core.parameter;

import com.google.re2j.Pattern;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.LabelParameterVersionRequest;
import dev.longshore.shapes.ssm.LabelParameterVersionResult;
import dev.longshore.shapes.ssm.ParameterVersionLabelLimitExceeded;
import dev.longshore.shapes.ssm.ParameterVersionNotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts labels on a version; a label that another version has moves. */
public final class LabelParameterVersion
    implements Command<LabelParameterVersionRequest, LabelParameterVersionResult> {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z_.-][A-Za-z0-9_.-]*");
  private static final int MOST = 10;

  @Override
  public LabelParameterVersionResult decide(
      Draft draft, LabelParameterVersionRequest request, Context context) {
    StoredParameter parameter = Selector.of(draft, request.name()).parameter(draft);
    long number =
        request.parameterVersion() == null ? parameter.latest() : request.parameterVersion();
    ParameterVersion version = version(draft, parameter, number);
    List<String> labels = new ArrayList<>(version.labels());
    List<String> invalid = new ArrayList<>();
    for (String label : request.labels()) {
      String lower = label.toLowerCase(Locale.ROOT);
      if (!LABEL.matches(label) || lower.startsWith("aws") || lower.startsWith("ssm")) {
        invalid.add(label);
      } else if (!labels.contains(label)) {
        labels.add(label);
      }
    }
    if (labels.size() > MOST) {
      throw new ParameterVersionLabelLimitExceeded(
          "A parameter version can have maximum 10 labels. Move one or more labels to another"
              + " version and try again.");
    }
    for (ParameterVersion other : draft.by(ParameterVersion.BY_PARAMETER, parameter.name())) {
      if (other.number() != number && other.labels().stream().anyMatch(labels::contains)) {
        draft.put(
            ParameterVersion.KIND,
            other.withLabels(
                other.labels().stream().filter(label -> !labels.contains(label)).toList()));
      }
    }
    draft.put(ParameterVersion.KIND, version.withLabels(labels));
    return new LabelParameterVersionResult(invalid, number);
  }

  static ParameterVersion version(View view, StoredParameter parameter, long number) {
    ParameterVersion version =
        number < 1
            ? null
            : view.find(ParameterVersion.KIND, ParameterVersion.key(parameter.name(), number));
    if (version == null) {
      throw new ParameterVersionNotFound(
          "Systems Manager could not find version "
              + number
              + " of "
              + parameter.name()
              + ". Verify the version and try again.");
    }
    return version;
  }
}
