package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.ScriptedAgent.tcsQuery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TCS as the official agent speaks it: every frame behind a block of signed header lines. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class TcsSessionTest {
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

  /** Sends a frame as the agent does and answers what comes back. */
  private String published(AgentSocket tcs, SequencedMap<String, String> query, String envelope)
      throws IOException {
    tcs.send(agent.telemetry(query, envelope));
    return tcs.text();
  }

  private static String metadata(String cluster, String instance, String more) {
    return "'metadata':{'cluster':'"
        + cluster
        + "','containerInstance':'"
        + instance
        + "',"
        + more
        + "},'timestamp':1795249514.552";
  }

  private static String acknowledgement(String type) {
    return "{\"type\":\"" + type + "\",\"message\":{\"message\":\"\"}}";
  }

  @Test
  void metrics_are_acknowledged_frame_by_frame() throws IOException {
    String instance = agent.register(site.cluster("metrics"));
    SequencedMap<String, String> query = tcsQuery("metrics", instance);
    try (AgentSocket tcs = agent.opened(query)) {
      assertThat(tcs.text())
          .isEqualTo("{\"type\":\"HeartbeatMessage\",\"message\":{\"healthy\":true}}");
      String idle =
          "{'type':'PublishMetricsRequest','message':{"
              + metadata("metrics", instance, "'fin':true,'idle':true,'messageId':'0e21'")
              + "}}";
      for (int frame = 0; frame < 2; frame++) {
        assertThat(published(tcs, query, idle)).isEqualTo(acknowledgement("AckPublishMetric"));
      }
    }
  }

  @Test
  void what_makes_no_sense_is_passed_over_and_the_session_goes_on() throws IOException {
    String instance = agent.register(site.cluster("nonsense"));
    SequencedMap<String, String> query = tcsQuery("nonsense", instance);
    try (AgentSocket tcs = agent.opened(query)) {
      var _ = tcs.text();
      String block = "a: b\r\n\r\n";
      for (String nonsense :
          List.of("", "garbage", block, block + "{", "[]", "{'type':'Unheard'}")) {
        tcs.send(nonsense);
      }
      assertThat(published(tcs, query, "{'type':'PublishHealthRequest','message':[]}"))
          .isEqualTo(acknowledgement("AckPublishHealth"));
      assertThat(published(tcs, query, "{'type':'PublishInstanceStatusRequest'}"))
          .isEqualTo(acknowledgement("AckPublishInstanceStatus"));
    }
  }

  private static String health(String instance, String task, String status) {
    return "{'type':'PublishHealthRequest','message':{"
        + metadata("health", instance, "'fin':true,'messageId':'h'")
        + ",'tasks':[{'taskArn':'"
        + task
        + "','taskDefinitionFamily':'health','taskDefinitionVersion':'1',"
        + "'containers':[{'containerName':'app','healthStatus':'"
        + status
        + "','statusSince':1795249514.5}]}]}}";
  }

  @Test
  void the_health_of_containers_comes_to_their_task() throws IOException {
    String instance = agent.register(site.cluster("health"));
    var _ =
        agent.ok(
            "RegisterTaskDefinition",
            "{'family':'health','containerDefinitions':[{'name':'app','image':'busybox:latest',"
                + "'memory':16,'healthCheck':{'command':['CMD-SHELL','true']}}]}");
    SequencedMap<String, String> query = tcsQuery("health", instance);
    try (AgentSocket acs = agent.acs("health", instance);
        AgentSocket tcs = agent.opened(query)) {
      site.awaitConnected(instance);
      String task = site.startTask("health", instance, "health");
      assertThat(acs.message("PayloadMessage")).contains(task);
      site.report("health", task, "RUNNING");
      assertThat(site.describe("health", task)).contains("\"healthStatus\":\"UNKNOWN\"");
      var _ = tcs.text();
      for (String status : List.of("HEALTHY", "UNHEALTHY")) {
        assertThat(published(tcs, query, health(instance, task, status)))
            .isEqualTo(acknowledgement("AckPublishHealth"));
        var _ =
            site.controlPlane
                .when(state -> {
                  Task row = state.find(Task.KIND, task);
                  return row != null && row.healthStatus().equals(status);
                })
                .join();
        // Of the container and of the task.
        assertThat(site.describe("health", task).split("\"healthStatus\":\"" + status, -1))
            .hasSize(3);
      }
    }
  }

  private static String instanceStatus(String instance, String status) {
    return "{'type':'PublishInstanceStatusRequest','message':{"
        + metadata("status", instance, "'requestId':'9908'")
        + ",'statuses':[{'lastStatusChange':1795249534.571,'lastUpdated':1795249514.539,"
        + "'status':'"
        + status
        + "','type':'ContainerRuntime'},{'status':'OK','type':'Unheard'}]}}";
  }

  @Test
  void what_the_agent_finds_of_its_instance_is_shown_of_it() throws IOException {
    String instance = agent.register(site.cluster("status"));
    assertThat(site.describeInstance("status", instance))
        .contains("\"overallStatus\":\"INSUFFICIENT_DATA\"");
    SequencedMap<String, String> query = tcsQuery("status", instance);
    try (AgentSocket tcs = agent.opened(query)) {
      var _ = tcs.text();
      for (String status : List.of("OK", "IMPAIRED")) {
        assertThat(published(tcs, query, instanceStatus(instance, status)))
            .isEqualTo(acknowledgement("AckPublishInstanceStatus"));
        site.await(
            instance, row -> row.health().stream().anyMatch(each -> status.equals(each.status())));
        assertThat(site.describeInstance("status", instance))
            .contains(
                ("'healthStatus':{'overallStatus':'"
                        + status
                        + "','details':[{'type':'CONTAINER_RUNTIME','status':'"
                        + status
                        + "','lastUpdated':1795249514.539,'lastStatusChange':1795249534.571}]")
                    .replace('\'', '"'));
      }
    }
  }
}
