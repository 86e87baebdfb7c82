package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SecretsLifeTest {
  private static final String SECRETS =
      "'secrets':[{'name':'S','valueFrom':'arn:x','region':'r','provider':'asm',"
          + "'type':'ENVIRONMENT_VARIABLE','target':'CONTAINER'},"
          + "{'name':'splunk-token','valueFrom':'/p','region':'r','provider':'ssm',"
          + "'type':'BOOTSTRAP','target':'LOG_DRIVER'}],"
          + "'environmentFiles':[{'type':'s3','value':'arn:aws:s3:::b/k.env'}]";
  private static final String ROLE = "'executionRoleCredentials':{'credentialsId':'exec'},'family'";

  private final Bench bench = new Bench();

  private void secretTask() {
    bench.payload(task("a", container("c", SECRETS)).replace("'family'", ROLE));
  }

  @Test
  void nothing_is_pulled_or_made_before_the_secrets_are_fetched() {
    secretTask();
    Effect.FetchSecrets fetch = bench.asked(Effect.FetchSecrets.class).getFirst();
    assertThat(fetch.credentialsId()).isEqualTo("exec");
    assertThat(fetch.containers().getFirst().secrets())
        .containsExactly(
            new ContainerSpec.Secret("S", "arn:x", "r", "asm", false),
            new ContainerSpec.Secret("splunk-token", "/p", "r", "ssm", true));
    assertThat(fetch.containers().getFirst().environmentFiles())
        .containsExactly("arn:aws:s3:::b/k.env");
    assertThat(bench.asked(Effect.ResolveManifest.class)).isEmpty();
    bench.step(new Event.SecretsFetched(arn("a")));
    assertThat(bench.asked(Effect.ResolveManifest.class)).hasSize(1);
    assertThat(bench.asked(Effect.FetchSecrets.class)).hasSize(1);
  }

  @Test
  void fetched_values_are_dropped_when_the_containers_are_made() {
    secretTask();
    bench.step(new Event.SecretsFetched(arn("a")));
    bench.resolve("a", "c");
    bench.pull("a", "c");
    assertThat(bench.asked(Effect.DropSecrets.class)).isEmpty();
    bench.create("a", "c");
    assertThat(bench.asked(Effect.DropSecrets.class)).hasSize(1);
    bench.start("a", "c");
    assertThat(bench.row("a").known()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void a_task_whose_secrets_cannot_be_had_stops_with_the_reason() {
    secretTask();
    bench.step(new Event.SecretsFailed(arn("a"), "ResourceInitializationError: no"));
    assertThat(bench.reports.getLast().status()).isEqualTo("STOPPED");
    assertThat(bench.reports.getLast().reason()).isEqualTo("ResourceInitializationError: no");
    assertThat(bench.asked(Effect.CreateContainer.class)).isEmpty();
    assertThat(bench.asked(Effect.DropSecrets.class)).hasSize(1);
  }

  @Test
  void after_a_restart_of_the_agent_secrets_are_fetched_again_for_what_is_not_made() {
    secretTask();
    bench.step(new Event.SecretsFetched(arn("a")));
    bench.resolve("a", "c");
    bench.step(new Event.Resumed(List.of()));
    assertThat(bench.asked(Effect.FetchSecrets.class)).hasSize(2);
    assertThat(bench.asked(Effect.PullImage.class)).hasSize(1);
    bench.step(new Event.SecretsFetched(arn("a")));
    assertThat(bench.asked(Effect.PullImage.class)).hasSize(2);
  }

  @Test
  void what_is_fetched_for_a_task_that_was_stopped_meanwhile_is_dropped() {
    secretTask();
    bench.payload(Bench.stop("a"));
    assertThat(bench.asked(Effect.DropSecrets.class)).hasSize(1);
    bench.step(new Event.SecretsFetched(arn("a")));
    assertThat(bench.asked(Effect.DropSecrets.class)).hasSize(2);
    bench.step(new Event.SecretsFailed(arn("a"), "late"));
    assertThat(bench.reports.getLast().reason()).isEmpty();
  }

  @Test
  void secret_options_of_a_log_driver_are_not_kept_from_what_the_engine_shows() {
    secretTask();
    bench.step(new Event.SecretsFetched(arn("a")));
    bench.run("a", "c");
    ContainerView shown = bench.running("a", "c");
    bench.step(
        new Event.Observed(
            arn("a"),
            "c",
            new ContainerView(
                shown.dockerId(),
                true,
                0,
                false,
                shown.createdAt(),
                shown.startedAt(),
                null,
                List.of(),
                null,
                "",
                Map.of(),
                List.of(),
                List.of(),
                "splunk",
                Map.of("splunk-token", "hush", "splunk-url", "u"))));
    ContainerView kept = Objects.requireNonNull(bench.container("a", "c").view());
    assertThat(kept.logOptions()).containsOnlyKeys("splunk-url");
    assertThat(bench.row("a").toString()).doesNotContain("hush");
  }

  @Test
  void a_task_without_secrets_asks_for_none() {
    bench.payload(task("a", container("c")));
    bench.run("a", "c");
    assertThat(bench.asked(Effect.FetchSecrets.class)).isEmpty();
    assertThat(bench.asked(Effect.DropSecrets.class)).isEmpty();
  }
}
