package dev.longshore.server.identity;

import static dev.longshore.server.identity.IdentitySite.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.identity.IdentitySite.Answer;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines may do: what the role of their instance profile may, and nothing else. */
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class InstanceSessionsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/ecsInstanceRole";
  private static final String SESSION =
      "arn:aws:sts::123456789012:assumed-role/ecsInstanceRole/machine-1";
  private static final String POLICY =
      "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";
  private static final String JOIN =
      "{'Effect':'Allow','Action':'longshore:GetInstanceCredentials','Resource':"
          + "'arn:aws:iam::123456789012:instance-profile/ecsInstanceRole'}";
  private static final String PASS =
      ",{'Effect':'Allow','Action':'iam:PassRole','Resource':'"
          + ROLE
          + "','Condition':{'StringEquals':{'iam:PassedToService':'SERVICE'}}}";
  private static final String REGISTER =
      "{'cluster':'default','totalResources':[{'name':'CPU','type':'INTEGER','integerValue':1024},"
          + "{'name':'MEMORY','type':'INTEGER','integerValue':512}]}";

  @TempDir private Path directory;
  private IdentitySite site;

  @BeforeEach
  void start() throws Exception {
    site = new IdentitySite(directory);
    ok(site.ecs(site.root(), "CreateCluster", "{'clusterName':'default'}"));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private Credentials machine(Credentials by) throws Exception {
    Json answer = Json.parse(ok(site.own(by, "GetInstanceCredentials", ask("machine-1"))).body());
    return new Credentials(
        answer.at("accessKeyId").text(),
        answer.at("secretAccessKey").text(),
        answer.at("sessionToken").text(),
        Instant.parse(answer.at("expiration").text()));
  }

  private static String pass(String service) {
    return PASS.replace("SERVICE", service);
  }

  private static String ask(String machine) {
    return "{'instanceProfileName':'ecsInstanceRole','instanceName':'" + machine + "'}";
  }

  /** The lines of the audit log, once the server has written them all. */
  private List<String> audited() throws IOException {
    site.close();
    List<String> lines = Files.readAllLines(directory.resolve("audit").resolve("audit.jsonl"));
    site = new IdentitySite(directory);
    return lines;
  }

  @Test
  void who_may_pass_the_role_to_ec2_joins_machines_that_act_as_the_role() throws Exception {
    Credentials joiner = site.user("joiner", JOIN + pass("ec2.amazonaws.com"));
    Credentials keys = machine(joiner);
    assertThat(keys.accessKeyId()).startsWith("ASIA");
    assertThat(ok(site.sts(keys, "GetCallerIdentity")).element("Arn")).isEqualTo(SESSION);
    assertThat(ok(site.ecs(keys, "RegisterContainerInstance", REGISTER)).body())
        .contains("\"containerInstanceArn\"");
    assertThat(site.ecs(keys, "ListClusters", "{}").body())
        .contains("AccessDeniedException", SESSION + " is not authorized to perform: ecs:List");
    assertThat(audited())
        .anyMatch(line ->
            line.contains("\"principal\":\"" + SESSION + '"')
                && line.contains("\"action\":\"ecs:RegisterContainerInstance\"")
                && line.contains("\"allowed\":true"));
  }

  @Test
  void who_may_not_pass_the_role_to_ec2_joins_no_machine() throws Exception {
    String denial = "is not authorized to perform: iam:PassRole on resource: " + ROLE;
    Credentials none = site.user("nopass", JOIN);
    assertThat(site.own(none, "GetInstanceCredentials", ask("m1")).body()).contains(denial);
    Credentials tasks = site.user("tasks", JOIN + pass("ecs-tasks.amazonaws.com"));
    assertThat(site.own(tasks, "GetInstanceCredentials", ask("m1")).body()).contains(denial);
  }

  @Test
  void without_its_policy_the_role_registers_nothing_and_the_log_says_so() throws Exception {
    Credentials keys = machine(site.root());
    ok(
        site.iam(
            site.root(), "DetachRolePolicy", "RoleName", "ecsInstanceRole", "PolicyArn", POLICY));
    Answer denied = site.ecs(keys, "RegisterContainerInstance", REGISTER);
    assertThat(denied.status()).isEqualTo(400);
    assertThat(denied.body())
        .contains(
            "AccessDeniedException",
            SESSION
                + " is not authorized to perform: ecs:RegisterContainerInstance on resource:"
                + " arn:aws:ecs:us-east-1:123456789012:cluster/default because no identity-based"
                + " policy allows the ecs:RegisterContainerInstance action");
    assertThat(audited())
        .anyMatch(line ->
            line.contains("\"principal\":\"" + SESSION + '"')
                && line.contains("\"allowed\":false")
                && line.contains("\"error\":\"AccessDeniedException\""));
  }

  @Test
  void a_profile_without_a_role_that_trusts_ec2_hands_out_nothing() throws Exception {
    String unknown = "{'instanceProfileName':'other','instanceName':'m1'}";
    assertThat(site.own(site.root(), "GetInstanceCredentials", unknown).body())
        .contains("NoSuchEntityException", "Instance Profile other cannot be found.");
    String trust =
        "{'Effect':'Allow','Principal':{'Service':'ecs.amazonaws.com'},'Action':'sts:AssumeRole'}";
    ok(
        site.iam(
            site.root(),
            "UpdateAssumeRolePolicy",
            "RoleName",
            "ecsInstanceRole",
            "PolicyDocument",
            IdentitySite.policy(trust)));
    assertThat(site.own(site.root(), "GetInstanceCredentials", ask("m1")).body())
        .contains("InvalidInstanceProfileException", "has no role that trusts ec2.amazonaws.com");
  }
}
