package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.FleetSite.OURS;
import static dev.longshore.server.fleet.ScriptedAgent.found;
import static dev.longshore.server.fleet.ScriptedAgent.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.fleet.AgentSocket.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls of the API that agents make, with the answers that agents understand. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class AgentCallsTest {
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
  void every_attribute_comes_back_as_it_was_and_the_zone_with_them() throws IOException {
    var _ = site.cluster("echo");
    String answer = agent.ok("RegisterContainerInstance", Registrations.request("echo", ""));
    for (String attribute : Registrations.attributes()) {
      assertThat(answer).contains(attribute.replace('\'', '"'));
    }
    assertThat(answer)
        .contains("{\"name\":\"ecs.availability-zone\",\"value\":\"us-east-1a\"}")
        .contains("\"status\":\"ACTIVE\"");
  }

  @Test
  void an_agent_that_registers_again_keeps_its_arn_and_its_custom_attributes() throws IOException {
    var _ = site.cluster("twice");
    String custom =
        Registrations.request("twice", "")
            .replace("{'attributes':[", "{'attributes':[{'name':'rack','value':'r1'},");
    String instance = value("containerInstanceArn", agent.ok("RegisterContainerInstance", custom));
    String again =
        agent.ok(
            "RegisterContainerInstance",
            Registrations.request("twice", "'containerInstanceArn':'" + instance + "',"));
    assertThat(value("containerInstanceArn", again)).isEqualTo(instance);
    assertThat(again).contains("{\"name\":\"rack\",\"value\":\"r1\"}");
    assertThat(again.split("us-east-1a", -1)).hasSize(2);
    assertThat(agent.ok("ListContainerInstances", "{'cluster':'twice'}"))
        .isEqualTo("{\"containerInstanceArns\":[\"" + instance + "\"]}");
  }

  @Test
  void an_unknown_cluster_is_named_so_that_the_agent_can_create_it() throws IOException {
    Answer answer = agent.call("RegisterContainerInstance", Registrations.request("nowhere", ""));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("{\"__type\":\"ClusterNotFoundException\",\"message\":\"Cluster not found.\"}");
    assertThat(value("clusterName", agent.ok("CreateCluster", "{'clusterName':'nowhere'}")))
        .isEqualTo("nowhere");
  }

  @Test
  void reports_of_what_is_not_known_are_answered_so_that_the_agent_drops_them() throws IOException {
    var _ = site.cluster("dropped");
    String task = OURS + "task/dropped/00000000000000000000000000000001";
    for (Answer answer :
        new Answer[] {
          agent.call(
              "SubmitTaskStateChange",
              "{'cluster':'dropped','task':'" + task + "','status':'STOPPED','reason':''}"),
          agent.call(
              "SubmitContainerStateChange",
              "{'cluster':'dropped','task':'"
                  + task
                  + "','containerName':'app','status':'STOPPED'}"),
          agent.call(
              "SubmitAttachmentStateChanges",
              "{'cluster':'dropped','attachments':[{'attachmentArn':'"
                  + OURS
                  + "attachment/1','status':'ATTACHED'}]}")
        }) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(value("__type", answer.body())).isEqualTo("InvalidParameterException");
      assertThat(answer.headers()).containsKey("x-amzn-requestid");
    }
  }

  @Test
  void entries_of_a_report_are_applied_in_order_and_late_ones_change_nothing() throws IOException {
    String instance = agent.register(site.cluster("order"));
    var _ = site.define("order");
    try (AgentSocket acs = agent.acs("order", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("order", instance, "order");
      assertThat(acs.message("PayloadMessage")).contains(task);
      String running =
          "{'cluster':'order','containers':[{'containerName':'app','runtimeId':'fb8a',"
              + "'imageDigest':'sha256:e1','status':'RUNNING','exitCode':0,'networkBindings':["
              + "{'bindIP':'0.0.0.0','containerPort':80,'hostPort':32768,'protocol':'tcp'}]}],"
              + "'reason':'','status':'RUNNING','task':'"
              + task
              + "','pullStartedAt':1795249573.5,'pullStoppedAt':1795249574.25}";
      var _ = agent.ok("SubmitTaskStateChange", running);
      assertThat(site.describe("order", task))
          .contains("\"lastStatus\":\"RUNNING\"")
          .contains("\"runtimeId\":\"fb8a\"", "\"imageDigest\":\"sha256:e1\"")
          .contains(
              "\"networkBindings\":[{\"bindIP\":\"0.0.0.0\",\"containerPort\":80,"
                  + "\"hostPort\":32768,\"protocol\":\"tcp\"}]");
      var _ =
          agent.ok(
              "SubmitTaskStateChange",
              "{'cluster':'order','containers':[{'containerName':'app','status':'RUNNING'},"
                  + "{'containerName':'app','status':'STOPPED','exitCode':137,'reason':"
                  + "'OutOfMemoryError: Container killed due to memory usage'}],'reason':'',"
                  + "'status':'STOPPED','task':'"
                  + task
                  + "'}");
      var _ = agent.ok("SubmitTaskStateChange", running);
      assertThat(site.describe("order", task))
          .contains("\"exitCode\":137")
          .contains("\"reason\":\"OutOfMemoryError: Container killed due to memory usage\"")
          .contains("\"desiredStatus\":\"STOPPED\"")
          .doesNotContain("\"lastStatus\":\"RUNNING\"");
    }
  }

  @Test
  void a_digest_that_is_known_before_the_image_is_there_leaves_the_task_pending()
      throws IOException {
    String instance = agent.register(site.cluster("digest"));
    var _ = site.define("digest");
    try (AgentSocket acs = agent.acs("digest", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("digest", instance, "digest");
      assertThat(acs.message("PayloadMessage")).contains(task);
      var _ =
          agent.ok(
              "SubmitTaskStateChange",
              "{'cluster':'digest','containers':[{'containerName':'app',"
                  + "'imageDigest':'sha256:e100','status':'PENDING'}],'reason':'',"
                  + "'status':'PENDING','task':'"
                  + task
                  + "'}");
      assertThat(site.describe("digest", task))
          .contains("\"imageDigest\":\"sha256:e100\"", "\"desiredStatus\":\"RUNNING\"")
          .contains("\"lastStatus\":\"PENDING\"")
          .doesNotContain("\"lastStatus\":\"RUNNING\"", "startedAt");
    }
  }

  @Test
  void a_payload_that_cannot_be_loaded_ends_with_the_report_that_says_so() throws IOException {
    String instance = agent.register(site.cluster("unloadable"));
    var _ = site.define("unloadable");
    try (AgentSocket acs = agent.acs("unloadable", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("unloadable", instance, "unloadable");
      assertThat(acs.message("PayloadMessage")).contains(task);
      var _ =
          agent.ok(
              "SubmitTaskStateChange",
              "{'cluster':'unloadable','status':'STOPPED','task':'"
                  + task
                  + "','reason':'UnrecogniedTaskError: Error loading task - no'}");
      assertThat(site.describe("unloadable", task))
          .contains("\"stopCode\":\"TaskFailedToStart\"")
          .contains("UnrecogniedTaskError: Error loading task - no");
      acs.goodbye();
    }
    try (AgentSocket acs = agent.acs("unloadable", instance)) {
      acs.send(
          "{'type':'TaskStopVerificationMessage','message':{'messageId':'x',"
              + "'stopCandidates':[]}}");
      assertThat(acs.until("TaskStopVerificationAck")).hasSize(3);
    }
  }

  @Test
  void an_agent_drains_its_instance_and_reads_its_tags() throws IOException {
    var _ = site.cluster("drain");
    String instance =
        value(
            "containerInstanceArn",
            agent.ok(
                "RegisterContainerInstance",
                Registrations.request("drain", "'tags':[{'key':'team','value':'a'}],")));
    assertThat(agent.ok("ListTagsForResource", "{'resourceArn':'" + instance + "'}"))
        .isEqualTo("{\"tags\":[{\"key\":\"team\",\"value\":\"a\"}]}");
    String drained =
        agent.ok(
            "UpdateContainerInstancesState",
            "{'cluster':'drain','containerInstances':['" + instance + "'],'status':'DRAINING'}");
    assertThat(found("\"status\":\"([A-Z]*)\"", drained)).isEqualTo("DRAINING");
  }
}
