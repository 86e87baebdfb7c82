package dev.longshore.core.placement.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no expression, and what the caller is told. */
class FaultTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "14; agentVersion =~ 1.*; this operator does not apply to agentVersion",
        "19; attribute:stack ==; a value is expected here",
        "1; foo == 1; nothing can be asked about 'foo'",
        "20; attribute:stack in prod; a list such as [a, b] is expected here",
        "3; ((a; nothing can be asked about 'a'",
        "1; ``; a subject such as attribute:<name> is expected here",
        "1; == prod; a subject such as attribute:<name> is expected here",
        "1; attribute: exists; this is not the name of an attribute",
        "1; attribute:a:b exists; this is not the name of an attribute",
        "21; attribute:a == b or and; nothing can be asked about 'and'",
        "12; attribute:a; an operator is expected here",
        "18; attribute:a == b attribute:c == d; 'and' or 'or' is expected here, or the end",
        "18; attribute:a == b ); 'and' or 'or' is expected here, or the end",
        "18; attribute:a == b AND attribute:c == d; 'and' or 'or' is expected here, or the end",
        "18; (attribute:a == b; the parenthesis opened at position 1 is not closed here",
        "16; attribute:a == 'b; this quotation mark is never closed",
        "21; attribute:a in [b, c; ',' or ']' is expected here",
        "17; attribute:a in []; a value is expected here",
        "19; attribute:a in [b,]; a value is expected here",
        "13; attribute:a = b; an operator is expected here",
        "13; attribute:a EXISTS; an operator is expected here",
        "16; agentConnected > true; this operator does not apply to agentConnected",
        "12; task:group exists; this operator does not apply to task:group",
        "19; runningTasksCount in [1]; this operator does not apply to runningTasksCount",
        "19; agentConnected == True; true or false is expected here",
        "26; agentConnected in [true, yes]; true or false is expected here",
        "17; agentVersion == v1.2; a version such as 1.14.5 is expected here",
        "17; agentVersion == 1..2; a version such as 1.14.5 is expected here",
        "17; agentVersion == 1.; a version such as 1.14.5 is expected here",
        "22; runningTasksCount == 1.5; a whole number is expected here",
        "22; runningTasksCount == 99999999999999999999; a whole number is expected here",
        "18; ec2InstanceId == arn:aws:ec2:us-east-1:1:instance/i-1;"
            + " an id is expected here, and not an ARN",
      })
  void what_is_wrong_is_told_with_its_position(int position, String expression, String what) {
    assertThatThrownBy(() -> Expression.compile(expression))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid expression at position " + position + ": " + what + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2018-13-01",
        "2018",
        "yesterday",
        "2018-06-18T25:00",
        "2018-06-18T22:28:28+99:00"
      })
  void a_moment_that_is_none_is_a_fault(String moment) {
    assertThatThrownBy(() -> Expression.compile("registeredAt > " + moment))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("position 16: a date such as");
  }

  @Test
  void a_glob_is_no_regular_expression() {
    assertThatThrownBy(() -> Expression.compile("attribute:ecs.instance-type =~ *"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage(
            "Invalid expression at position 32: the regular expression is not valid: missing"
                + " argument to repetition operator.");
  }

  @Test
  void as_many_as_2000_characters_are_allowed() {
    String longest = "attribute:a == " + "b".repeat(1985);
    assertThatCode(() -> Expression.compile(longest)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Expression.compile(longest + 'b'))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid expression: it has 2001 characters, and may have at most 2000.");
  }

  @Test
  void what_is_nested_deeper_than_100_is_a_fault_and_not_a_stack_overflow() {
    String inner = "attribute:a exists";
    assertThatCode(() -> Expression.compile("(".repeat(100) + inner + ")".repeat(100)))
        .doesNotThrowAnyException();
    for (String opening : List.of("(", "!", "!(", "not ", "not(", "( ")) {
      assertThatThrownBy(() -> Expression.compile(opening.repeat(1900 / opening.length()) + inner))
          .as(opening)
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("it is nested more than 100 deep");
    }
  }

  @Test
  void a_long_chain_is_not_deep() {
    String chain = "attribute:a exists" + " or attribute:a exists".repeat(90);
    assertThat(Expression.compile(chain).matches(Machine.EXAMPLES.getFirst())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((x{100}){100}){100}",
        "((((x{1000}){1000}){1000}){1000}){1000}",
        "(x{1000})(?i){1000}",
        "(x{1000})\\Q\\E{1000}",
        "(?:\\pL{1,1000}){2,}{1000}",
        ".{999}.{999}",
        "(((((((x{50}y{50}){5}z){5}){5}){5}){5}){5}){5}",
      })
  void a_small_pattern_that_unfolds_to_a_large_one_is_a_fault(String pattern) {
    assertThatThrownBy(() -> Expression.compile("attribute:a =~ '" + pattern + "'"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid expression at position 16: the regular expression is too large.");
  }

  @Test
  void many_patterns_together_are_as_bounded_as_one() {
    String one = "attribute:a =~ .{300}";
    assertThatCode(() -> Expression.compile(one + " or " + one + " or " + one))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Expression.compile(one + (" or " + one).repeat(3)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("position 91: the regular expression is too large");
  }

  @Test
  void patterns_that_ruin_a_backtracking_engine_are_answered() {
    Machine machine = Machine.EXAMPLES.getFirst().with("a", "a".repeat(255));
    for (String pattern : List.of("(a|aa)+b", "(a*)*b", "(.*)*(.*)*(.*)*x", "(a?){90}b")) {
      assertThat(Expression.compile("attribute:a =~ '" + pattern + "'").matches(machine)).isFalse();
    }
  }

  @Test
  void a_pattern_nested_a_thousand_deep_is_a_fault() {
    String pattern = "(".repeat(900) + "a" + ")".repeat(900);
    assertThatThrownBy(() -> Expression.compile("attribute:a =~ '" + pattern + "'"))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("the regular expression is too large");
  }
}
