package dev.longshore.core.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The plain twin of the engine: the sheet's rules one after the other, slowly, on raw values. */
record PlainPolicy(List<PlainStatement> statements) {
  record PlainCondition(
      String prefix, String operator, String suffix, String key, List<String> values) {}

  record PlainStatement(
      boolean deny,
      @Nullable List<String> principals,
      boolean notPrincipals,
      List<String> actions,
      boolean notActions,
      List<String> resources,
      boolean notResources,
      List<PlainCondition> conditions) {}

  /** A call, with its condition keys in lower case. */
  record Call(Subject subject, String action, String resource, Map<String, List<String>> keys) {}

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  String json() {
    List<String> texts = new ArrayList<>();
    for (PlainStatement statement : statements) {
      texts.add(json(statement));
    }
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", texts) + "]}";
  }

  private static String json(PlainStatement statement) {
    StringBuilder text = new StringBuilder("{\"Effect\":\"");
    text.append(statement.deny ? "Deny" : "Allow").append('"');
    if (statement.principals != null) {
      text.append(statement.notPrincipals ? ",\"NotPrincipal\":" : ",\"Principal\":");
      text.append("{\"AWS\":").append(list(statement.principals)).append('}');
    }
    text.append(statement.notActions ? ",\"NotAction\":" : ",\"Action\":");
    text.append(list(statement.actions));
    text.append(statement.notResources ? ",\"NotResource\":" : ",\"Resource\":");
    text.append(list(statement.resources));
    List<String> conditions = new ArrayList<>();
    for (PlainCondition each : statement.conditions) {
      String name = each.prefix + each.operator + each.suffix;
      conditions.add("\"" + name + "\":{\"" + each.key + "\":" + list(each.values) + "}");
    }
    return text + ",\"Condition\":{" + String.join(",", conditions) + "}}";
  }

  private static String list(List<String> texts) {
    List<String> quoted = texts.stream().map(text -> "\"" + text + "\"").toList();
    return "[" + String.join(",", quoted) + "]";
  }

  /** What the sheet says: deny first, the resource's policy, then all others together. */
  static boolean allowed(
      List<PlainPolicy> identity,
      @Nullable PlainPolicy boundary,
      @Nullable PlainPolicy session,
      @Nullable PlainPolicy resource,
      boolean resourceDecides,
      Call call) {
    List<PlainPolicy> all = new ArrayList<>(identity);
    for (PlainPolicy each : new @Nullable PlainPolicy[] {boundary, session, resource}) {
      if (each != null) {
        all.add(each);
      }
    }
    if (all.stream().anyMatch(policy -> policy.says(true, call, "any"))) {
      return false;
    }
    boolean self = resource != null && resource.says(false, call, "self");
    boolean role = resource != null && resource.says(false, call, "role");
    boolean account = resource != null && resource.says(false, call, "account");
    if (self) {
      return true;
    }
    if (resourceDecides && !role && !account) {
      return false;
    }
    boolean own = identity.stream().anyMatch(policy -> policy.says(false, call, "any"));
    boolean given = role || (account && !resourceDecides);
    return (given || own)
        && (boundary == null || boundary.says(false, call, "any"))
        && (session == null || session.says(false, call, "any"));
  }

  private boolean says(boolean deny, Call call, String how) {
    return statements.stream()
        .anyMatch(each -> each.deny == deny && meant(each, call, how) && covers(each, call));
  }

  private static boolean meant(PlainStatement statement, Call call, String how) {
    if (statement.principals == null) {
      return true;
    }
    boolean self = statement.principals.contains(call.subject.arn());
    boolean role =
        statement.principals.contains("*")
            || (call.subject.roleArn() != null
                && statement.principals.contains(call.subject.roleArn()));
    boolean account = statement.principals.contains(call.subject.accountId());
    if (statement.notPrincipals) {
      return !(self || role || account) && (how.equals("role") || how.equals("any"));
    }
    return switch (how) {
      case "self" -> self;
      case "role" -> role;
      case "account" -> account;
      default -> self || role || account;
    };
  }

  private static boolean covers(PlainStatement statement, Call call) {
    boolean action =
        statement.actions.stream()
            .anyMatch(each -> glob(lower(each), lower(call.action), Map.of()));
    boolean resource =
        statement.resources.stream().anyMatch(each -> glob(each, call.resource, call.keys));
    return action != statement.notActions
        && resource != statement.notResources
        && statement.conditions.stream().allMatch(each -> holds(each, call.keys));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean holds(PlainCondition condition, Map<String, List<String>> keys) {
    List<String> given = keys.get(lower(condition.key));
    if (condition.operator.equals("Null")) {
      return condition.values.contains(given == null ? "true" : "false");
    }
    boolean not = condition.operator.contains("Not");
    if (given == null) {
      return switch (condition.prefix) {
        case "ForAllValues:" -> true;
        case "ForAnyValue:" -> !condition.suffix.isEmpty();
        default -> not || !condition.suffix.isEmpty();
      };
    }
    String positive = condition.operator.replace("Not", "");
    List<Boolean> each = new ArrayList<>();
    for (String value : given) {
      boolean some =
          condition.values.stream().anyMatch(want -> compares(positive, want, value, keys));
      each.add(some != not);
    }
    return switch (condition.prefix) {
      case "ForAllValues:" -> !each.contains(false);
      case "ForAnyValue:" -> each.contains(true);
      default ->
          !Set.of("aws:tagkeys").contains(lower(condition.key))
              && given.size() == 1
              && each.getFirst();
    };
  }

  private static boolean compares(
      String operator, String raw, String value, Map<String, List<String>> keys) {
    if (operator.endsWith("Like") && operator.startsWith("String")) {
      return glob(raw, value, keys);
    }
    String want = substituted(raw, keys);
    if (want == null) {
      return false;
    }
    if (operator.startsWith("Arn")) {
      String[] ours = raw.split(":", 6);
      String[] theirs = value.split(":", 6);
      boolean all = ours.length == 6 && theirs.length == 6;
      for (int at = 0; all && at < 6; at++) {
        all = glob(ours[at], theirs[at], keys);
      }
      return all;
    }
    return switch (operator) {
      case "StringEquals", "BinaryEquals" -> want.equals(value);
      case "StringEqualsIgnoreCase", "Bool" -> want.equalsIgnoreCase(value);
      case "IpAddress" -> inRange(want, value);
      default ->
          operator.startsWith("Numeric")
              ? ordered(operator, number(value), number(want))
              : ordered(operator, time(value), time(want));
    };
  }

  private static <T extends Comparable<T>> boolean ordered(
      String operator, @Nullable T value, @Nullable T want) {
    if (value == null || want == null) {
      return false;
    }
    int order = value.compareTo(want);
    if (operator.endsWith("LessThan")) {
      return order < 0;
    }
    if (operator.endsWith("LessThanEquals")) {
      return order <= 0;
    }
    if (operator.endsWith("GreaterThan")) {
      return order > 0;
    }
    return operator.endsWith("GreaterThanEquals") ? order >= 0 : order == 0;
  }

  private static @Nullable BigDecimal number(String text) {
    return text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text) : null;
  }

  private static @Nullable Instant time(String text) {
    return text.matches("[0-9-]+T[0-9:]+Z") ? Instant.parse(text) : null;
  }

  private static boolean inRange(String range, String address) {
    if (!address.matches("[0-9.]+") || !range.matches("[0-9./]+")) {
      return false;
    }
    String[] parts = range.split("/");
    long mask = parts.length == 1 ? -1L : -1L << (32 - Integer.parseInt(parts[1]));
    return (bits(parts[0]) & mask) == (bits(address) & mask);
  }

  private static long bits(String address) {
    long bits = 0;
    for (String part : address.split("\\.")) {
      bits = bits * 256 + Integer.parseInt(part);
    }
    return bits;
  }

  private static @Nullable String substituted(String raw, Map<String, List<String>> keys) {
    return built(raw, keys, false);
  }

  private static boolean glob(String raw, String value, Map<String, List<String>> keys) {
    String regex = built(raw, keys, true);
    return regex != null && Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
  }

  private static @Nullable String built(
      String raw, Map<String, List<String>> keys, boolean asRegex) {
    StringBuilder built = new StringBuilder();
    Matcher variables = VARIABLE.matcher(raw);
    int at = 0;
    while (variables.find()) {
      built.append(part(raw.substring(at, variables.start()), asRegex));
      String value = value(variables.group(1), keys);
      if (value == null) {
        return null;
      }
      built.append(asRegex ? Pattern.quote(value) : value);
      at = variables.end();
    }
    return built.append(part(raw.substring(at), asRegex)).toString();
  }

  private static @Nullable String value(String inside, Map<String, List<String>> keys) {
    if (inside.length() == 1) {
      return inside;
    }
    String[] parts = inside.split(",", 2);
    List<String> values = keys.get(lower(parts[0].strip()));
    if (values != null && values.size() == 1) {
      return values.getFirst();
    }
    return parts.length == 1 ? null : parts[1].strip().replace("'", "");
  }

  private static String part(String text, boolean asRegex) {
    if (!asRegex) {
      return text;
    }
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      regex.append(
          letter == '*' ? ".*" : letter == '?' ? "." : Pattern.quote(String.valueOf(letter)));
    }
    return regex.toString();
  }
}
