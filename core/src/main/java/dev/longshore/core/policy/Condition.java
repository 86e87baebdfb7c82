package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One key of a condition block: an operator, the key, and the values of which one will do. */
final class Condition {
  /** Keys that have several values by nature: operators without a quantifier never hold on them. */
  private static final List<String> SEVERAL =
      List.of(
          "aws:tagkeys",
          "aws:calledvia",
          "aws:principalorgpaths",
          "aws:principalservicenameslist",
          "kms:encryptioncontextkeys",
          "kms:grantoperations",
          "kms:resourcealiases",
          "secretsmanager:addreplicaregions");

  private final Operator operator;
  private final String key;
  private final List<Template> values;

  /** The values as read once; null where some of them hold variables. */
  private final @Nullable List<Wanted> fixed;

  Condition(Operator operator, String key, List<Template> values) {
    this.operator = operator;
    this.key = key.toLowerCase(Locale.ROOT);
    this.values = values;
    this.fixed = values.stream().allMatch(Template::isFixed) ? wanted(name -> null) : null;
  }

  boolean holds(Keys keys) {
    List<String> given = keys.values(key);
    if (operator.comparison() == null) {
      return isNull(given == null, keys);
    }
    if (given == null) {
      return operator.withoutKey();
    }
    List<Wanted> wanted = fixed == null ? wanted(keys) : fixed;
    return switch (operator.quantifier()) {
      case ONE -> !SEVERAL.contains(key) && given.size() == 1 && one(wanted, given.getFirst());
      case ALL -> all(wanted, given);
      case ANY -> any(wanted, given);
    };
  }

  private boolean isNull(boolean missing, Keys keys) {
    for (Template value : values) {
      String text = value.text(keys);
      if (text != null && text.equalsIgnoreCase(missing ? "true" : "false")) {
        return true;
      }
    }
    return false;
  }

  private boolean all(List<Wanted> wanted, List<String> given) {
    for (String value : given) {
      if (!one(wanted, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean any(List<Wanted> wanted, List<String> given) {
    for (String value : given) {
      if (one(wanted, value)) {
        return true;
      }
    }
    return false;
  }

  private boolean one(List<Wanted> wanted, String value) {
    Comparison comparison = operator.comparison();
    for (Wanted each : wanted) {
      if (comparison != null && comparison.test(each, value)) {
        return !operator.negated();
      }
    }
    return operator.negated();
  }

  /** A value whose variable stands for nothing compares with nothing. */
  private List<Wanted> wanted(Keys keys) {
    Comparison comparison = operator.comparison();
    List<Wanted> wanted = new ArrayList<>(values.size());
    for (Template value : values) {
      String text = value.text(keys);
      Wildcard pattern = value.pattern(keys);
      if (comparison != null && text != null && pattern != null) {
        wanted.add(Wanted.of(comparison, text, pattern));
      }
    }
    return wanted;
  }
}
