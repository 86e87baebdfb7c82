package dev.longshore.wire.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.Bounds;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TagResourceRequest;
import dev.longshore.shapes.sts.AssumeRoleRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class ValidationTest {
  @Test
  void a_sound_request_breaks_nothing() {
    var request =
        RunTaskRequest.builder()
            .taskDefinition("web:1")
            .launchType("FARGATE")
            .tags(List.of(Tag.builder().key("team").value("blue").build()))
            .build();
    assertThat(Validation.check(request)).isEmpty();
  }

  @Test
  void an_absent_required_member_is_null() {
    assertThat(message(RunTaskRequest.builder().build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'taskDefinition' failed to satisfy"
                + " constraint: Member must not be null");
  }

  @Test
  void violations_are_counted_and_joined() {
    var request =
        AssumeRoleRequest.builder().roleArn("short").roleSessionName("a b").durationSeconds(1);
    assertThat(message(request.build()))
        .isEqualTo(
            "3 validation errors detected: Value 'short' at 'roleArn' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 20; Value 'a b'"
                + " at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular"
                + " expression pattern: [\\w+=,.@-]*; Value '1' at 'durationSeconds' failed to"
                + " satisfy constraint: Member must have value greater than or equal to 900");
  }

  @Test
  void an_unknown_value_of_an_enum_lists_the_known_ones() {
    assertThat(message(RunTaskRequest.builder().taskDefinition("w").launchType("MOON").build()))
        .isEqualTo(
            "1 validation error detected: Value 'MOON' at 'launchType' failed to satisfy"
                + " constraint: Member must satisfy enum value set:"
                + " [EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES]");
  }

  @Test
  void structures_in_lists_are_named_by_their_position() {
    var tags =
        List.of(Tag.builder().key("ok").build(), Tag.builder().key("bad!").value("v").build());
    var violations =
        Validation.check(TagResourceRequest.builder().resourceArn("arn").tags(tags).build());
    assertThat(violations)
        .singleElement()
        .extracting(Violation::path)
        .isEqualTo("tags.2.member.key");
    assertThat(violations.getFirst().rule()).isEqualTo(Rule.PATTERN);
    assertThat(violations.getFirst().value()).isEqualTo("bad!");
  }

  @Test
  void scalars_in_lists_are_a_fault_of_the_list() {
    var request =
        RegisterTaskDefinitionRequest.builder()
            .family("f")
            .containerDefinitions(List.of())
            .requiresCompatibilities(List.of("EC2", "MARS", "MOON"))
            .build();
    assertThat(message(request))
        .isEqualTo(
            "1 validation error detected: Value '[EC2, MARS, MOON]' at 'requiresCompatibilities'"
                + " failed to satisfy constraint: Member must satisfy constraint: [Member must"
                + " satisfy enum value set: [EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES]]");
  }

  @Test
  void numbers_have_ranges() {
    var item = CapacityProviderStrategyItem.builder().capacityProvider("c").weight(1001).build();
    var request =
        RunTaskRequest.builder().taskDefinition("w").capacityProviderStrategy(List.of(item));
    assertThat(message(request.build()))
        .isEqualTo(
            "1 validation error detected: Value '1001' at"
                + " 'capacityProviderStrategy.1.member.weight' failed to satisfy constraint:"
                + " Member must have value less than or equal to 1000");
  }

  @Test
  void a_long_value_is_shortened_and_the_number_of_findings_is_bounded() {
    var odd = Tag.builder().key("!".repeat(100_000)).build();
    var request =
        TagResourceRequest.builder()
            .resourceArn("arn")
            .tags(Collections.nCopies(100_000, odd))
            .build();
    var violations = Validation.check(request);
    assertThat(violations).hasSize(100);
    assertThat(Validation.message(violations).length()).isLessThan(200_000);
  }

  @Test
  void a_text_that_makes_a_pattern_backtrack_is_refused_soon() {
    var nested = ScalarType.of("Nested", Kind.STRING).matching("(a+)+b");
    var recursive = ScalarType.of("Recursive", Kind.STRING).matching("(a|b)*");
    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertThat(BoundedMatch.matches(nested, "a".repeat(200))).isFalse();
          assertThat(BoundedMatch.matches(recursive, "ab".repeat(5_000_000))).isFalse();
        });
    assertThat(BoundedMatch.matches(nested, "aaab")).isTrue();
  }

  @Test
  void length_counts_characters_not_chars() {
    var type = ScalarType.of("Short", Kind.STRING).within(Bounds.atMost(2));
    var requirement = Requirement.of(type).getFirst();
    assertThat(requirement.test().holds("😀😀")).isTrue();
    assertThat(requirement.test().holds("😀😀😀")).isFalse();
  }

  private static String message(Shape shape) {
    return Validation.message(Validation.check(shape));
  }
}
