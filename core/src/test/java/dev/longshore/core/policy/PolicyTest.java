package dev.longshore.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
  private static final String ACCOUNT = "123456789012";
  private static final Subject ANNA =
      Subject.of(ACCOUNT, "arn:aws:iam::123456789012:user/anna", null, "AIDAANNA");

  private static Policy identity(String... statements) {
    return PolicyReader.read(document(statements), PolicyKind.IDENTITY);
  }

  private static String document(String... statements) {
    return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}")
        .replace('\'', '"');
  }

  private static Decision decide(Policy policy, String action, String resource) {
    return decide(policy, action, resource, Map.of());
  }

  private static Decision decide(
      Policy policy, String action, String resource, Map<String, String> keys) {
    Map<String, List<String>> lower = new TreeMap<>();
    keys.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Inquiry inquiry = new Inquiry(ANNA, action.toLowerCase(Locale.ROOT), resource, lower::get);
    return new PolicySet(List.of(policy), null, null).decide(inquiry, null, false);
  }

  @Test
  void actions_are_matched_whatever_their_case() {
    Policy policy = identity("{'Effect':'Allow','Action':'ecs:Describe*','Resource':'*'}");
    assertThat(decide(policy, "ecs:describetasks", "*")).isEqualTo(Decision.ALLOWED);
    assertThat(decide(policy, "ecs:RunTask", "*")).isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
  }

  @Test
  void not_action_allows_all_but_those() {
    Policy policy = identity("{'Effect':'Allow','NotAction':'iam:*','Resource':'*'}");
    assertThat(decide(policy, "ecs:RunTask", "*")).isEqualTo(Decision.ALLOWED);
    assertThat(decide(policy, "iam:CreateUser", "*")).isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
  }

  @Test
  void an_explicit_deny_wins_over_what_is_allowed() {
    Policy policy =
        identity(
            "{'Effect':'Allow','Action':'ecs:*','Resource':'*'}",
            "{'Effect':'Deny','Action':'ecs:DeleteCluster','Resource':'*'}");
    Decision denied = decide(policy, "ecs:DeleteCluster", "*");
    assertThat(denied.ending("ecs:DeleteCluster"))
        .isEqualTo(" with an explicit deny in an identity-based policy");
    assertThat(decide(policy, "ecs:RunTask", "*")).isEqualTo(Decision.ALLOWED);
  }

  @Test
  void a_condition_on_the_cluster_keeps_to_that_cluster() {
    Policy policy =
        identity(
            "{'Effect':'Allow','Action':'ecs:RunTask','Resource':'*','Condition':{'ArnEquals':"
                + "{'ecs:cluster':'arn:aws:ecs:us-east-1:123456789012:cluster/a'}}}");
    String cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/";
    assertThat(decide(policy, "ecs:RunTask", "*", Map.of("ecs:cluster", cluster + "a")).allowed())
        .isTrue();
    assertThat(decide(policy, "ecs:RunTask", "*", Map.of("ecs:cluster", cluster + "b")).allowed())
        .isFalse();
    assertThat(decide(policy, "ecs:RunTask", "*").allowed()).isFalse();
  }

  @Test
  void what_a_variable_stands_for_is_never_a_wildcard() {
    Policy policy =
        identity(
            "{'Effect':'Allow','Action':'*','Resource':'arn:aws:ecs:*:*:task/${aws:username}/*'}");
    String task = "arn:aws:ecs:us-east-1:123456789012:task/";
    assertThat(decide(policy, "ecs:StopTask", task + "anna/1", Map.of("aws:username", "anna")))
        .isEqualTo(Decision.ALLOWED);
    assertThat(decide(policy, "ecs:StopTask", task + "anna/1", Map.of("aws:username", "*")))
        .isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
    assertThat(decide(policy, "ecs:StopTask", task + "anna/1").allowed()).isFalse();
  }

  @Test
  void the_first_version_of_the_language_has_no_variables() {
    String text = document("{'Effect':'Allow','Action':'*','Resource':'arn:a:b:c:d:${aws:x}'}");
    Policy policy =
        PolicyReader.read(text.replace("2012-10-17", "2008-10-17"), PolicyKind.IDENTITY);
    assertThat(decide(policy, "a:b", "arn:a:b:c:d:${aws:x}").allowed()).isTrue();
    assertThat(decide(policy, "a:b", "arn:a:b:c:d:y", Map.of("aws:x", "y")).allowed()).isFalse();
  }

  @Test
  void a_pattern_full_of_stars_is_matched_in_little_work() {
    String pattern = "arn:aws:ecs:*:*:" + "a*".repeat(1000) + "b";
    Policy policy = identity("{'Effect':'Allow','Action':'*','Resource':'" + pattern + "'}");
    String resource = "arn:aws:ecs:x:y:" + "a".repeat(100_000);
    assertThat(decide(policy, "ecs:RunTask", resource).allowed()).isFalse();
  }

  @Test
  void a_boundary_and_a_session_policy_each_take_away() {
    Policy all = Policy.ALL;
    Policy narrow = identity("{'Effect':'Allow','Action':'ecs:List*','Resource':'*'}");
    Inquiry inquiry = new Inquiry(ANNA, "ecs:runtask", "*", name -> null);
    assertThat(new PolicySet(List.of(all), narrow, null).decide(inquiry, null, false))
        .isEqualTo(Decision.NOT_ALLOWED_BY_BOUNDARY);
    assertThat(new PolicySet(List.of(all), null, List.of(narrow)).decide(inquiry, null, false))
        .isEqualTo(Decision.NOT_ALLOWED_BY_SESSION);
    assertThat(new PolicySet(List.of(all), null, List.of(narrow, all)).decide(inquiry, null, false))
        .isEqualTo(Decision.ALLOWED);
  }

  @Test
  void a_policy_that_decides_passes_the_question_on_where_it_names_the_account() {
    Policy trust =
        PolicyReader.read(
            document(
                "{'Effect':'Allow','Principal':{'AWS':'123456789012'},'Action':'sts:AssumeRole'}"),
            PolicyKind.TRUST);
    Inquiry inquiry = new Inquiry(ANNA, "sts:assumerole", "arn:a", name -> null);
    assertThat(PolicySet.NONE.decide(inquiry, trust, true))
        .isEqualTo(Decision.NOT_ALLOWED_BY_IDENTITY);
    assertThat(new PolicySet(List.of(Policy.ALL), null, null).decide(inquiry, trust, true))
        .isEqualTo(Decision.ALLOWED);
    assertThat(
            new PolicySet(List.of(Policy.ALL), null, null)
                .decide(
                    new Inquiry(
                        Subject.of("210987654321", "arn:b", null, null),
                        "sts:assumerole",
                        "arn:a",
                        name -> null),
                    trust,
                    true))
        .isEqualTo(Decision.NOT_ALLOWED_BY_RESOURCE);
  }

  @Test
  void addresses_of_both_families_are_in_their_ranges() {
    Policy policy =
        identity(
            "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'IpAddress':"
                + "{'aws:SourceIp':['10.0.0.0/9','2001:db8::/33']}}}");
    assertThat(decide(policy, "a:b", "*", Map.of("aws:SourceIp", "10.127.0.1")).allowed()).isTrue();
    assertThat(decide(policy, "a:b", "*", Map.of("aws:SourceIp", "10.128.0.1")).allowed())
        .isFalse();
    assertThat(decide(policy, "a:b", "*", Map.of("aws:SourceIp", "2001:db8:7fff::1")).allowed())
        .isTrue();
    assertThat(decide(policy, "a:b", "*", Map.of("aws:SourceIp", "2001:db8:8000::1")).allowed())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | This policy contains invalid Json",
        "{'Version':'2011-01-01','Statement':[]} | The policy must contain a valid version string",
        "{'Version':'2012-10-17'} | Syntax errors in policy.",
        "{'Statement':{'Effect':'allow','Action':'a:b','Resource':'*'}} | Syntax errors in policy.",
        "{'Statement':{'Effect':'Allow','Resource':'*'}} | Policy statement must contain actions.",
        "{'Statement':{'Effect':'Allow','Action':'a:b'}} |"
            + " Policy statement must contain resources.",
        "{'Statement':{'Effect':'Allow','Action':'run','Resource':'*'}} |"
            + " Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "{'Statement':{'Effect':'Allow','Action':'a:b','Resource':'mine'}} |"
            + " Resource mine must be in ARN format or \"*\".",
        "{'Statement':{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*'}} |"
            + " Policy document should not specify a principal.",
        "{'Statement':{'Effect':'Allow','Action':'a:b','Resource':'*',"
            + "'Condition':{'Equals':{'a:b':'c'}}}} | Invalid Condition type : Equals",
        "{'Statement':[{'Sid':'a','Effect':'Allow','Action':'a:b','Resource':'*'},"
            + "{'Sid':'a','Effect':'Allow','Action':'a:b','Resource':'*'}]} |"
            + " Statement IDs (SID) in a single policy must be unique."
      })
  void what_is_no_policy_is_told_in_iams_words(String text, String message) {
    assertThatThrownBy(() -> PolicyReader.read(text.replace('\'', '"'), PolicyKind.IDENTITY))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Action':'sts:AssumeRole' | Missing required field Principal",
        "'Principal':{'AWS':'*'},'Action':'sts:AssumeRole','Resource':'*' |"
            + " Has prohibited field Resource",
        "'Principal':{'AWS':'*'},'Action':'ecs:RunTask' |"
            + " AssumeRole policy may only specify STS AssumeRole actions.",
        "'Principal':{'Service':'nobody'},'Action':'sts:AssumeRole' |"
            + " Invalid principal in policy: \"SERVICE\":\"nobody\"",
        "'Principal':{'AWS':'me'},'Action':'sts:AssumeRole' |"
            + " Invalid principal in policy: \"AWS\":\"me\""
      })
  void what_is_no_trust_is_told_in_iams_words(String statement, String message) {
    String text = document("{'Effect':'Allow'," + statement + "}");
    assertThatThrownBy(() -> PolicyReader.read(text, PolicyKind.TRUST))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }
}
