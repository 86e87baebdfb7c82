package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.FleetSite.acknowledge;
import static dev.longshore.server.fleet.FleetSite.settled;
import static dev.longshore.server.fleet.ScriptedAgent.acsQuery;
import static dev.longshore.server.fleet.ScriptedAgent.found;
import static dev.longshore.server.fleet.ScriptedAgent.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.fleet.AgentSocket.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The credentials of tasks' roles: given, taken, given again, and what their holders may do. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class RoleCredentialsTest {
  private static final String CREDENTIALS =
      "\\{\"credentialsId\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\","
          + "\"roleArn\":\"arn:aws:iam::123456789012:role/%s\","
          + "\"accessKeyId\":\"ASIA[A-Z2-7]{16}\",\"secretAccessKey\":\"[A-Za-z0-9+/]{40}\","
          + "\"sessionToken\":\"[A-Za-z0-9+/=]+\","
          + "\"expiration\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\"}";

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

  /** The keys that a message carries first. */
  private static AgentSignature keys(String message) {
    return new AgentSignature(
        value("accessKeyId", message),
        value("secretAccessKey", message),
        value("sessionToken", message));
  }

  private static void acknowledgeCredentials(AgentSocket acs, String message) throws IOException {
    acs.send(
        "{'type':'IAMRoleCredentialsAckRequest','message':{'messageId':'"
            + value("messageId", message)
            + "','credentialsId':'"
            + value("credentialsId", message)
            + "','expiration':'"
            + value("expiration", message)
            + "'}}");
  }

  /** The payload of a new task whose definition names a role. */
  private String payloadWithRole(AgentSocket acs, String cluster, String instance)
      throws IOException {
    var _ = site.define(cluster, "'taskRoleArn':'arn:aws:iam::123456789012:role/apps/shop',");
    site.awaitConnected(instance);
    var _ = site.startTask(cluster, instance, cluster);
    return acs.message("PayloadMessage");
  }

  @Test
  void a_payload_carries_the_credentials_of_both_roles_of_its_task() throws IOException {
    String instance = agent.register(site.cluster("both"));
    try (AgentSocket acs = agent.acs("both", instance)) {
      var _ =
          site.define(
              "both",
              "'taskRoleArn':'arn:aws:iam::123456789012:role/apps/shop',"
                  + "'executionRoleArn':'starter',");
      site.awaitConnected(instance);
      var _ = site.startTask("both", instance, "both");
      String payload = acs.message("PayloadMessage");
      String own = found("\"roleCredentials\":(\\{[^}]*})", payload);
      String execution = found("\"executionRoleCredentials\":(\\{[^}]*})", payload);
      assertThat(own).matches(CREDENTIALS.formatted("apps/shop"));
      assertThat(execution).matches(CREDENTIALS.formatted("starter"));
      assertThat(value("credentialsId", own)).isNotEqualTo(value("credentialsId", execution));
      Duration life = Duration.between(Instant.now(), Instant.parse(value("expiration", own)));
      assertThat(life).isBetween(Duration.ofHours(5), Duration.ofHours(6));
    }
  }

  @Test
  void an_override_names_another_role_and_must_name_one() throws IOException {
    String instance = agent.register(site.cluster("override"));
    try (AgentSocket acs = agent.acs("override", instance)) {
      var _ = site.define("override", "'taskRoleArn':'shop',");
      site.awaitConnected(instance);
      var _ =
          site.startTask("override", instance, "override", "'overrides':{'taskRoleArn':'other'},");
      String payload = acs.message("PayloadMessage");
      assertThat(value("roleArn", payload)).isEqualTo("arn:aws:iam::123456789012:role/other");
      assertThat(payload).doesNotContain("executionRoleCredentials");
    }
    Answer refused =
        agent.call(
            "StartTask",
            "{'cluster':'override','taskDefinition':'override','containerInstances':['"
                + instance
                + "'],'overrides':{'taskRoleArn':'no role'}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo("{\"__type\":\"ClientException\",\"message\":\"Role is not valid\"}");
  }

  @Test
  void an_agent_that_was_started_anew_gets_the_credentials_of_all_its_tasks_and_no_other_does()
      throws IOException {
    String instance = agent.register(site.cluster("anew"));
    String payload;
    try (AgentSocket acs = agent.acs("anew", instance)) {
      payload = payloadWithRole(acs, "anew", instance);
      acknowledge(acs, payload);
      acknowledgeCredentials(acs, payload);
      settled(acs);
      acs.goodbye();
    }
    String task = value("arn", payload);
    site.report("anew", task, "RUNNING");
    try (AgentSocket restarted = agent.acs("anew", instance)) {
      List<String> texts = restarted.until("IAMRoleCredentialsMessage");
      assertThat(texts).hasSize(3);
      String message = texts.getLast();
      assertThat(message)
          .matches(
              "\\{\"type\":\"IAMRoleCredentialsMessage\",\"message\":\\{"
                  + "\"messageId\":\"[^\"]*\",\"taskArn\":\""
                  + task
                  + "\",\"taskClusterArn\":\""
                  + FleetSite.OURS
                  + "cluster/anew\",\"roleType\":\"TaskApplication\",\"roleCredentials\":"
                  + CREDENTIALS.formatted("apps/shop")
                  + "}}");
      assertThat(value("credentialsId", message)).isEqualTo(value("credentialsId", payload));
      acknowledgeCredentials(restarted, message);
      settled(restarted);
      restarted.goodbye();
    }
    try (AgentSocket back = agent.acsAgain("anew", instance)) {
      back.send(
          "{'type':'TaskStopVerificationMessage','message':{'messageId':'x',"
              + "'stopCandidates':[]}}");
      assertThat(back.until("TaskStopVerificationAck")).hasSize(3);
    }
  }

  @Test
  void a_task_is_known_to_sts_by_its_role_and_its_id_and_may_do_nothing_else() throws IOException {
    String instance = agent.register(site.cluster("identity"));
    try (AgentSocket acs = agent.acs("identity", instance)) {
      String payload = payloadWithRole(acs, "identity", instance);
      String id = found("task/identity/([0-9a-f]{32})", payload);
      ScriptedAgent task = agent.with(keys(payload));
      Answer identity = task.form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
      String arn = "arn:aws:sts::123456789012:assumed-role/shop/" + id;
      assertThat(identity.status()).isEqualTo(200);
      assertThat(identity.body())
          .contains("<Arn>" + arn + "</Arn>", "<Account>123456789012</Account>")
          .containsPattern("<UserId>AROA[A-Z2-7]{17}:" + id + "</UserId>");
      Answer denied = task.call("ListClusters", "{}");
      assertThat(denied.status()).isEqualTo(400);
      assertThat(denied.body())
          .isEqualTo(
              "{\"__type\":\"AccessDeniedException\",\"message\":\"User: "
                  + arn
                  + " is not authorized to perform: ecs:ListClusters on resource: * because no"
                  + " identity-based policy allows the ecs:ListClusters action\"}");
      Answer assume =
          task.form(
              "sts",
              "Action=AssumeRole&Version=2011-06-15&RoleSessionName=x1"
                  + "&RoleArn=arn:aws:iam::1:role/x");
      assertThat(assume.status()).isEqualTo(403);
      assertThat(assume.body()).contains("<Code>AccessDenied</Code>", "sts:AssumeRole");
      Answer session = task.upgrade(acsQuery("identity", instance, true));
      assertThat(session.status()).isEqualTo(403);
      assertThat(session.body())
          .startsWith("{\"AccessDeniedException\":\"User: " + arn + " is not authorized")
          .contains("ecs:Poll");
    }
  }

  @Test
  void a_task_whose_role_is_none_or_trusts_others_stops_and_says_why() throws IOException {
    String instance = agent.register(site.cluster("refused"));
    try (AgentSocket acs = agent.acs("refused", instance)) {
      var _ = site.define("refused", "");
      site.awaitConnected(instance);
      for (String role : List.of("absent", "ecsInstanceRole")) {
        String arn = "arn:aws:iam::123456789012:role/" + role;
        String task =
            site.startTask(
                "refused", instance, "refused", "'overrides':{'taskRoleArn':'" + arn + "'},");
        site.awaitStopped(task);
        assertThat(site.describe("refused", task))
            .contains("\"stopCode\":\"TaskFailedToStart\"")
            .contains(
                "ECS was unable to assume the role '"
                    + arn
                    + "' that was provided for this task. Please verify that the role being passed"
                    + " has the proper trust relationship and permissions and that your IAM user"
                    + " has permissions to pass this role.");
      }
      assertThat(acs).isNotNull();
    }
  }

  @Test
  void sts_knows_the_root_user_and_refuses_strangers() throws IOException {
    Answer root = agent.form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    assertThat(root.status()).isEqualTo(200);
    assertThat(root.body())
        .contains(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">",
            "<Arn>arn:aws:iam::123456789012:root</Arn>",
            "<UserId>123456789012</UserId>",
            "<Account>123456789012</Account>");
    Answer stranger =
        agent
            .with(new AgentSignature("ASIASTRANGER00000000", "wrong", "dG9rZW4="))
            .form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.body()).contains("<Code>InvalidClientTokenId</Code>");
  }

  @Test
  void forged_tokens_and_keys_without_their_token_are_unknown() throws IOException {
    String instance = agent.register(site.cluster("forged"));
    try (AgentSocket acs = agent.acs("forged", instance)) {
      AgentSignature keys = keys(payloadWithRole(acs, "forged", instance));
      String token = String.valueOf(keys.token());
      char first = token.charAt(20) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, 20) + first + token.substring(21);
      for (AgentSignature wrong :
          List.of(
              new AgentSignature(keys.keyId(), keys.secret(), null),
              new AgentSignature(keys.keyId(), keys.secret(), forged),
              new AgentSignature("ASIAAAAAAAAAAAAAAAAA", keys.secret(), token))) {
        Answer answer = agent.with(wrong).call("ListClusters", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
            .isEqualTo(
                "{\"__type\":\"UnrecognizedClientException\",\"message\":"
                    + "\"The security token included in the request is invalid.\"}");
      }
      Answer mismatch =
          agent
              .with(new AgentSignature(keys.keyId(), "wrong", keys.token()))
              .call("ListClusters", "{}");
      assertThat(mismatch.body()).contains("InvalidSignatureException");
    }
  }

  @Test
  void expired_keys_are_said_to_be_expired(@TempDir Path directory) throws IOException {
    FleetSettings usual = FleetSettings.USUAL;
    FleetSettings dead =
        new FleetSettings(
            usual.heartbeat(),
            usual.heartbeatAnswer(),
            usual.life(),
            usual.resend(),
            Duration.ZERO,
            usual.reconnectGrace());
    try (FleetSite late = FleetSite.start(directory, dead)) {
      String instance = late.agent.register(late.cluster("late"));
      try (AgentSocket acs = late.agent.acs("late", instance)) {
        var _ = late.define("late", "'taskRoleArn':'shop',");
        late.awaitConnected(instance);
        var _ = late.startTask("late", instance, "late");
        ScriptedAgent task = late.agent.with(keys(acs.message("PayloadMessage")));
        Answer json = task.call("ListClusters", "{}");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.body())
            .isEqualTo(
                "{\"__type\":\"ExpiredTokenException\",\"message\":"
                    + "\"The security token included in the request is expired\"}");
        Answer query = task.form("sts", "Action=GetCallerIdentity&Version=2011-06-15");
        assertThat(query.status()).isEqualTo(403);
        assertThat(query.body()).contains("<Code>ExpiredToken</Code>");
      }
    }
  }
}
