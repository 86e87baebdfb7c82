package dev.longshore.core.balancing;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.elbv2.HostHeaderConditionConfig;
import dev.longshore.shapes.elbv2.HttpHeaderConditionConfig;
import dev.longshore.shapes.elbv2.PathPatternConditionConfig;
import dev.longshore.shapes.elbv2.QueryStringKeyValuePair;
import dev.longshore.shapes.elbv2.RuleCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Checks what requests must be like, and echoes it as the service does. */
final class Conditions {
  static final int MOST_VALUES = 5;
  static final int MOST_WILDCARDS = 5;
  private static final int LONGEST = 128;
  private static final int LONGEST_NAME = 40;

  /** Of these a rule may have more than one condition. */
  private static final List<String> REPEATABLE = List.of("http-header", "query-string");

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern METHOD = Pattern.compile("[A-Z_-]+");

  private Conditions() {}

  /**
   * The conditions as answers show them: sorted by field, whatever the order in the request.
   *
   * @throws dev.longshore.shapes.ServiceException they cannot be met or there are too many
   */
  static List<RuleCondition> normalised(List<RuleCondition> asked) {
    Faults.demand(!asked.isEmpty(), "A condition must be specified");
    TreeSet<String> fields = new TreeSet<>();
    List<RuleCondition> conditions = new ArrayList<>();
    for (RuleCondition each : asked) {
      String field = Given.text(each.field());
      Faults.demand(
          fields.add(field) || REPEATABLE.contains(field),
          "A rule can only have one '" + field + "' condition");
      conditions.add(normalised(field, each));
    }
    int values = conditions.stream().mapToInt(Conditions::count).sum();
    Faults.demand(
        values <= MOST_VALUES, "A rule can only have '" + MOST_VALUES + "' condition values");
    long wildcards = conditions.stream().mapToLong(Conditions::wildcards).sum();
    Faults.demand(
        wildcards <= MOST_WILDCARDS,
        "A rule can only have '" + MOST_WILDCARDS + "' condition wildcards");
    conditions.sort(Comparator.comparing(each -> Given.text(each.field())));
    return List.copyOf(conditions);
  }

  private static RuleCondition normalised(String field, RuleCondition each) {
    return switch (field) {
      case "host-header" -> host(each);
      case "path-pattern" -> path(each);
      case "http-header" -> header(each);
      case "http-request-method" -> method(each);
      case "query-string" -> query(each);
      case "source-ip" -> source(each);
      default ->
          throw Faults.invalid(
              "Condition field '"
                  + field
                  + "' must be one of"
                  + " '[path-pattern, host-header, http-header, http-request-method, query-string,"
                  + " source-ip]'");
    };
  }

  private static RuleCondition host(RuleCondition each) {
    HostHeaderConditionConfig config = each.hostHeaderConfig();
    List<String> expressions =
        expressions(each.regexValues(), config == null ? null : config.regexValues());
    List<String> values =
        values("host-header", each.values(), config == null ? null : config.values(), expressions);
    return RuleCondition.builder()
        .field("host-header")
        .values(echoed(values))
        .regexValues(echoed(expressions))
        .hostHeaderConfig(new HostHeaderConditionConfig(echoed(values), echoed(expressions)))
        .build();
  }

  private static RuleCondition path(RuleCondition each) {
    PathPatternConditionConfig config = each.pathPatternConfig();
    List<String> expressions =
        expressions(each.regexValues(), config == null ? null : config.regexValues());
    List<String> values =
        values("path-pattern", each.values(), config == null ? null : config.values(), expressions);
    return RuleCondition.builder()
        .field("path-pattern")
        .values(echoed(values))
        .regexValues(echoed(expressions))
        .pathPatternConfig(new PathPatternConditionConfig(echoed(values), echoed(expressions)))
        .build();
  }

  private static RuleCondition header(RuleCondition each) {
    HttpHeaderConditionConfig config = each.httpHeaderConfig();
    if (config == null) {
      throw Faults.invalid("An HTTP header name must be specified");
    }
    String name = Given.text(config.httpHeaderName());
    Faults.demand(
        name.length() <= LONGEST_NAME && HEADER_NAME.matcher(name).matches(),
        "The HTTP header name '" + name + "' is not valid");
    List<String> expressions = expressions(each.regexValues(), config.regexValues());
    values("http-header", each.values(), config.values(), expressions);
    return RuleCondition.builder().field("http-header").httpHeaderConfig(config).build();
  }

  private static RuleCondition method(RuleCondition each) {
    var config = each.httpRequestMethodConfig();
    List<String> values =
        values(
            "http-request-method",
            each.values(),
            config == null ? null : config.values(),
            List.of());
    for (String value : values) {
      Faults.demand(
          value.length() <= LONGEST_NAME && METHOD.matcher(value).matches(),
          "The HTTP request method '" + value + "' is not valid");
    }
    return RuleCondition.builder()
        .field("http-request-method")
        .httpRequestMethodConfig(
            new dev.longshore.shapes.elbv2.HttpRequestMethodConditionConfig(values))
        .build();
  }

  private static RuleCondition query(RuleCondition each) {
    var config = each.queryStringConfig();
    List<QueryStringKeyValuePair> pairs = config == null ? List.of() : Given.list(config.values());
    Faults.demand(!pairs.isEmpty(), "A condition value must be specified");
    for (QueryStringKeyValuePair pair : pairs) {
      Faults.demand(
          pair.value() != null
              && pair.value().length() <= LONGEST
              && Given.text(pair.key()).length() <= LONGEST,
          "The query string condition must have values of at most '" + LONGEST + "' characters");
    }
    return RuleCondition.builder().field("query-string").queryStringConfig(config).build();
  }

  private static RuleCondition source(RuleCondition each) {
    var config = each.sourceIpConfig();
    List<String> values =
        values("source-ip", each.values(), config == null ? null : config.values(), List.of());
    for (String value : values) {
      Faults.demand(
          Cidr.isBlock(value), "The source IP address '" + value + "' must be in CIDR format");
    }
    return RuleCondition.builder()
        .field("source-ip")
        .sourceIpConfig(new dev.longshore.shapes.elbv2.SourceIpConditionConfig(values))
        .build();
  }

  /** Values may stand in either place. */
  private static List<String> values(
      String field,
      @Nullable List<String> plain,
      @Nullable List<String> configured,
      List<String> expressions) {
    Faults.demand(
        Given.list(plain).isEmpty()
            || Given.list(configured).isEmpty()
            || Given.list(plain).equals(configured),
        "You cannot specify both Values and a configuration for the '" + field + "' condition");
    List<String> values =
        Given.list(configured).isEmpty() ? Given.list(plain) : Given.list(configured);
    Faults.demand(
        !values.isEmpty() || !expressions.isEmpty(), "A condition value must be specified");
    for (String value : values) {
      Faults.demand(
          !value.isEmpty() && value.length() <= LONGEST,
          "The '" + field + "' condition value must have 1 to '" + LONGEST + "' characters");
    }
    return values;
  }

  private static List<String> expressions(
      @Nullable List<String> plain, @Nullable List<String> configured) {
    List<String> all = Given.list(configured).isEmpty() ? Given.list(plain) : configured;
    for (String each : Given.list(all)) {
      Faults.demand(
          !each.isEmpty() && each.length() <= LONGEST && isExpression(each),
          "The regular expression '" + each + "' is not valid");
    }
    return Given.list(all);
  }

  /** What the data plane matches in linear time has neither look-around nor back references. */
  private static boolean isExpression(String text) {
    if (Pattern.compile("\\(\\?(?![:imsU-])|\\\\[1-9k]|[*+?}]\\+").matcher(text).find()) {
      return false;
    }
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      // The caller is told which expression it is.
      return false;
    }
  }

  private static @Nullable List<String> echoed(List<String> values) {
    return values.isEmpty() ? null : values;
  }

  private static List<String> all(RuleCondition each) {
    List<String> all = new ArrayList<>(Given.list(each.values()));
    all.addAll(Given.list(each.regexValues()));
    if (each.httpHeaderConfig() != null) {
      all.addAll(Given.list(each.httpHeaderConfig().values()));
      all.addAll(Given.list(each.httpHeaderConfig().regexValues()));
    }
    if (each.httpRequestMethodConfig() != null) {
      all.addAll(Given.list(each.httpRequestMethodConfig().values()));
    }
    if (each.sourceIpConfig() != null) {
      all.addAll(Given.list(each.sourceIpConfig().values()));
    }
    if (each.queryStringConfig() != null) {
      Given.list(each.queryStringConfig().values())
          .forEach(pair -> all.add(Given.text(pair.key()) + '=' + Given.text(pair.value())));
    }
    return all;
  }

  private static int count(RuleCondition each) {
    return all(each).size();
  }

  private static long wildcards(RuleCondition each) {
    if (each.regexValues() != null) {
      return 0;
    }
    return all(each).stream()
        .flatMapToInt(String::chars)
        .filter(character -> character == '*' || character == '?')
        .count();
  }
}
