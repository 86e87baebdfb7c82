package dev.longshore.core.secret;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.RotateSecretRequest;
import dev.longshore.shapes.secretsmanager.RotationRulesType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotation as far as it goes without functions: its rules are read and nothing begins. */
class RotationTest {
  private final Harbour harbour = new Harbour();

  @BeforeEach
  void create() {
    harbour.call(
        new CreateSecret(new SecretSeals(new OpenVault())),
        CreateSecretRequest.builder().name("db").secretString("one").build());
  }

  private void rotate(RotationRulesType rules) {
    var request = RotateSecretRequest.builder().secretId("db").rotationRules(rules).build();
    harbour.ask(new RotateSecret(), request);
  }

  private static RotationRulesType.Builder schedule(String expression) {
    return RotationRulesType.builder().scheduleExpression(expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(3 hours)",
        "rate(0 days)",
        "rate(1000 days)",
        "rate(5 minutes)",
        "cron(5 8 1 * ? *)",
        "cron(0 8)",
        "daily"
      })
  void a_schedule_is_hours_days_or_a_cron_expression_on_the_hour(String expression) {
    assertThatThrownBy(() -> rotate(schedule(expression).build()))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The schedule expression isn't valid: " + expression);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate(4 hours)", "rate(10 days)", "cron(0 8 1 * ? *)"})
  void a_good_schedule_lacks_nothing_but_a_function(String expression) {
    assertThatThrownBy(() -> rotate(schedule(expression).build()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("No Lambda rotation function ARN is associated with this secret.");
    assertThatThrownBy(() -> rotate(schedule(expression).automaticallyAfterDays(3L).build()))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("You cannot specify both rotation frequency and schedule");
  }

  @Test
  void there_is_no_rotation_to_cancel() {
    var cancel = CancelRotateSecretRequest.builder().secretId("db").build();
    assertThatThrownBy(() -> harbour.ask(new CancelRotateSecret(), cancel))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("doesn't already have a Lambda function ARN");
  }
}
