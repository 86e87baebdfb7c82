package dev.longshore.core.placement.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Seeded: a failure names the seed, and the seed repeats it. */
class ExpressionFuzzTest {
  private static final List<String> WORDS =
      List.of(
          "attribute:",
          "attribute:stack",
          "task:group",
          "agentConnected",
          "agentVersion",
          "registeredAt",
          "runningTasksCount",
          "ec2InstanceId",
          "==",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "=~",
          "!~",
          "in",
          "!in",
          "not_in",
          "exists",
          "!exists",
          "matches",
          "equals",
          "and",
          "or",
          "not",
          "!",
          "&&",
          "||",
          "&",
          "|",
          "(",
          ")",
          "[",
          "]",
          ",",
          "'",
          "\"",
          " ",
          "\t",
          "true",
          "1.14.5",
          "2018-06-18",
          "prod",
          "g2.*",
          "{1000}",
          "\\",
          "\\Q",
          "\\E",
          "(?i)",
          "x{9}",
          "*",
          "+",
          "0",
          "-",
          "é",
          "\u0000",
          "\uD83D",
          "arn:");

  @Test
  void garbage_is_an_expression_or_the_callers_fault_and_nothing_else() {
    for (int seed = 0; seed < 40_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int words = 1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
      for (int at = 0; at < words; at++) {
        text.append(pick(random, WORDS));
        text.append(random.nextBoolean() ? " " : "");
      }
      isAnswered(seed, text.toString());
    }
  }

  @Test
  void expressions_with_a_few_words_more_or_less_are_answered_too() {
    int understood = 0;
    int faults = 0;
    for (int seed = 0; seed < 40_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(any(random, 2).text());
      for (int times = random.nextInt(3); times >= 0; times--) {
        int at = random.nextInt(text.length() + 1);
        int until = Math.min(text.length(), at + random.nextInt(6));
        text.replace(at, until, random.nextBoolean() ? pick(random, WORDS) : "");
      }
      if (isAnswered(seed, text.toString())) {
        understood++;
      } else {
        faults++;
      }
    }
    assertThat(understood).isGreaterThan(2_000);
    assertThat(faults).isGreaterThan(20_000);
  }

  /** Whether it was understood; anything but an answer or the caller's fault fails the test. */
  private static boolean isAnswered(int seed, String text) {
    try {
      Expression expression = Expression.compile(text);
      for (Machine machine : Machine.EXAMPLES) {
        boolean first = expression.matches(machine);
        assertThat(expression.matches(machine)).as("seed %d: %s", seed, text).isEqualTo(first);
      }
      return true;
    } catch (InvalidParameterException fault) {
      assertThat(fault.getMessage()).startsWith("Invalid expression").hasSizeLessThan(300);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
  }

  /** A random expression that is one, with what it means said in Java. */
  private record Said(String text, Predicate<Machine> meaning) {}

  @Test
  void random_expressions_mean_what_was_meant() {
    int tried = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Said said = any(new Random(seed), 3);
      if (said.text().length() > Expression.MAX_LENGTH) {
        continue;
      }
      tried++;
      Expression expression = Expression.compile(said.text());
      for (Machine machine : Machine.EXAMPLES) {
        assertThat(expression.matches(machine))
            .as("seed %d: %s of %s", seed, said.text(), machine)
            .isEqualTo(said.meaning().test(machine));
      }
    }
    assertThat(tried).isGreaterThan(19_000);
  }

  private static Said any(Random random, int depth) {
    Said said = all(random, depth);
    int more = random.nextInt(3);
    for (int at = 0; at < more; at++) {
      Said right = all(random, depth);
      said =
          new Said(
              said.text() + pick(random, " or ", "||", " || ") + right.text(),
              said.meaning().or(right.meaning()));
    }
    return said;
  }

  private static Said all(Random random, int depth) {
    Said said = one(random, depth);
    int more = random.nextInt(3);
    for (int at = 0; at < more; at++) {
      Said right = one(random, depth);
      said =
          new Said(
              said.text() + pick(random, " and ", "&&", " && ") + right.text(),
              said.meaning().and(right.meaning()));
    }
    return said;
  }

  private static Said one(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 1) {
      Said inner = any(random, depth - 1);
      return new Said('(' + inner.text() + ')', inner.meaning());
    }
    if (kind == 2) {
      Said inner = one(random, depth - 1);
      return new Said(pick(random, "!", "not ", "! ") + inner.text(), inner.meaning().negate());
    }
    return switch (random.nextInt(4)) {
      case 0 -> stack(random);
      case 1 -> tasks(random);
      case 2 -> group(random);
      default ->
          new Said("attribute:rack exists", machine -> machine.attributes().containsKey("rack"));
    };
  }

  private static Said stack(Random random) {
    String value = pick(random, "prod", "test", "dev");
    boolean equal = random.nextBoolean();
    return new Said(
        "attribute:stack " + (equal ? "==" : "!=") + ' ' + value,
        machine -> {
          String theirs = machine.attributes().get("stack");
          return theirs != null && theirs.equals(value) == equal;
        });
  }

  private static Said tasks(Random random) {
    int count = random.nextInt(5);
    return random.nextBoolean()
        ? new Said("runningTasksCount>" + count, machine -> machine.runningTasksCount() > count)
        : new Said("runningTasksCount <= " + count, it -> it.runningTasksCount() <= count);
  }

  private static Said group(Random random) {
    String group = pick(random, "database", "family:web", "service:production");
    return random.nextBoolean()
        ? new Said("task:group in ['" + group + "']", it -> it.groups().contains(group))
        : new Said("task:group != " + group, it -> !it.groups().contains(group));
  }

  private static String pick(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String pick(Random random, String... of) {
    return pick(random, List.of(of));
  }
}
