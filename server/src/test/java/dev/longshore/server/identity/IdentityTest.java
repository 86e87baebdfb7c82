package dev.longshore.server.identity;

import static dev.longshore.server.identity.IdentitySite.keys;
import static dev.longshore.server.identity.IdentitySite.ok;
import static dev.longshore.server.identity.IdentitySite.policy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.identity.IdentitySite.Answer;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, roles and their policies, as they meet the door of a whole control plane. */
class IdentityTest {
  private static final String ROLE_ARN = "arn:aws:iam::123456789012:role/";
  private static final String ALLOW_ALL = "{'Effect':'Allow','Action':'*','Resource':'*'}";
  private static final String TRUST_ACCOUNT =
      "{'Effect':'Allow','Principal':{'AWS':'123456789012'},'Action':'sts:AssumeRole'}";

  @TempDir private static Path directory;
  private static IdentitySite site;

  @BeforeAll
  static void start() throws IOException {
    site = new IdentitySite(directory);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static void role(String name, String trust) throws Exception {
    ok(
        site.iam(
            site.root(),
            "CreateRole",
            "RoleName",
            name,
            "AssumeRolePolicyDocument",
            policy(trust)));
  }

  private static void inline(String role, String statements) throws Exception {
    ok(
        site.iam(
            site.root(),
            "PutRolePolicy",
            "RoleName",
            role,
            "PolicyName",
            "own",
            "PolicyDocument",
            policy(statements)));
  }

  private static Answer assume(Credentials by, String role, String... more) throws Exception {
    String[] members = new String[4 + more.length];
    members[0] = "RoleArn";
    members[1] = ROLE_ARN + role;
    members[2] = "RoleSessionName";
    members[3] = "visit";
    System.arraycopy(more, 0, members, 4, more.length);
    return site.sts(by, "AssumeRole", members);
  }

  @Test
  void a_user_without_policies_is_told_that_none_allows_it() throws Exception {
    Credentials keys = site.user("bare", "");
    Answer denied = site.ecs(keys, "ListClusters", "{}");
    assertThat(denied.status()).isEqualTo(400);
    assertThat(denied.body())
        .isEqualTo(
            "{\"__type\":\"AccessDeniedException\",\"message\":\"User:"
                + " arn:aws:iam::123456789012:user/bare is not authorized to perform:"
                + " ecs:ListClusters on resource: * because no identity-based policy allows the"
                + " ecs:ListClusters action\"}");
    Answer iam = site.iam(keys, "ListUsers");
    assertThat(iam.status()).isEqualTo(403);
    assertThat(iam.element("Code")).isEqualTo("AccessDenied");
    assertThat(iam.element("Message"))
        .contains("iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because");
  }

  @Test
  void an_explicit_deny_is_told_as_one() throws Exception {
    Credentials keys =
        site.user(
            "denied",
            "{'Effect':'Allow','Action':'ecs:*','Resource':'*'},"
                + "{'Effect':'Deny','Action':'ecs:DeleteCluster','Resource':'*'}");
    ok(site.ecs(keys, "CreateCluster", "{'clusterName':'kept'}"));
    assertThat(site.ecs(keys, "DeleteCluster", "{'cluster':'kept'}").body())
        .contains(
            "ecs:DeleteCluster on resource: arn:aws:ecs:us-east-1:123456789012:cluster/kept with an"
                + " explicit deny in an identity-based policy");
  }

  @Test
  void a_policy_may_keep_a_user_to_one_cluster() throws Exception {
    Credentials keys =
        site.user(
            "runner",
            "{'Effect':'Allow','Action':'ecs:RunTask','Resource':'*','Condition':{'ArnEquals':"
                + "{'ecs:cluster':'arn:aws:ecs:us-east-1:123456789012:cluster/mine'}}}");
    assertThat(site.ecs(keys, "RunTask", "{'cluster':'mine','taskDefinition':'app:1'}").body())
        .doesNotContain("AccessDenied");
    assertThat(site.ecs(keys, "RunTask", "{'cluster':'other','taskDefinition':'app:1'}").body())
        .contains("AccessDeniedException", "task-definition/app:1");
  }

  @Test
  void a_denial_is_told_before_a_broken_constraint_where_it_can_be_read_what_is_meant()
      throws Exception {
    Credentials bare = site.user("blind", "");
    String tooMany = "{'cluster':'default','maxResults':-1,'tasks':['a'],'include':['NONE']}";
    assertThat(site.ecs(bare, "DescribeTasks", tooMany).body())
        .contains("AccessDeniedException", "task/default/a");
    assertThat(site.ecs(site.root(), "DescribeTasks", tooMany).body())
        .contains("InvalidParameterException", "validation error");
    assertThat(site.iam(bare, "CreateUser", "UserName", "a/b").element("Code"))
        .isEqualTo("AccessDenied");
    assertThat(site.iam(site.root(), "CreateUser", "UserName", "a/b").element("Code"))
        .isEqualTo("ValidationError");
    assertThat(site.ecs(bare, "StopTask", "{'cluster':'default'}").body())
        .contains("InvalidParameterException", "'task'");
  }

  @Test
  void an_account_has_one_alias() throws Exception {
    ok(site.iam(site.root(), "CreateAccountAlias", "AccountAlias", "harbour"));
    ok(site.iam(site.root(), "CreateAccountAlias", "AccountAlias", "quay"));
    assertThat(ok(site.iam(site.root(), "ListAccountAliases")).element("member")).isEqualTo("quay");
    assertThat(site.iam(site.root(), "DeleteAccountAlias", "AccountAlias", "harbour").status())
        .isEqualTo(404);
    ok(site.iam(site.root(), "DeleteAccountAlias", "AccountAlias", "quay"));
    assertThat(ok(site.iam(site.root(), "ListAccountAliases")).body()).doesNotContain("quay");
  }

  @Test
  void everybodys_rights_are_told_at_once_page_by_page() throws Exception {
    site.user("detailed", ALLOW_ALL);
    role("detailed-role", TRUST_ACCOUNT);
    String members = "";
    String marker = "";
    do {
      Answer page =
          marker.isEmpty()
              ? ok(site.iam(site.root(), "GetAccountAuthorizationDetails", "MaxItems", "7"))
              : ok(
                  site.iam(
                      site.root(),
                      "GetAccountAuthorizationDetails",
                      "MaxItems",
                      "7",
                      "Marker",
                      marker));
      members += page.body();
      marker = page.element("IsTruncated").equals("true") ? page.element("Marker") : "";
    } while (!marker.isEmpty());
    assertThat(members)
        .containsOnlyOnce("<UserName>detailed</UserName>")
        .containsOnlyOnce("<RoleName>detailed-role</RoleName>")
        .containsOnlyOnce(":policy/AmazonECS_FullAccess</Arn>")
        .contains("<InstanceProfileName>ecsInstanceRole</InstanceProfileName>");
    assertThat(
            ok(site.iam(site.root(), "GetAccountAuthorizationDetails", "Filter.member.1", "User"))
                .body())
        .contains("<UserName>detailed</UserName>")
        .doesNotContain("<RoleName>");
  }

  @Test
  void what_nobody_has_here_is_answered_with_none_and_what_is_refused_says_why() throws Exception {
    site.user("plain", "");
    for (String action :
        new String[] {"ListMFADevices", "ListSSHPublicKeys", "ListSigningCertificates"}) {
      ok(site.iam(site.root(), action, "UserName", "plain"));
      assertThat(site.iam(site.root(), action, "UserName", "nobody").status()).isEqualTo(404);
    }
    Answer password = site.iam(site.root(), "GetLoginProfile", "UserName", "plain");
    assertThat(password.status()).isEqualTo(404);
    assertThat(password.element("Message"))
        .isEqualTo("Login Profile for User plain cannot be found.");
    assertThat(site.iam(site.root(), "GetAccountPasswordPolicy").element("Code"))
        .isEqualTo("NoSuchEntity");
    assertThat(site.iam(site.root(), "GetCredentialReport").element("Message"))
        .startsWith("Longshore does not support GetCredentialReport: when rights");
    assertThat(site.sts(site.root(), "GetFederationToken", "Name", "feder").element("Message"))
        .startsWith("Longshore does not support GetFederationToken: take on a role");
  }

  @Test
  void a_key_says_when_and_for_what_it_was_last_used() throws Exception {
    Credentials keys = site.user("traced", ALLOW_ALL);
    String id = keys.accessKeyId();
    site.ecs(Credentials.of(id, "wrong"), "ListClusters", "{}");
    Answer never = lastUse(id);
    assertThat(never.element("UserName")).isEqualTo("traced");
    assertThat(never.element("ServiceName")).isEqualTo("N/A");
    assertThat(never.element("Region")).isEqualTo("N/A");
    assertThat(never.body()).doesNotContain("LastUsedDate");
    Instant before = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    ok(site.ecs(keys, "ListClusters", "{}"));
    Answer used = lastUse(id);
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        used.element("ServiceName").equals("N/A") && System.nanoTime() < end;
        used = lastUse(id)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(used.element("ServiceName")).isEqualTo("ecs");
    assertThat(used.element("Region")).isEqualTo("us-east-1");
    assertThat(Instant.parse(used.element("LastUsedDate"))).isBetween(before, Instant.now());
    Credentials curious =
        site.user(
            "curious",
            "{'Effect':'Allow','Action':'iam:GetAccessKeyLastUsed',"
                + "'Resource':'arn:aws:iam::123456789012:user/traced'}");
    ok(site.iam(curious, "GetAccessKeyLastUsed", "AccessKeyId", id));
    Answer others = site.iam(curious, "GetAccessKeyLastUsed", "AccessKeyId", curious.accessKeyId());
    assertThat(others.element("Message"))
        .contains("iam:GetAccessKeyLastUsed on resource: arn:aws:iam::123456789012:user/curious ");
    ok(site.iam(site.root(), "DeleteAccessKey", "UserName", "traced", "AccessKeyId", id));
    assertThat(site.iam(site.root(), "GetAccessKeyLastUsed", "AccessKeyId", id).element("Message"))
        .isEqualTo("The Access Key with id " + id + " cannot be found.");
  }

  private static Answer lastUse(String id) throws Exception {
    return ok(site.iam(site.root(), "GetAccessKeyLastUsed", "AccessKeyId", id));
  }

  @Test
  void not_action_leaves_out_iam() throws Exception {
    Credentials keys = site.user("power", "{'Effect':'Allow','NotAction':'iam:*','Resource':'*'}");
    ok(site.ecs(keys, "ListClusters", "{}"));
    assertThat(site.iam(keys, "GetUser").status()).isEqualTo(403);
  }

  @Test
  void a_role_is_given_away_only_by_who_may_pass_it_there() throws Exception {
    String register =
        "{'family':'roles','taskRoleArn':'"
            + ROLE_ARN
            + "ecsTaskExecutionRole','containerDefinitions':[{'name':'a','image':'a','memory':8}]}";
    Credentials none = site.user("nopass", "{'Effect':'Allow','Action':'ecs:*','Resource':'*'}");
    assertThat(site.ecs(none, "RegisterTaskDefinition", register).body())
        .contains(
            "AccessDeniedException",
            "is not authorized to perform: iam:PassRole on resource: "
                + ROLE_ARN
                + "ecsTaskExecutionRole because no identity-based policy allows the iam:PassRole"
                + " action");
    String pass =
        "{'Effect':'Allow','Action':'ecs:*','Resource':'*'},"
            + "{'Effect':'Allow','Action':'iam:PassRole','Resource':'*','Condition':"
            + "{'StringEquals':{'iam:PassedToService':'%s'}}}";
    Credentials elsewhere = site.user("passec2", pass.formatted("ec2.amazonaws.com"));
    assertThat(site.ecs(elsewhere, "RegisterTaskDefinition", register).body())
        .contains("iam:PassRole");
    Credentials there = site.user("passtasks", pass.formatted("ecs-tasks.amazonaws.com"));
    ok(site.ecs(there, "RegisterTaskDefinition", register));
  }

  @Test
  void a_role_that_trusts_the_account_is_taken_on_by_who_is_allowed_to() throws Exception {
    role("visited", TRUST_ACCOUNT);
    inline("visited", "{'Effect':'Allow','Action':'ecs:List*','Resource':'*'}");
    Credentials allowed =
        site.user("visitor", "{'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*'}");
    Answer answer = assume(allowed, "visited");
    Credentials session = keys(answer);
    String arn = "arn:aws:sts::123456789012:assumed-role/visited/visit";
    assertThat(answer.element("Arn")).isEqualTo(arn);
    assertThat(answer.element("AssumedRoleId")).matches("AROA[A-Z2-7]{17}:visit");
    assertThat(site.sts(session, "GetCallerIdentity").element("Arn")).isEqualTo(arn);
    ok(site.ecs(session, "ListClusters", "{}"));
    assertThat(site.ecs(session, "CreateCluster", "{}").body())
        .contains("User: " + arn + " is not authorized to perform: ecs:CreateCluster");
    Answer refused = assume(site.user("stranger", ""), "visited");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.element("Message"))
        .isEqualTo(
            "User: arn:aws:iam::123456789012:user/stranger is not authorized to perform:"
                + " sts:AssumeRole on resource: "
                + ROLE_ARN
                + "visited");
    assertThat(assume(allowed, "absent").element("Message"))
        .endsWith("sts:AssumeRole on resource: " + ROLE_ARN + "absent");
  }

  @Test
  void a_session_lasts_no_longer_than_its_role_allows_nor_than_an_hour_in_a_chain()
      throws Exception {
    role("short", TRUST_ACCOUNT);
    inline("short", ALLOW_ALL);
    Credentials keys = site.user("patient", ALLOW_ALL);
    Answer tooLong = assume(keys, "short", "DurationSeconds", "43200");
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.element("Code")).isEqualTo("ValidationError");
    assertThat(tooLong.element("Message"))
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    ok(site.iam(site.root(), "UpdateRole", "RoleName", "short", "MaxSessionDuration", "43200"));
    Credentials session = keys(assume(keys, "short", "DurationSeconds", "43200"));
    assertThat(assume(session, "short", "DurationSeconds", "3601").element("Message"))
        .isEqualTo(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
                + " role chaining");
    keys(assume(session, "short"));
  }

  @Test
  void a_sessions_own_policy_takes_away_and_never_adds() throws Exception {
    role("wide", TRUST_ACCOUNT);
    inline("wide", "{'Effect':'Allow','Action':'ecs:*','Resource':'*'}");
    Credentials keys = site.user("careful", ALLOW_ALL);
    Credentials session =
        keys(
            assume(
                keys,
                "wide",
                "Policy",
                policy("{'Effect':'Allow','Action':['ecs:List*','iam:*'],'Resource':'*'}")));
    ok(site.ecs(session, "ListClusters", "{}"));
    assertThat(site.ecs(session, "CreateCluster", "{}").body())
        .contains("because no session policy allows the ecs:CreateCluster action");
    assertThat(site.iam(session, "ListUsers").status()).isEqualTo(403);
  }

  @Test
  void an_external_id_is_asked_for_by_the_trust() throws Exception {
    role(
        "external",
        TRUST_ACCOUNT.replace(
            "'sts:AssumeRole'}",
            "'sts:AssumeRole','Condition':{'StringEquals':{'sts:ExternalId':'12'}}}"));
    Credentials keys = site.user("partner", ALLOW_ALL);
    assertThat(assume(keys, "external").status()).isEqualTo(403);
    assertThat(assume(keys, "external", "ExternalId", "13").status()).isEqualTo(403);
    keys(assume(keys, "external", "ExternalId", "12"));
  }

  @Test
  void a_policy_taken_off_counts_for_the_next_call_of_a_session() throws Exception {
    role("revoked", TRUST_ACCOUNT);
    inline("revoked", "{'Effect':'Allow','Action':'ecs:*','Resource':'*'}");
    Credentials session = keys(assume(site.user("revoker", ALLOW_ALL), "revoked"));
    ok(site.ecs(session, "ListClusters", "{}"));
    ok(site.iam(site.root(), "DeleteRolePolicy", "RoleName", "revoked", "PolicyName", "own"));
    assertThat(site.ecs(session, "ListClusters", "{}").body()).contains("AccessDeniedException");
    ok(site.iam(site.root(), "DeleteRole", "RoleName", "revoked"));
    role("revoked", TRUST_ACCOUNT);
    inline("revoked", ALLOW_ALL);
    // The role of the session is gone; another has its name.
    assertThat(site.ecs(session, "ListClusters", "{}").body()).contains("AccessDeniedException");
  }

  @Test
  void a_session_token_of_a_user_reaches_neither_iam_nor_most_of_sts() throws Exception {
    Credentials keys = site.user("tokens", ALLOW_ALL);
    Credentials session = keys(site.sts(keys, "GetSessionToken"));
    ok(site.ecs(session, "ListClusters", "{}"));
    ok(site.sts(session, "GetCallerIdentity"));
    assertThat(site.iam(session, "ListUsers").status()).isEqualTo(403);
    Answer again = site.sts(session, "GetSessionToken");
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.element("Message"))
        .isEqualTo("Cannot call GetSessionToken with session credentials");
  }

  @Test
  void an_inactive_key_and_a_deleted_one_are_unknown() throws Exception {
    Credentials keys = site.user("keys", ALLOW_ALL);
    ok(site.iam(keys, "GetUser"));
    String id = keys.accessKeyId();
    ok(
        site.iam(
            site.root(),
            "UpdateAccessKey",
            "UserName",
            "keys",
            "AccessKeyId",
            id,
            "Status",
            "Inactive"));
    Answer inactive = site.iam(keys, "GetUser");
    assertThat(inactive.status()).isEqualTo(403);
    assertThat(inactive.element("Code")).isEqualTo("InvalidClientTokenId");
    assertThat(site.ecs(keys, "ListClusters", "{}").body()).contains("UnrecognizedClientException");
  }

  @Test
  void a_third_access_key_is_one_too_many() throws Exception {
    site.user("two", "");
    ok(site.iam(site.root(), "CreateAccessKey", "UserName", "two"));
    Answer third = site.iam(site.root(), "CreateAccessKey", "UserName", "two");
    assertThat(third.status()).isEqualTo(409);
    assertThat(third.element("Code")).isEqualTo("LimitExceeded");
    assertThat(third.element("Message")).isEqualTo("Cannot exceed quota for AccessKeysPerUser: 2");
  }

  @Test
  void a_role_with_a_policy_is_not_deleted() throws Exception {
    role("held", TRUST_ACCOUNT);
    ok(
        site.iam(
            site.root(),
            "AttachRolePolicy",
            "RoleName",
            "held",
            "PolicyArn",
            "arn:aws:iam::aws:policy/ReadOnlyAccess"));
    Answer refused = site.iam(site.root(), "DeleteRole", "RoleName", "held");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.element("Code")).isEqualTo("DeleteConflict");
    assertThat(refused.element("Message"))
        .isEqualTo("Cannot delete entity, must detach all policies first.");
  }

  @Test
  void the_role_of_ecs_comes_with_the_first_cluster_and_stays_while_there_is_one()
      throws Exception {
    ok(site.ecs(site.root(), "CreateCluster", "{'clusterName':'linked'}"));
    Answer role = ok(site.iam(site.root(), "GetRole", "RoleName", "AWSServiceRoleForECS"));
    assertThat(role.element("Arn"))
        .isEqualTo(ROLE_ARN + "aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS");
    assertThat(role.element("Description"))
        .isEqualTo(
            "Policy to enable Amazon ECS to manage your EC2 instances and related resources.");
    Answer again =
        site.iam(site.root(), "CreateServiceLinkedRole", "AWSServiceName", "ecs.amazonaws.com");
    assertThat(again.element("Message"))
        .isEqualTo(
            "Service role name AWSServiceRoleForECS has been taken in this account, please try a"
                + " different suffix.");
    Answer delete = site.iam(site.root(), "DeleteRole", "RoleName", "AWSServiceRoleForECS");
    assertThat(delete.element("Code")).isEqualTo("UnmodifiableEntity");
    assertThat(delete.element("Message"))
        .isEqualTo(
            "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role"
                + " is only modifiable by AWS");
    String task =
        ok(site.iam(site.root(), "DeleteServiceLinkedRole", "RoleName", "AWSServiceRoleForECS"))
            .element("DeletionTaskId");
    Answer status =
        site.iam(site.root(), "GetServiceLinkedRoleDeletionStatus", "DeletionTaskId", task);
    assertThat(status.element("Status")).isEqualTo("FAILED");
  }

  @Test
  void the_secret_of_a_key_stands_nowhere_in_the_data_directory() throws Exception {
    Credentials keys = site.user("sealed", "");
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(text).as(file.toString()).doesNotContain(keys.secretAccessKey());
      }
    }
  }
}
