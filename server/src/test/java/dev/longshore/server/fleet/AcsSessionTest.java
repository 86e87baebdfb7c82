package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.FleetSite.OURS;
import static dev.longshore.server.fleet.FleetSite.acknowledge;
import static dev.longshore.server.fleet.FleetSite.settled;
import static dev.longshore.server.fleet.ScriptedAgent.acsQuery;
import static dev.longshore.server.fleet.ScriptedAgent.found;
import static dev.longshore.server.fleet.ScriptedAgent.masked;
import static dev.longshore.server.fleet.ScriptedAgent.tcsQuery;
import static dev.longshore.server.fleet.ScriptedAgent.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.server.fleet.AgentSocket.Answer;
import dev.longshore.server.fleet.AgentSocket.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ACS as the official agent sees it, by the letter. Each test has a cluster of its own. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class AcsSessionTest {
  private FleetSite site;
  private ScriptedAgent agent;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    site = FleetSite.start(directory, FleetSettings.USUAL);
    agent = site.agent;
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @Test
  void the_transcript_of_the_protocol_goes_as_it_is_written() throws IOException {
    String registered =
        agent.ok(
            "RegisterContainerInstance", Registrations.request(site.cluster("transcript"), ""));
    String instance = value("containerInstanceArn", registered);
    assertThat(instance).matches(OURS + "container-instance/transcript/[0-9a-f]{32}");
    assertThat(
            agent.ok(
                "DiscoverPollEndpoint",
                "{'cluster':'transcript','containerInstance':'" + instance + "','zoneId':''}"))
        .isEqualTo(
            "{\"endpoint\":\"http://"
                + agent.authority()
                + "/acs/\",\"telemetryEndpoint\":\"http://"
                + agent.authority()
                + "/tcs/\"}");
    try (AgentSocket acs = agent.acs("transcript", instance)) {
      String beat = acs.text();
      assertThat(masked(beat))
          .isEqualTo(
              "{\"type\":\"HeartbeatMessage\",\"message\":{\"messageId\":\"UUID\","
                  + "\"healthy\":true}}");
      acs.send(
          "{'type':'HeartbeatAckRequest','message':{'messageId':'"
              + value("messageId", beat)
              + "'}}");
      assertThat(masked(acs.text()))
          .isEqualTo(
              "{\"type\":\"TaskManifestMessage\",\"message\":{\"messageId\":\"UUID\","
                  + "\"clusterArn\":\""
                  + OURS
                  + "cluster/transcript\",\"containerInstanceArn\":\""
                  + OURS
                  + "container-instance/transcript/ID\",\"generatedAt\":MILLIS,"
                  + "\"timeline\":MILLIS,\"tasks\":[]}}");
      var _ = site.define("t1");
      site.awaitConnected(instance);
      String task = site.startTask("transcript", instance, "t1");
      String payload = acs.text();
      assertThat(masked(payload)).isEqualTo(masked(minimalPayload(instance, task)));
      acknowledge(acs, payload);
      reports(task);
    }
  }

  private static String minimalPayload(String instance, String task) {
    return ("{'type':'PayloadMessage','message':{"
            + "'messageId':'9a8d0000-0000-4000-8000-000000000000','clusterArn':'"
            + OURS
            + "cluster/transcript','containerInstanceArn':'"
            + instance
            + "','generatedAt':1795249565838,'tasks':[{'arn':'"
            + task
            + "','taskClusterArn':'"
            + OURS
            + "cluster/transcript','family':'t1','version':'1','desiredStatus':'RUNNING',"
            + "'networkMode':'bridge','launchType':'EXTERNAL','group':'family:t1',"
            + "'containers':[{'name':'app','image':'busybox:latest','containerArn':'"
            + OURS
            + "container/transcript/ID/00000000-0000-4000-8000-000000000000',"
            + "'essential':true,'cpu':0,'memory':16,"
            + "'command':['sh','-c','env; sleep 8; exit 3'],"
            + "'environment':{'AWS_EXECUTION_ENV':'AWS_ECS_EC2'},"
            + "'dockerConfig':{'config':'{}',"
            + "'hostConfig':'{\\\"NetworkMode\\\":\\\"bridge\\\"}','version':'1.21'}}]}]}}")
        .replace('\'', '"');
  }

  private void reports(String task) throws IOException {
    assertThat(
            agent.ok(
                "SubmitTaskStateChange",
                "{'cluster':'transcript','containers':[{'containerName':'app',"
                    + "'runtimeId':'fb8a','status':'RUNNING'}],'reason':'','status':'RUNNING',"
                    + "'task':'"
                    + task
                    + "'}"))
        .isEqualTo("{\"acknowledgment\":\"ACK\"}");
    assertThat(site.describe("transcript", task)).contains("\"lastStatus\":\"RUNNING\"");
    var _ =
        agent.ok(
            "SubmitTaskStateChange",
            "{'cluster':'transcript','containers':[{'containerName':'app','exitCode':3,"
                + "'runtimeId':'fb8a','status':'STOPPED'}],'executionStoppedAt':1795249574.7,"
                + "'reason':'','status':'STOPPED','task':'"
                + task
                + "'}");
    assertThat(site.describe("transcript", task))
        .contains("\"exitCode\":3")
        .contains("\"stopCode\":\"EssentialContainerExited\"")
        .contains("\"stoppedReason\":\"Essential container in task exited\"");
  }

  @Test
  void what_the_agent_has_taken_is_not_sent_again_and_what_it_has_not_is() throws IOException {
    String instance = agent.register(site.cluster("again"));
    var _ = site.define("again");
    String first;
    String second;
    try (AgentSocket acs = agent.acs("again", instance)) {
      site.awaitConnected(instance);
      first = site.startTask("again", instance, "again");
      acknowledge(acs, acs.message("PayloadMessage"));
      second = site.startTask("again", instance, "again");
      String payload = acs.message("PayloadMessage");
      assertThat(payload).contains(second).doesNotContain(first);
      settled(acs);
      acs.goodbye();
    }
    site.report("again", first, "RUNNING");
    try (AgentSocket acs = agent.acsAgain("again", instance)) {
      assertThat(acs.message("TaskManifestMessage")).contains(first).contains(second);
      // It is not known to run, so the agent may have lost it: it is said once more.
      String payload = acs.message("PayloadMessage");
      assertThat(payload).contains(second).doesNotContain(first);
    }
    assertThat(site.describe("again", first)).contains("\"lastStatus\":\"RUNNING\"");
  }

  @Test
  void a_stop_is_sent_with_nothing_but_the_task_and_counts_once_it_is_acknowledged()
      throws IOException {
    String instance = agent.register(site.cluster("stops"));
    var _ = site.define("stops");
    try (AgentSocket acs = agent.acs("stops", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("stops", instance, "stops");
      acknowledge(acs, acs.message("PayloadMessage"));
      site.report("stops", task, "RUNNING");
      var _ = agent.ok("StopTask", "{'cluster':'stops','task':'" + task + "'}");
      String payload = acs.message("PayloadMessage");
      assertThat(found("\"tasks\":(.*)}}$", payload))
          .isEqualTo(
              ("[{'arn':'"
                      + task
                      + "','taskClusterArn':'"
                      + OURS
                      + "cluster/stops','desiredStatus':'STOPPED'}]")
                  .replace('\'', '"'));
      acknowledge(acs, payload);
      var _ =
          site.controlPlane
              .when(state -> {
                Task row = state.find(Task.KIND, task);
                return row != null && row.lastStatus() == TaskStatus.STOPPING;
              })
              .join();
      assertThat(site.describe("stops", task)).contains("\"lastStatus\":\"STOPPING\"");
    }
  }

  @Test
  void of_what_a_manifest_does_not_name_only_what_is_over_must_stop() throws IOException {
    String instance = agent.register(site.cluster("manifest"));
    var _ = site.define("manifest");
    String task;
    try (AgentSocket acs = agent.acs("manifest", instance)) {
      site.awaitConnected(instance);
      task = site.startTask("manifest", instance, "manifest");
      acs.goodbye();
    }
    try (AgentSocket acs = agent.acs("manifest", instance)) {
      String manifest = acs.message("TaskManifestMessage");
      assertThat(found("\"tasks\":(.*)}}$", manifest))
          .isEqualTo(
              ("[{'taskArn':'"
                      + task
                      + "','taskClusterArn':'"
                      + OURS
                      + "cluster/manifest','desiredStatus':'RUNNING'}]")
                  .replace('\'', '"'));
      acknowledge(acs, manifest);
      String gone = OURS + "task/manifest/00000000000000000000000000000001";
      acs.send(
          "{'type':'TaskStopVerificationMessage','message':{'messageId':'"
              + value("messageId", manifest)
              + "','stopCandidates':["
              + candidate(gone)
              + ","
              + candidate(task)
              + "]}}");
      String ack = acs.message("TaskStopVerificationAck");
      assertThat(value("messageId", ack)).isEqualTo(value("messageId", manifest));
      assertThat(masked(ack).replaceAll(".*\"generatedAt\":MILLIS,", ""))
          .isEqualTo(masked("\"stopTasks\":[" + candidate(gone).replace('\'', '"') + "]}}"));
    }
  }

  private static String candidate(String task) {
    return "{'desiredStatus':'STOPPED','taskArn':'"
        + task
        + "','taskClusterArn':'"
        + OURS
        + "cluster/manifest'}";
  }

  @Test
  void the_newest_connection_of_an_agent_wins_and_the_instance_stays_connected()
      throws IOException {
    String instance = agent.register(site.cluster("newest"));
    var _ = site.define("newest");
    try (AgentSocket older = agent.acs("newest", instance);
        AgentSocket newer = newerThan(older, instance)) {
      assertThat(older.closing())
          .isEqualTo("1000 A newer connection of this agent took its place.");
      settled(newer);
      site.awaitConnected(instance);
      String task = site.startTask("newest", instance, "newest");
      assertThat(newer.message("PayloadMessage")).contains(task);
      assertThat(site.describeInstance("newest", instance)).contains("\"agentConnected\":true");
    }
    site.awaitDisconnected(instance);
  }

  private AgentSocket newerThan(AgentSocket older, String instance) throws IOException {
    settled(older);
    return agent.acsAgain("newest", instance);
  }

  @Test
  void a_connection_tells_the_versions_and_a_drop_without_a_word_ends_it() throws IOException {
    String instance = agent.register(site.cluster("versions"));
    assertThat(site.describeInstance("versions", instance)).contains("\"agentConnected\":false");
    try (AgentSocket acs = agent.acs("versions", instance)) {
      settled(acs);
      site.awaitConnected(instance);
      assertThat(site.describeInstance("versions", instance))
          .contains(
              "\"versionInfo\":{\"agentVersion\":\"1.101.2\",\"agentHash\":\"13d0cb7d\","
                  + "\"dockerVersion\":\"DockerVersion: 20.10.24+dfsg1\"}");
    }
    site.awaitDisconnected(instance);
  }

  @Test
  void a_deregistered_instance_is_sent_away_and_not_let_in_again() throws IOException {
    String instance = agent.register(site.cluster("gone"));
    try (AgentSocket acs = agent.acs("gone", instance)) {
      settled(acs);
      var _ =
          agent.ok(
              "DeregisterContainerInstance",
              "{'cluster':'gone','containerInstance':'" + instance + "'}");
      assertThat(acs.closing()).isEqualTo("1000 Container instance deregistered");
    }
    for (Answer answer :
        List.of(
            agent.upgrade(acsQuery("gone", instance, false)),
            agent.upgrade(tcsQuery("gone", instance)))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body())
          .isEqualTo("{\"InactiveInstanceException\":\"Container instance deregistered\"}");
    }
  }

  @Test
  void upgrades_are_refused_with_the_error_that_agents_know() throws IOException {
    String instance = agent.register(site.cluster("refused"));
    Answer unknown = agent.upgrade(acsQuery("refused", instance + "0", true));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body())
        .isEqualTo("{\"InvalidInstanceException\":\"Container instance not found.\"}");
    Answer other = agent.upgrade(acsQuery("elsewhere", instance, true));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.body()).isEqualTo("{\"InvalidClusterException\":\"Cluster not found.\"}");
    Answer unsigned = agent.upgradeUnsigned(acsQuery("refused", instance, true));
    assertThat(unsigned.status()).isEqualTo(403);
    assertThat(unsigned.body()).startsWith("{\"AccessDeniedException\":\"");
    var root = site.controlPlane.rootKeys();
    Answer forged =
        agent
            .with(new AgentSignature(root.accessKeyId(), "wrong", null))
            .upgrade(tcsQuery("refused", instance));
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.body())
        .startsWith(
            "{\"AccessDeniedException\":\"The request signature we calculated does not match");
    Answer stranger =
        agent
            .with(new AgentSignature("AKIASTRANGER00000000", "wrong", null))
            .upgrade(acsQuery("refused", instance, true));
    assertThat(stranger.body())
        .isEqualTo(
            "{\"AccessDeniedException\":"
                + "\"The security token included in the request is invalid.\"}");
  }

  @Test
  void a_cluster_may_be_named_by_its_arn_too() throws IOException {
    String instance = agent.register(site.cluster("named"));
    for (String name : List.of("named", OURS + "cluster/named", "")) {
      try (AgentSocket acs = agent.acs(name, instance)) {
        settled(acs);
      }
    }
  }

  @Test
  void what_makes_no_sense_is_passed_over_and_the_session_goes_on() throws IOException {
    String instance = agent.register(site.cluster("nonsense"));
    try (AgentSocket acs = agent.acs("nonsense", instance)) {
      for (String nonsense :
          List.of(
              "",
              "garbage",
              "{",
              "[]",
              "5",
              "null",
              "{}",
              "{'type':5}",
              "{'type':'Unheard'}",
              "{'type':'AckRequest'}",
              "{'type':'AckRequest','message':[]}",
              "{'type':'AckRequest','message':{'messageId':7}}",
              "{'type':'IAMRoleCredentialsAckRequest','message':{'messageId':'x'}}",
              "{'type':'NackRequest','message':{'messageId':'x','reason':'no'}}",
              "{'type':'HeartbeatAckRequest','message':{'messageId':'x'}}",
              "{'type':'TaskStopVerificationMessage','message':{'stopCandidates':5}}",
              "[".repeat(50_000))) {
        acs.send(nonsense);
      }
      settled(acs);
    }
  }

  @Test
  void messages_may_come_in_fragments_and_pings_are_answered() throws IOException {
    String instance = agent.register(site.cluster("frames"));
    try (AgentSocket acs = agent.acs("frames", instance)) {
      var _ = acs.message("TaskManifestMessage");
      byte[] whole =
          "{\"type\":\"TaskStopVerificationMessage\",\"message\":{\"messageId\":\"parts\"}}"
              .getBytes(UTF_8);
      acs.frame(false, AgentSocket.TEXT, Arrays.copyOfRange(whole, 0, 10));
      acs.frame(true, AgentSocket.PING, new byte[] {1, 2, 3});
      acs.frame(false, AgentSocket.CONTINUATION, Arrays.copyOfRange(whole, 10, 11));
      acs.frame(true, AgentSocket.CONTINUATION, Arrays.copyOfRange(whole, 11, whole.length));
      Frame pong = acs.frame();
      assertThat(pong.opcode()).isEqualTo(AgentSocket.PONG);
      assertThat(pong.payload().toBytes()).containsExactly(1, 2, 3);
      assertThat(acs.message("TaskStopVerificationAck")).contains("\"messageId\":\"parts\"");
    }
  }

  @Test
  void frames_that_no_agent_sends_end_the_connection_with_their_own_code() throws IOException {
    String instance = agent.register(site.cluster("broken"));
    try (AgentSocket acs = agent.acs("broken", instance)) {
      acs.frame(true, AgentSocket.BINARY, new byte[] {1});
      assertThat(acs.closing()).startsWith("1003 ");
    }
    try (AgentSocket acs = agent.acs("broken", instance)) {
      acs.frame(true, AgentSocket.TEXT, new byte[] {(byte) 0xC3, (byte) 0x28});
      assertThat(acs.closing()).startsWith("1007 ");
    }
    try (AgentSocket acs = agent.acs("broken", instance)) {
      acs.write(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 16, 0, 1, 7, 77, 13, 99});
      assertThat(acs.closing()).startsWith("1009 ");
    }
    try (AgentSocket acs = agent.acs("broken", instance)) {
      acs.write(new byte[] {(byte) 0x81, 1, 'x'});
      assertThat(acs.closing()).startsWith("1002 ");
    }
    try (AgentSocket acs = agent.acsAgain("broken", instance)) {
      settled(acs);
    }
  }
}
