package dev.longshore.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArnTest {
  private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

  @Test
  void an_arn_is_taken_apart() {
    Arn arn = Arn.parse("arn:aws:ecs:us-east-1:123456789012:task-definition/web:1").orElseThrow();
    assertThat(arn)
        .isEqualTo(new Arn("aws", "ecs", "us-east-1", "123456789012", "task-definition/web:1"));
    assertThat(arn.type()).isEqualTo("task-definition");
    assertThat(arn.segments()).containsExactly("task-definition", "web:1");
    assertThat(arn.isIn(PLACE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "arn", "web", "arn:aws:ecs", "arn:::::", "urn:aws:ecs:a:b:c"})
  void what_is_no_arn_is_none(String text) {
    assertThat(Arn.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecs:us-east-1:123456789013:cluster/a",
        "arn:aws:ecs:us-east-2:123456789012:cluster/a",
        "arn:aws-cn:ecs:us-east-1:123456789012:cluster/a",
        "arn:aws:ec2:us-east-1:123456789012:cluster/a"
      })
  void a_place_is_a_partition_a_region_and_an_account(String text) {
    assertThat(Arn.parse(text).orElseThrow().isIn(PLACE)).isFalse();
  }
}
