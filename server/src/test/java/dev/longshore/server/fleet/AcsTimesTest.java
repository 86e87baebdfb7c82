package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.FleetSite.acknowledge;
import static dev.longshore.server.fleet.FleetSite.settled;
import static dev.longshore.server.fleet.ScriptedAgent.masked;
import static dev.longshore.server.fleet.ScriptedAgent.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What time brings to a session: heartbeats, repetitions, new credentials, the end. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class AcsTimesTest {
  /** So short that every look at the sessions, once a second, finds something due. */
  private static final FleetSettings QUICK =
      new FleetSettings(
          Duration.ofMillis(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30),
          Duration.ofMillis(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(10));

  private FleetSite site;
  private ScriptedAgent agent;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    site = FleetSite.start(directory, QUICK);
    agent = site.agent;
  }

  @AfterAll
  void stop() {
    site.close();
  }

  /** An agent drops a session after a minute of silence, and ends it itself after half an hour. */
  @Test
  void the_usual_times_are_those_that_agents_count_on() {
    assertThat(FleetSettings.USUAL.heartbeat()).isLessThanOrEqualTo(Duration.ofSeconds(45));
    assertThat(FleetSettings.USUAL.life()).isLessThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(FleetSettings.USUAL.heartbeatAnswer())
        .isGreaterThan(FleetSettings.USUAL.heartbeat());
  }

  @Test
  void heartbeats_come_again_and_again() throws IOException {
    String instance = agent.register(site.cluster("beats"));
    try (AgentSocket acs = agent.acs("beats", instance)) {
      String first = acs.message("HeartbeatMessage");
      String second = acs.message("HeartbeatMessage");
      assertThat(masked(second)).isEqualTo(masked(first));
      assertThat(second).isNotEqualTo(first);
    }
  }

  @Test
  void a_payload_is_repeated_until_it_is_acknowledged() throws IOException {
    String instance = agent.register(site.cluster("repeat"));
    var _ = site.define("repeat");
    try (AgentSocket acs = agent.acs("repeat", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("repeat", instance, "repeat");
      String first = acs.message("PayloadMessage");
      String second = acs.message("PayloadMessage");
      assertThat(second).contains(task);
      assertThat(masked(second)).isEqualTo(masked(first));
      assertThat(value("messageId", second)).isNotEqualTo(value("messageId", first));
      acknowledge(acs, second);
      settled(acs);
      // Two heartbeats later nothing but heartbeats has come.
      assertThat(acs.until("HeartbeatMessage")).hasSize(1);
      assertThat(acs.until("HeartbeatMessage")).hasSize(1);
    }
  }

  @Test
  void credentials_are_renewed_under_the_same_id_before_they_end() throws IOException {
    String instance = agent.register(site.cluster("renewed"));
    var _ = site.define("renewed", "'taskRoleArn':'shop',");
    try (AgentSocket acs = agent.acs("renewed", instance)) {
      site.awaitConnected(instance);
      String task = site.startTask("renewed", instance, "renewed");
      String payload = acs.message("PayloadMessage");
      acknowledge(acs, payload);
      site.report("renewed", task, "RUNNING");
      String renewal = acs.message("IAMRoleCredentialsMessage");
      assertThat(renewal).contains(task).contains("\"roleType\":\"TaskApplication\"");
      assertThat(value("credentialsId", renewal)).isEqualTo(value("credentialsId", payload));
      assertThat(value("accessKeyId", renewal)).isNotEqualTo(value("accessKeyId", payload));
      assertThat(value("expiration", renewal)).isGreaterThan(value("expiration", payload));
    }
  }

  @Test
  void an_agent_of_protocol_2_that_does_not_answer_is_cut_off_and_an_older_one_is_not(
      @TempDir Path directory) throws IOException {
    FleetSettings impatient =
        new FleetSettings(
            Duration.ofMillis(1),
            Duration.ofMillis(500),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofHours(6),
            Duration.ofSeconds(10));
    try (FleetSite strict = FleetSite.start(directory, impatient)) {
      String instance = strict.agent.register(strict.cluster("strict"));
      SequencedMap<String, String> old = ScriptedAgent.acsQuery("strict", instance, true);
      var _ = old.put("protocolVersion", "1");
      try (AgentSocket acs = strict.agent.opened(old)) {
        for (int beat = 0; beat < 4; beat++) {
          var _ = acs.message("HeartbeatMessage");
        }
      }
      try (AgentSocket acs = strict.agent.acs("strict", instance)) {
        assertThat(acs.closing()).isEqualTo("1000 Heartbeats were not acknowledged");
      }
    }
  }

  @Test
  void a_connection_that_has_lived_long_enough_is_ended_for_the_agent_to_come_again(
      @TempDir Path directory) throws IOException {
    FleetSettings shortLived =
        new FleetSettings(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            Duration.ofHours(6),
            Duration.ofSeconds(10));
    try (FleetSite brief = FleetSite.start(directory, shortLived)) {
      String instance = brief.agent.register(brief.cluster("brief"));
      try (AgentSocket acs = brief.agent.acs("brief", instance)) {
        assertThat(acs.closing()).isEqualTo("1000 ConnectionExpired: Reconnect to continue");
      }
    }
  }

  @Test
  void an_agent_that_does_not_come_back_after_a_restart_counts_as_disconnected(
      @TempDir Path directory) throws IOException {
    FleetSettings hasty =
        new FleetSettings(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofHours(6),
            Duration.ofMillis(1));
    String instance;
    AgentSocket left;
    try (FleetSite before = FleetSite.start(directory, FleetSettings.USUAL)) {
      instance = before.agent.register(before.cluster("restart"));
      left = before.agent.acs("restart", instance);
      before.awaitConnected(instance);
    }
    try (left) {
      assertThat(left.closing()).isEqualTo("1000 The server stops.");
    }
    try (FleetSite after = FleetSite.start(directory, hasty)) {
      after.awaitDisconnected(instance);
      assertThat(after.describeInstance("restart", instance)).contains("\"agentConnected\":false");
    }
  }
}
