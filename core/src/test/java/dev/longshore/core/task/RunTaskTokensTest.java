package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.core.Yard;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.model.RunTaskToken;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.ContainerOverride;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.TaskOverride;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunTaskTokensTest {
  private final Yard yard = new Yard();

  @BeforeEach
  void open() {
    yard.instance();
    yard.define("app", Yard.app().build());
  }

  @Test
  void the_same_client_token_twice_with_the_same_params_gives_identical_arns_and_one_task() {
    String first = run("t", request -> request);
    String second = run("t", request -> request);
    assertThat(second).isEqualTo(first);
    assertThat(yard.harbour.state().count(Task.KIND)).isEqualTo(1);
  }

  @Test
  void the_same_client_token_with_count_changed_is_a_conflict_naming_the_tasks() {
    String first = run("t", request -> request);
    ConflictException conflict =
        catchThrowableOfType(ConflictException.class, () -> run("t", request -> request.count(2)));
    assertThat(conflict.resourceIds()).containsExactly(first);
    assertThat(yard.harbour.state().count(Task.KIND)).isEqualTo(1);
  }

  @Test
  void environments_that_differ_are_other_params_though_they_are_secret() {
    run("t", environment("1"));
    assertThat(run("t", environment("1"))).isNotNull();
    assertThatThrownBy(() -> run("t", environment("2"))).isInstanceOf(ConflictException.class);
  }

  private static UnaryOperator<RunTaskRequest.Builder> environment(String value) {
    return request ->
        request.overrides(
            TaskOverride.builder()
                .containerOverrides(
                    List.of(
                        ContainerOverride.builder()
                            .name("app")
                            .environment(List.of(new KeyValuePair("A", value)))
                            .build()))
                .build());
  }

  @Test
  void the_same_token_in_two_clusters_starts_two_tasks() {
    yard.harbour.call(
        new CreateCluster(), CreateClusterRequest.builder().clusterName("other").build());
    yard.instance(request -> request.cluster("other"));
    String first = run("t", request -> request);
    String second = run("t", request -> request.cluster("other"));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void a_token_whose_tasks_stopped_tells_only_arn_and_statuses() {
    String arn = run("t", request -> request);
    yard.report(arn, "STOPPED");
    yard.harbour.advance(Duration.ofMinutes(59));
    RunTaskResponse repeated = yard.run("app", request -> request.clientToken("t"));
    assertThat(repeated.tasks())
        .containsExactly(
            dev.longshore.shapes.ecs.Task.builder()
                .taskArn(arn)
                .lastStatus("STOPPED")
                .desiredStatus("STOPPED")
                .build());
  }

  @Test
  void a_token_ends_an_hour_after_its_tasks() {
    String arn = run("t", request -> request);
    yard.harbour.advance(Duration.ofMinutes(90));
    yard.report(arn, "STOPPED");
    yard.harbour.advance(Duration.ofMinutes(60));
    assertThat(run("t", request -> request)).isNotEqualTo(arn);
  }

  @Test
  void a_token_ends_after_24_hours_and_its_row_goes() {
    String arn = run("t", request -> request);
    yard.harbour.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(run("t", request -> request)).isEqualTo(arn);
    assertThat(yard.harbour.state().count(RunTaskToken.KIND)).isEqualTo(1);
    yard.harbour.advance(Duration.ofMillis(1));
    assertThat(yard.harbour.state().count(RunTaskToken.KIND)).isZero();
    assertThat(run("t", request -> request)).isNotEqualTo(arn);
  }

  @Test
  void a_repeated_call_repeats_the_failures_of_the_first() {
    UnaryOperator<RunTaskRequest.Builder> large =
        request -> request.clientToken("t").overrides(TaskOverride.builder().cpu("100000").build());
    RunTaskResponse first = yard.run("app", large);
    yard.instance("us-east-1a", 200_000, 4096);
    assertThat(known(first.failures())).isNotEmpty();
    assertThat(yard.run("app", large)).isEqualTo(first);
  }

  @Test
  void a_token_is_at_most_64_printable_ascii_characters() {
    for (String wrong : List.of("t".repeat(65), "a b", "é")) {
      assertThatThrownBy(() -> run(wrong, request -> request))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThat(run("!".repeat(64), request -> request)).isNotEmpty();
  }

  @Test
  void a_call_that_is_refused_leaves_no_token() {
    assertThatThrownBy(() -> run("t", request -> request.count(11)))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(run("t", request -> request)).isNotEmpty();
  }

  private String run(String token, UnaryOperator<RunTaskRequest.Builder> with) {
    RunTaskResponse response = yard.run("app", request -> with.apply(request).clientToken(token));
    return known(known(response.tasks()).getFirst().taskArn());
  }
}
