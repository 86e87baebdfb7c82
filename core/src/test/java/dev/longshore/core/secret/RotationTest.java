package dev.longshore.core.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.model.RotationStep;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.DeleteSecretRequest;
import dev.longshore.shapes.secretsmanager.DescribeSecretRequest;
import dev.longshore.shapes.secretsmanager.DescribeSecretResponse;
import dev.longshore.shapes.secretsmanager.GetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.PutSecretValueRequest;
import dev.longshore.shapes.secretsmanager.ResourceNotFoundException;
import dev.longshore.shapes.secretsmanager.RotateSecretRequest;
import dev.longshore.shapes.secretsmanager.RotateSecretResponse;
import dev.longshore.shapes.secretsmanager.RotationRulesType;
import dev.longshore.shapes.secretsmanager.UpdateSecretVersionStageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotation by a function that the test plays; the harbour's clock begins a year. */
class RotationTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate";
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

  private final Harbour harbour = new Harbour(new RotationReconciler());
  private final SecretSeals seals = new SecretSeals(new OpenVault());

  @BeforeEach
  void create() {
    harbour.call(
        new CreateSecret(seals),
        CreateSecretRequest.builder().name("db").secretString("one").build());
  }

  private static RotateSecretRequest.Builder rotation() {
    return RotateSecretRequest.builder()
        .secretId("db")
        .clientRequestToken(TOKEN)
        .rotationLambdaARN(FUNCTION);
  }

  private RotateSecretResponse rotate(RotateSecretRequest.Builder request) {
    return harbour.call(new RotateSecret(true), request.build());
  }

  private static RotationRulesType.Builder schedule(String expression) {
    return RotationRulesType.builder().scheduleExpression(expression);
  }

  private RotationCall due() {
    List<RotationCall> calls = RotationCall.all(harbour.state());
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  private boolean report(boolean done) {
    return harbour.call(new ReportRotation(), new ReportRotation.Report(due(), done));
  }

  private DescribeSecretResponse described() {
    return harbour.ask(
        new DescribeSecret(), DescribeSecretRequest.builder().secretId("db").build());
  }

  private @Nullable String value(String stage) {
    var request = GetSecretValueRequest.builder().secretId("db").versionStage(stage).build();
    return harbour.call(new GetSecretValue(seals), request).secretString();
  }

  private void put(String value) {
    harbour.call(
        new PutSecretValue(seals),
        PutSecretValueRequest.builder()
            .secretId("db")
            .clientRequestToken(due().run().versionId())
            .secretString(value)
            .versionStages(List.of("AWSPENDING"))
            .build());
  }

  /** What a function does in its last step. */
  private void finish() {
    var current =
        Secrets.labelled(harbour.state(), Secrets.existing(harbour.state(), "db"), "AWSCURRENT");
    harbour.call(
        new UpdateSecretVersionStage(),
        UpdateSecretVersionStageRequest.builder()
            .secretId("db")
            .versionStage("AWSCURRENT")
            .moveToVersionId(due().run().versionId())
            .removeFromVersionId(requireNonNull(current).id())
            .build());
  }

  private void rotateThrough(String value) {
    put(value);
    for (RotationStep step : RotationStep.values()) {
      assertThat(due().step()).isEqualTo(step);
      if (step == RotationStep.FINISH) {
        finish();
      }
      assertThat(report(true)).isTrue();
    }
  }

  @Test
  void a_rotation_asks_for_four_steps_and_ends_with_another_current_version() {
    assertThat(rotate(rotation()).versionId()).isEqualTo(TOKEN);
    assertThat(due().functionArn()).isEqualTo(FUNCTION);
    assertThat(due().payload().toString())
        .isEqualTo(
            "{Step=createSecret, SecretId="
                + described().arn()
                + ", ClientRequestToken="
                + TOKEN
                + "}");
    assertThat(described().versionIdsToStages()).containsEntry(TOKEN, List.of("AWSPENDING"));
    assertThatThrownBy(() -> value("AWSPENDING"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessage(
            "Secrets Manager can't find the specified secret value for staging label: AWSPENDING");
    harbour.advance(Duration.ofMinutes(1));
    rotateThrough("two");
    assertThat(RotationCall.all(harbour.state())).isEmpty();
    assertThat(value("AWSCURRENT")).isEqualTo("two");
    assertThat(value("AWSPREVIOUS")).isEqualTo("one");
    assertThat(described().rotationEnabled()).isTrue();
    assertThat(described().rotationLambdaARN()).isEqualTo(FUNCTION);
    assertThat(described().lastRotatedDate()).isEqualTo(Harbour.OPENING.plusSeconds(60));
    assertThat(described().nextRotationDate()).isNull();
  }

  @Test
  void a_step_that_failed_has_the_rotation_begin_anew_later_and_later() {
    rotate(rotation());
    assertThat(report(true)).isTrue();
    RotationCall late = due();
    assertThat(report(false)).isTrue();
    assertThat(harbour.call(new ReportRotation(), new ReportRotation.Report(late, true))).isFalse();
    assertThat(due().step()).isEqualTo(RotationStep.CREATE);
    assertThat(due().run().versionId()).isEqualTo(TOKEN);
    assertThat(due().callAt()).isEqualTo(Harbour.OPENING.plusSeconds(60));
    for (int failure = 0; failure < 20; failure++) {
      report(false);
    }
    assertThat(due().callAt()).isEqualTo(Harbour.OPENING.plusSeconds(3600));
    assertThatThrownBy(() -> rotate(rotation().clientRequestToken("2".repeat(32))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("A previous rotation isn't complete. That rotation will be reattempted.");
    assertThat(rotate(rotation()).versionId()).as("the same call again").isEqualTo(TOKEN);
  }

  @Test
  void a_function_that_does_not_make_its_version_the_current_one_has_not_finished() {
    rotate(rotation());
    put("two");
    for (int step = 0; step < 4; step++) {
      report(true);
    }
    assertThat(due().run().failures()).isEqualTo(1);
    assertThat(value("AWSCURRENT")).isEqualTo("one");
  }

  @Test
  void a_rotation_that_is_cancelled_leaves_its_version_pending() {
    rotate(rotation().rotationRules(schedule("rate(1 days)").build()));
    var cancel = CancelRotateSecretRequest.builder().secretId("db").build();
    assertThat(harbour.call(new CancelRotateSecret(), cancel).versionId()).isEqualTo(TOKEN);
    assertThat(RotationCall.all(harbour.state())).isEmpty();
    assertThat(described().rotationEnabled()).isFalse();
    assertThat(described().nextRotationDate()).isNull();
    assertThat(described().versionIdsToStages()).containsEntry(TOKEN, List.of("AWSPENDING"));
    harbour.advance(Duration.ofDays(3));
    assertThat(RotationCall.all(harbour.state())).isEmpty();
    assertThatThrownBy(() -> rotate(rotation().clientRequestToken("2".repeat(32))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("A previous rotation isn't complete.");
  }

  @Test
  void a_schedule_begins_rotations_by_itself() {
    rotate(rotation().rotateImmediately(false).rotationRules(schedule("rate(10 days)").build()));
    assertThat(RotationCall.all(harbour.state())).isEmpty();
    Instant first = Instant.parse("2026-01-11T00:00:00Z");
    assertThat(described().nextRotationDate()).isEqualTo(first);
    harbour.advance(Duration.ofDays(10).minusSeconds(1));
    assertThat(RotationCall.all(harbour.state())).isEmpty();
    harbour.advance(Duration.ofSeconds(1));
    rotateThrough("two");
    assertThat(value("AWSCURRENT")).isEqualTo("two");
    assertThat(described().nextRotationDate()).isEqualTo(first.plus(Duration.ofDays(10)));
    harbour.advance(Duration.ofDays(10));
    rotateThrough("three");
    assertThat(value("AWSPREVIOUS")).isEqualTo("two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(4 hours)|2026-01-01T04:00:00Z",
        "cron(0 8 1 * ? *)|2026-01-01T08:00:00Z",
        "cron(0 0 1 * ? *)|2026-02-01T00:00:00Z",
        "cron(0 /8 * * ? *)|2026-01-01T08:00:00Z",
        "cron(0 10,22 L * ? *)|2026-01-31T10:00:00Z",
        "cron(0 1 ? * SUN *)|2026-01-04T01:00:00Z",
        "cron(0 1 ? * 6L *)|2026-01-30T01:00:00Z",
        "cron(0 1 ? 3,6,9,12 2#1 *)|2026-03-02T01:00:00Z",
        "cron(0 5-7 29 FEB ? *)|2028-02-29T05:00:00Z",
        "cron(0 9 ? * MON-FRI *)|2026-01-01T09:00:00Z"
      })
  void a_schedule_says_when_the_next_window_begins(String expression, Instant next) {
    rotate(rotation().rotateImmediately(false).rotationRules(schedule(expression).build()));
    assertThat(described().nextRotationDate()).isEqualTo(next);
    assertThat(described().rotationRules()).isEqualTo(schedule(expression).build());
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
        "cron(0 24 1 * ? *)",
        "cron(0 8 1 * MON *)",
        "cron(0 8 ? * ? *)",
        "cron(0 8 0 * ? *)",
        "cron(0 8 5-2 * ? *)",
        "cron(0 8 1,, * ? *)",
        "cron(0 8 1 * ? 2030)",
        "daily"
      })
  void a_schedule_is_hours_days_or_a_cron_expression_on_the_hour(String expression) {
    assertThatThrownBy(() -> rotate(rotation().rotationRules(schedule(expression).build())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("The schedule expression isn't valid: " + expression);
  }

  @Test
  void days_and_a_schedule_exclude_each_other() {
    var both = schedule("rate(4 hours)").automaticallyAfterDays(3L).build();
    assertThatThrownBy(() -> rotate(rotation().rotationRules(both)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("You cannot specify both rotation frequency and schedule");
  }

  @Test
  void without_a_function_or_somebody_who_runs_it_nothing_rotates() {
    assertThatThrownBy(() -> rotate(rotation().rotationLambdaARN(null)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("No Lambda rotation function ARN is associated with this secret.");
    assertThatThrownBy(() -> harbour.call(new RotateSecret(false), rotation().build()))
        .isInstanceOf(ServiceException.class)
        .hasMessageStartingWith("Secrets Manager cannot invoke the specified Lambda function.");
    var cancel = CancelRotateSecretRequest.builder().secretId("db").build();
    assertThatThrownBy(() -> harbour.call(new CancelRotateSecret(), cancel))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("doesn't already have a Lambda function ARN");
  }

  @Test
  void a_secret_that_waits_for_its_deletion_does_not_rotate() {
    rotate(rotation());
    harbour.call(new DeleteSecret(), DeleteSecretRequest.builder().secretId("db").build());
    assertThat(RotationCall.all(harbour.state())).isEmpty();
  }
}
