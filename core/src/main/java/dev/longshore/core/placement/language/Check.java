package dev.longshore.core.placement.language;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check of one text. */
sealed interface Check {
  boolean passes(String value);

  record Equal(String wanted) implements Check {
    @Override
    public boolean passes(String value) {
      return wanted.equals(value);
    }
  }

  record OneOf(List<String> wanted) implements Check {
    @Override
    public boolean passes(String value) {
      return wanted.contains(value);
    }
  }

  /** The whole text matches, not only a part of it. */
  record Matching(Pattern pattern) implements Check {
    @Override
    public boolean passes(String value) {
      return pattern.matches(value);
    }
  }

  /** By size where both are numbers, else letter by letter. */
  record Ordered(Order order, String limit, @Nullable BigDecimal number) implements Check {
    @Override
    public boolean passes(String value) {
      BigDecimal theirs = number == null ? null : Values.number(value);
      return order.holds(
          number == null || theirs == null ? value.compareTo(limit) : theirs.compareTo(number));
    }
  }

  record Not(Check check) implements Check {
    @Override
    public boolean passes(String value) {
      return !check.passes(value);
    }
  }
}
