package dev.longshore.gateway.route;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A condition, made ready. */
interface Criterion {
  boolean meets(Asked asked);

  /**
   * Makes a condition ready.
   *
   * @throws IllegalArgumentException for a CIDR block or an expression that is none
   */
  static Criterion of(Condition condition) {
    return switch (condition) {
      case Condition.HostHeader each -> texts(each.values(), each.expressions(), true, Asked::host);
      case Condition.PathPattern each ->
          texts(each.values(), each.expressions(), false, Asked::path);
      case Condition.HttpHeader each -> header(each);
      case Condition.HttpRequestMethod each -> asked -> each.values().contains(asked.method());
      case Condition.QueryString each -> QueryCriterion.of(each);
      case Condition.SourceIp each -> {
        List<Block> blocks = each.values().stream().map(Block::of).toList();
        yield asked -> blocks.stream().anyMatch(block -> block.holds(asked.source()));
      }
    };
  }

  private static Criterion texts(
      List<String> values,
      List<String> expressions,
      boolean ignoreCase,
      Function<Asked, String> part) {
    Texts texts = Texts.of(values, expressions, ignoreCase);
    return asked -> texts.matches(part.apply(asked));
  }

  private static Criterion header(Condition.HttpHeader header) {
    Texts texts = Texts.of(header.values(), header.expressions(), true);
    return asked -> {
      for (String value : asked.header(header.name())) {
        if (texts.matches(value)) {
          return true;
        }
      }
      return false;
    };
  }

  /** Patterns and expressions of which one has to match. */
  record Texts(List<Glob> globs, List<Pattern> expressions) {
    static Texts of(List<String> values, List<String> expressions, boolean ignoreCase) {
      int flags = ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
      return new Texts(
          values.stream().map(value -> new Glob(value, ignoreCase)).toList(),
          expressions.stream().map(each -> compiled(each, flags)).toList());
    }

    private static Pattern compiled(String expression, int flags) {
      try {
        return Pattern.compile(expression, flags);
      } catch (com.google.re2j.PatternSyntaxException e) {
        throw new IllegalArgumentException("no expression: " + expression, e);
      }
    }

    boolean matches(@Nullable String text) {
      if (text == null) {
        return false;
      }
      for (Glob glob : globs) {
        if (glob.matches(text)) {
          return true;
        }
      }
      for (Pattern expression : expressions) {
        if (expression.matcher(text).find()) {
          return true;
        }
      }
      return false;
    }
  }
}
