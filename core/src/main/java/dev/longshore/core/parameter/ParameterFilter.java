package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ssm.InvalidFilterKey;
import dev.longshore.shapes.ssm.InvalidFilterOption;
import dev.longshore.shapes.ssm.InvalidFilterValue;
import dev.longshore.shapes.ssm.ParameterStringFilter;
import dev.longshore.shapes.ssm.ParametersFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which parameters a listing means: those that pass each filter by one of its values. */
final class ParameterFilter {
  private static final String EQUALS = "Equals";
  private static final String BEGINS = "BeginsWith";
  private static final String TAG = "tag:";

  private final List<ParameterStringFilter> filters;

  private ParameterFilter(List<ParameterStringFilter> filters) {
    this.filters = filters;
  }

  /** Filters of GetParametersByPath. */
  static ParameterFilter ofPath(@Nullable List<ParameterStringFilter> filters) {
    for (ParameterStringFilter filter : Given.list(filters)) {
      if (!List.of("Type", "KeyId", "Label", "DataType").contains(filter.key())) {
        throw new InvalidFilterKey(
            "The following filter key is not valid: "
                + filter.key()
                + ". Valid filter keys include: [Type, KeyId, Label, DataType].");
      }
    }
    return checked(Given.list(filters));
  }

  /** Filters of DescribeParameters, of which there are two forms. */
  static ParameterFilter of(
      @Nullable List<ParametersFilter> old, @Nullable List<ParameterStringFilter> filters) {
    List<ParameterStringFilter> all = new ArrayList<>(Given.list(filters));
    if (!Given.list(old).isEmpty() && !all.isEmpty()) {
      throw ParameterRules.invalid(
          "You can use either Filters or ParameterFilters in a single request.");
    }
    for (ParametersFilter filter : Given.list(old)) {
      String option = filter.key().equals("Name") ? BEGINS : EQUALS;
      all.add(new ParameterStringFilter(filter.key(), option, filter.values()));
    }
    for (ParameterStringFilter filter : all) {
      if (filter.key().equals("Label")) {
        throw new InvalidFilterKey(
            "The following filter key is not valid: Label. Valid filter keys include: [Path, Name,"
                + " Type, KeyId, Tier].");
      }
    }
    return checked(all);
  }

  private static ParameterFilter checked(List<ParameterStringFilter> filters) {
    for (ParameterStringFilter filter : filters) {
      List<String> options = options(filter.key());
      if (filter.option() != null && !options.contains(filter.option())) {
        throw new InvalidFilterOption(
            "The following filter option is not valid: "
                + filter.option()
                + ". Valid options include: "
                + options
                + '.');
      }
      if (filter.values() == null && !filter.key().startsWith(TAG)) {
        throw new InvalidFilterValue(
            "The following filter values are missing : null for filter key " + filter.key());
      }
    }
    return new ParameterFilter(filters);
  }

  private static List<String> options(String key) {
    return switch (key) {
      case "Path" -> List.of("Recursive", "OneLevel");
      case "Name" -> List.of(BEGINS, EQUALS, "Contains");
      default -> List.of(EQUALS, BEGINS);
    };
  }

  boolean passes(StoredParameter parameter, ParameterVersion version) {
    for (ParameterStringFilter filter : filters) {
      if (!passes(filter, parameter, version)) {
        return false;
      }
    }
    return true;
  }

  private static boolean passes(
      ParameterStringFilter filter, StoredParameter parameter, ParameterVersion version) {
    String key = filter.key();
    if (key.equals("Path")) {
      boolean recursive = "Recursive".equals(filter.option());
      return Given.list(filter.values()).stream()
          .anyMatch(path -> isUnder(parameter.name(), path, recursive));
    }
    List<String> texts = texts(key, parameter, version);
    if (filter.values() == null) {
      return !texts.isEmpty();
    }
    String option = filter.option() == null ? EQUALS : filter.option();
    for (String value : filter.values()) {
      for (String text : texts) {
        boolean found =
            switch (option) {
              case BEGINS -> text.startsWith(value);
              case "Contains" -> text.contains(value);
              default -> text.equals(value);
            };
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> texts(
      String key, StoredParameter parameter, ParameterVersion version) {
    if (key.startsWith(TAG)) {
      String value = parameter.tags().get(key.substring(TAG.length()));
      return value == null ? List.of() : List.of(value);
    }
    return switch (key) {
      case "Name" -> List.of(parameter.name());
      case "Type" -> List.of(version.type());
      case "KeyId" -> List.of(Objects.requireNonNullElse(ParameterAnswers.key(version), ""));
      case "Tier" -> List.of(version.tier());
      case "DataType" -> List.of(version.dataType());
      default -> version.labels();
    };
  }

  /** Whether a name stands below a path, directly or at any depth. */
  static boolean isUnder(String name, String path, boolean recursive) {
    String front = path.endsWith("/") ? path : path + '/';
    if (front.equals("/") && name.indexOf('/') < 0) {
      return true;
    }
    return name.startsWith(front) && (recursive || name.indexOf('/', front.length()) < 0);
  }
}
