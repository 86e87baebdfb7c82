package dev.longshore.core.parameter;

import com.google.re2j.Pattern;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.GetParametersByPathRequest;
import dev.longshore.shapes.ssm.GetParametersByPathResult;
import java.util.ArrayList;
import java.util.List;

/** Shows the parameters below a path. */
public final class GetParametersByPath
    implements Query<GetParametersByPathRequest, GetParametersByPathResult> {
  private static final String LISTING = "GetParametersByPath";
  private static final int USUAL = 10;
  private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*/?)?");

  private final ParameterAnswers answers;

  GetParametersByPath(ParameterAnswers answers) {
    this.answers = answers;
  }

  @Override
  public GetParametersByPathResult answer(
      View view, GetParametersByPathRequest request, Context context) {
    var page = page(view, request);
    return new GetParametersByPathResult(
        page.items().stream()
            .map(each -> answers.parameter(view, each, null, request.withDecryption(), context))
            .toList(),
        page.nextToken());
  }

  /** The versions that a call shows. */
  static ParameterPages.Page<ParameterVersion> page(View view, GetParametersByPathRequest request) {
    String path = request.path();
    if (!PATH.matches(path)) {
      throw ParameterRules.invalid(
          "The parameter doesn't meet the parameter name requirements. The parameter name must"
              + " begin with a forward slash \"/\". It can't be prefixed with \"aws\" or \"ssm\""
              + " (case-insensitive). It must use only letters, numbers, or the following symbols:"
              + " . (period), - (hyphen), _ (underscore). Special characters are not allowed. All"
              + " sub-paths, if specified, must use the forward slash symbol \"/\". Valid example:"
              + " /get/parameters2-/by1./path0_.");
    }
    ParameterFilter filter = ParameterFilter.ofPath(request.parameterFilters());
    boolean recursive = Boolean.TRUE.equals(request.recursive());
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    List<ParameterVersion> found = new ArrayList<>();
    String after = ParameterPages.after(LISTING, request.nextToken());
    for (StoredParameter parameter : view.after(StoredParameter.KIND, after)) {
      if (found.size() > size) {
        break;
      }
      ParameterVersion version = Selector.newest(view, parameter);
      if (ParameterFilter.isUnder(parameter.name(), path, recursive)
          && filter.passes(parameter, version)) {
        found.add(version);
      }
    }
    return ParameterPages.page(LISTING, found, size, ParameterVersion::parameter);
  }
}
