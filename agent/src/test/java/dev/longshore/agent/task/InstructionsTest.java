package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.stop;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.task.Event.ManifestTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionsTest {
  private static final String TAPE = "'volumes':[{'name':'v','type':'tape'}],";

  private final Bench bench = new Bench();

  private String answerTo(String payload) {
    bench.payload(payload);
    return bench.reports.getLast().reason();
  }

  @Test
  void a_malformed_task_is_answered_and_its_message_not_acknowledged_while_the_rest_starts() {
    bench.payload(
        task("a", container("c")),
        task("b", container("c", "'portMappings':[{'containerPort':1,'protocol':'sctp'}]")));
    assertThat(bench.asked(Effect.Acknowledge.class)).isEmpty();
    assertThat(bench.asked(Effect.ResolveManifest.class)).hasSize(1);
    assertThat(bench.reports).hasSize(1);
    assertThat(bench.reports.getFirst().taskArn()).isEqualTo(arn("b"));
    assertThat(bench.reports.getFirst().status()).isEqualTo("STOPPED");
    assertThat(bench.reports.getFirst().reason())
        .startsWith("UnrecogniedTaskError: Error loading task - ");
  }

  @Test
  void the_answer_to_a_malformed_task_is_given_once_until_it_is_taken() {
    String bad = task("b");
    bench.payload(bad);
    bench.payload(bad);
    assertThat(bench.reports).hasSize(1);
    bench.step(new Event.ReportSettled(arn("b"), bench.reports.getFirst().number()));
    bench.payload(bad);
    assertThat(bench.reports).hasSize(2);
  }

  @Test
  void what_makes_a_task_malformed() {
    String start = "UnrecogniedTaskError: Error loading task - ";
    assertThat(answerTo(task("1"))).isEqualTo(start + "the task has no containers");
    assertThat(answerTo("{'desiredStatus':'RUNNING'}")).isEqualTo(start + "the task has no arn");
    assertThat(answerTo(task("2", container("c", "'overrides':'{\\'cpu\\':1}'"))))
        .isEqualTo(start + "unknown container override cpu");
    assertThat(answerTo(task("3", container("c")).replace("'family'", TAPE + "'family'")))
        .isEqualTo(start + "unrecognized volume type: tape");
    assertThat(answerTo(task("4", container("c", "'portMappings':[{'containerPortRange':'9-8'}]"))))
        .isEqualTo(start + "invalid container port range 9-8");
  }

  @Test
  void the_stop_of_an_unknown_task_is_acknowledged_and_answered() {
    bench.payload(stop("x"));
    assertThat(bench.asked(Effect.Acknowledge.class)).hasSize(1);
    assertThat(bench.reports.getFirst().reason())
        .isEqualTo("TaskStateError: Agent could not progress task's state to stopped");
    assertThat(bench.engine.tasks()).isEmpty();
  }

  @Test
  void stops_of_a_message_come_before_its_starts() {
    bench.payload(task("a", container("c", "'cpu':2048")));
    bench.payload(task("b", container("c", "'cpu':2048")), stop("a"));
    assertThat(bench.row("b").admitted()).isTrue();
  }

  @Test
  void credentials_are_stored_acknowledged_with_the_payload_and_never_written_to_a_row() {
    bench.payload(
        task("a", container("c"))
            .replace(
                "'family'",
                "'roleCredentials':{'credentialsId':'cid','roleArn':'r','accessKeyId':'k',"
                    + "'secretAccessKey':'hush','sessionToken':'t',"
                    + "'expiration':'2026-11-21T16:00:00Z'},"
                    + "'family'"));
    assertThat(bench.asked(Effect.AcknowledgeCredentials.class))
        .containsExactly(new Effect.AcknowledgeCredentials("m-1", "cid", "2026-11-21T16:00:00Z"));
    assertThat(bench.asked(Effect.StoreCredentials.class).getFirst().credentials().roleType())
        .isEqualTo(RoleCredentials.TASK_APPLICATION);
    assertThat(bench.row("a").toString()).doesNotContain("hush");
    bench.payload(stop("a"));
    assertThat(bench.asked(Effect.DropCredentials.class))
        .containsExactly(new Effect.DropCredentials("cid"));
  }

  @Test
  void refreshed_credentials_of_an_unknown_task_are_neither_kept_nor_acknowledged() {
    RoleCredentials credentials =
        new RoleCredentials("cid", RoleCredentials.TASK_EXECUTION, "r", "k", "s", "t", "e", null);
    bench.step(new Event.CredentialsReceived("m", arn("a"), credentials));
    assertThat(bench.effects).isEmpty();
    bench.payload(task("a", container("c")));
    bench.effects.clear();
    bench.step(new Event.CredentialsReceived("m", arn("a"), credentials));
    assertThat(bench.effects)
        .containsExactly(
            new Effect.StoreCredentials(arn("a"), credentials),
            new Effect.AcknowledgeCredentials("m", "cid", "e"));
  }

  private void manifest(String id, long timeline, String... running) {
    bench.step(
        new Event.ManifestReceived(
            id,
            "default",
            "arn:instance",
            timeline,
            List.of(running).stream()
                .map(a -> new ManifestTask(arn(a), null, "RUNNING"))
                .toList()));
  }

  @Test
  void a_manifest_asks_before_it_stops_what_it_does_not_name() {
    bench.payload(task("a", container("c")), task("b", container("c")));
    manifest("man-1", 100, "b");
    assertThat(bench.asked(Effect.VerifyStops.class))
        .containsExactly(
            new Effect.VerifyStops("man-1", List.of(new Effect.StopCandidate(arn("a"), null))));
    assertThat(bench.row("a").desired()).isEqualTo(DesiredStatus.RUNNING);
    List<ManifestTask> stops = List.of(new ManifestTask(arn("a"), null, "STOPPED"));
    bench.step(new Event.StopsVerified("another", stops));
    assertThat(bench.row("a").desired()).isEqualTo(DesiredStatus.RUNNING);
    bench.step(new Event.StopsVerified("man-1", stops));
    assertThat(bench.row("a").desired()).isEqualTo(DesiredStatus.STOPPED);
    bench.step(
        new Event.StopsVerified("man-1", List.of(new ManifestTask(arn("b"), null, "STOPPED"))));
    assertThat(bench.row("b").desired()).isEqualTo(DesiredStatus.RUNNING);
  }

  @Test
  void an_old_manifest_is_ignored_without_an_acknowledgement() {
    manifest("man-0", 0);
    assertThat(bench.effects).isEmpty();
    manifest("man-1", 5);
    manifest("man-2", 5);
    assertThat(bench.asked(Effect.Acknowledge.class))
        .extracting(Effect.Acknowledge::messageId)
        .containsExactly("man-1");
    bench.step(new Event.PayloadReceived("m", "c", "i", 9, List.of()));
    manifest("man-3", 9);
    assertThat(bench.asked(Effect.Acknowledge.class)).hasSize(2);
  }

  @Test
  void what_the_instance_cannot_give_stops_the_task_with_a_reason() {
    bench.payload(task("a", container("c")).replace("'family'", "'networkMode':'awsvpc','family'"));
    assertThat(bench.asked(Effect.Acknowledge.class)).hasSize(1);
    assertThat(bench.reports.getFirst().reason())
        .isEqualTo(
            "resource cannot be initialized for task "
                + arn("a")
                + ": network mode awsvpc is not supported by this container instance");
  }
}
