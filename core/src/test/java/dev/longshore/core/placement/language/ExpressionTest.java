package dev.longshore.core.placement.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What expressions mean, asked of the four instances of {@link Machine#EXAMPLES}. */
class ExpressionTest {
  @ParameterizedTest
  @FieldSource("dev.longshore.core.placement.language.Examples#ALL")
  void the_examples_mean_these_instances(Examples.Example example) {
    assertThat(meant(example.expression())).isEqualTo(example.instances());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1; agentConnected==true&&runningTasksCount<1",
        "1,4; attribute:stack==prod||attribute:stack==dev",
        "1,4; ( ( attribute:stack == prod ) )",
        "2,3; !!!(attribute:stack == prod)",
        "2,3; not attribute:stack == prod",
        "1,4; attribute:stack == \"prod\"",
        "1,4; attribute:stack in[prod]",
        "2; attribute:stack !in [ 'prod' , \"dev\" ]",
        "1,2; attribute:ecs.instance-type =~ '(t|g)2\\.(small|2xlarge)'",
        "1,2,3; attribute:ecs.instance-type =~ t2.*|g2.*",
        "3; attribute:ecs.instance-type =~ g2\\.[5-9]x[a-z]{1,5}",
        "2,3; attribute:ecs.instance-type not_matches t.* and not attribute:rack exists",
        "3; task:group in [family:web, other]",
        "2; task:group =~ service:.*",
        "1,3,4; task:group !~ service:.*",
        "1,2; task:group != database",
        "1,2; task:group not_in [database]",
        "3; agentConnected in [false]",
        "1,2,4; agentConnected =~ t.*",
        "2,3; ec2InstanceId !in [i-aaa1, i-ddd4]",
        "3,4; ec2InstanceId !~ i-[ab].*",
      })
  void every_spelling_is_understood(String instances, String expression) {
    assertThat(meant(expression)).isEqualTo(numbers(instances));
  }

  @Test
  void blanks_of_every_kind_separate_words() {
    assertThat(meant(" \tattribute:stack\n==\r\n prod  and\tagentConnected == true ")).hasSize(2);
  }

  @Test
  void a_part_of_a_value_is_no_match() {
    assertThat(meant("attribute:ecs.instance-type =~ g2")).isEmpty();
    assertThat(meant("attribute:ecs.instance-type =~ 2.2xlarge")).isEmpty();
  }

  @Test
  void texts_are_compared_letter_by_letter_with_their_case() {
    assertThat(meant("attribute:stack == Prod")).isEmpty();
    assertThat(meant("attribute:stack < q")).isEqualTo(numbers("1,4"));
    assertThat(meant("attribute:stack > prod")).isEqualTo(numbers("2"));
  }

  @Test
  void attributes_that_are_numbers_are_compared_by_size() {
    Machine ten = Machine.EXAMPLES.getFirst().with("rank", "10").with("load", "-1.5");
    assertThat(Expression.compile("attribute:rank > 9").matches(ten)).isTrue();
    assertThat(Expression.compile("attribute:rank >= 10.0").matches(ten)).isTrue();
    assertThat(Expression.compile("attribute:rank less_than_equal 9").matches(ten)).isFalse();
    assertThat(Expression.compile("attribute:load < -1.25").matches(ten)).isTrue();
    assertThat(Expression.compile("attribute:rank < 9a").matches(ten)).isTrue();
    assertThat(Expression.compile("attribute:rank == 10.0").matches(ten)).isFalse();
  }

  @Test
  void an_attribute_with_a_name_only_exists_and_has_another_value() {
    Machine marked = Machine.EXAMPLES.getFirst().with("gpu", "");
    assertThat(Expression.compile("attribute:gpu exists").matches(marked)).isTrue();
    assertThat(Expression.compile("attribute:gpu != big").matches(marked)).isTrue();
    assertThat(Expression.compile("attribute:gpu == ''").matches(marked)).isTrue();
  }

  @Test
  void what_an_instance_never_told_equals_nothing_and_differs_from_nothing() {
    Machine silent = Machine.EXAMPLES.getFirst().known(null, null);
    for (String expression :
        List.of(
            "agentVersion == 1.0",
            "agentVersion != 1.0",
            "agentVersion < 9",
            "ec2InstanceId == i-1",
            "ec2InstanceId != i-1",
            "ec2InstanceId !in [i-1]")) {
      assertThat(Expression.compile(expression).matches(silent)).as(expression).isFalse();
    }
  }

  @Test
  void versions_are_compared_number_by_number() {
    Machine machine = Machine.EXAMPLES.getFirst();
    Machine candidate = machine.known("1.80.0-rc1", null);
    assertThat(Expression.compile("agentVersion == 1.80").matches(candidate)).isTrue();
    assertThat(Expression.compile("agentVersion > 1.80.0.0.1").matches(candidate)).isFalse();
    assertThat(Expression.compile("agentVersion less_than 1.100").matches(candidate)).isTrue();
    Machine odd = machine.known("simulated", null);
    assertThat(Expression.compile("agentVersion > 0").matches(odd)).isFalse();
    Machine huge = machine.known("99999999999999999999.1", null);
    assertThat(Expression.compile("agentVersion > 0").matches(huge)).isFalse();
  }

  @Test
  void moments_are_written_with_or_without_offset_seconds_and_fraction() {
    assertThat(meant("registeredAt == 2018-06-19T00:28:28+02:00")).isEqualTo(numbers("3"));
    assertThat(meant("registeredAt == 2018-02-13T10:00Z")).isEqualTo(numbers("2"));
    assertThat(meant("registeredAt == 2018-02-13T05:00-05:00")).isEqualTo(numbers("2"));
    assertThat(meant("registeredAt not_equals 2020-01-01")).isEqualTo(numbers("1,2,3"));
    assertThat(meant("registeredAt <= 2018-06-18T22:28:28.000Z")).isEqualTo(numbers("1,2,3"));
  }

  @Test
  void an_expression_tells_whether_it_reads_tasks() {
    assertThat(Expression.compile("attribute:a exists and runningTasksCount < 3").readsTasks())
        .isTrue();
    assertThat(Expression.compile("attribute:a exists or !(task:group == g)").readsTasks())
        .isTrue();
    assertThat(Expression.compile("agentVersion > 1 and agentConnected == true").readsTasks())
        .isFalse();
  }

  @Test
  void expressions_are_equal_if_their_texts_are() {
    Expression expression = Expression.compile("attribute:a exists");
    assertThat(expression).isEqualTo(Expression.compile("attribute:a exists"));
    assertThat(expression).isNotEqualTo(Expression.compile("attribute:b exists"));
    assertThat(expression).hasToString(expression.text());
  }

  private static List<Integer> meant(String text) {
    Expression expression = Expression.compile(text);
    return IntStream.rangeClosed(1, Machine.EXAMPLES.size())
        .filter(number -> expression.matches(Machine.EXAMPLES.get(number - 1)))
        .boxed()
        .toList();
  }

  private static List<Integer> numbers(String list) {
    return List.of(list.split(",", -1)).stream().map(Integer::valueOf).toList();
  }
}
