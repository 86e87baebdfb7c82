package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets Manager and the Parameter Store by the real AWS CLI. */
@Tag("docker")
class SecretCommandsDockerTest {
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(0);
  }

  @AfterAll
  static void end() throws Exception {
    site.close();
  }

  /** The CLI with these words and then further ones; what it prints as text. */
  private static String aws(String command, String... more) throws Exception {
    return site.aws.ok(Shell.words("--output text " + command, more));
  }

  private static String refusal(String command) throws Exception {
    Shell.Result refused = site.aws.run(Shell.words(command));
    assertThat(refused.status()).isNotZero();
    return refused.err();
  }

  @Test
  void a_secret_from_its_creation_to_its_end() throws Exception {
    String arn = aws("secretsmanager create-secret --name cli --secret-string v1 --query ARN");
    aws("secretsmanager update-secret --secret-id cli --description Mine");
    String second =
        aws(
            "secretsmanager put-secret-value --secret-id cli --secret-string v2"
                + " --version-stages AWSPENDING --query VersionId");
    assertThat(aws("secretsmanager get-secret-value --secret-id cli --query SecretString"))
        .isEqualTo("v1");
    String first = aws("secretsmanager get-secret-value --secret-id cli --query VersionId");
    aws(
        "secretsmanager update-secret-version-stage --secret-id cli --version-stage AWSCURRENT"
            + " --move-to-version-id "
            + second
            + " --remove-from-version-id "
            + first);
    assertThat(
            aws(
                "secretsmanager get-secret-value --secret-id cli --query SecretString"
                    + " --version-stage AWSPREVIOUS"))
        .isEqualTo("v1");
    assertThat(aws("secretsmanager list-secret-version-ids --secret-id cli"))
        .contains(first, second, "DefaultEncryptionKey");
    assertThat(refusal("secretsmanager rotate-secret --secret-id cli"))
        .contains("(InvalidRequestException)", "No Lambda rotation function ARN is associated");
    aws("secretsmanager tag-resource --secret-id cli --tags Key=team,Value=dock Key=a,Value=b");
    aws("secretsmanager untag-resource --secret-id cli --tag-keys a");
    assertThat(aws("secretsmanager describe-secret --secret-id cli --query Tags[].[Key,Value]"))
        .isEqualTo("team\tdock");
    assertThat(aws("secretsmanager list-secrets --filters Key=tag-value,Values=dock"))
        .contains(arn);
    aws("secretsmanager delete-secret --secret-id cli --recovery-window-in-days 7");
    assertThat(refusal("secretsmanager get-secret-value --secret-id cli"))
        .contains("(InvalidRequestException)", "because it was marked for deletion.");
    aws("secretsmanager restore-secret --secret-id cli");
    aws("secretsmanager delete-secret --secret-id cli --force-delete-without-recovery");
    assertThat(refusal("secretsmanager get-secret-value --secret-id cli"))
        .contains("(ResourceNotFoundException)");
  }

  @Test
  void a_secrets_own_policy_comes_denies_and_goes() throws Exception {
    aws("secretsmanager create-secret --name own --secret-string v1");
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
            + "\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}}";
    aws("secretsmanager validate-resource-policy --secret-id own", "--resource-policy", policy);
    aws("secretsmanager put-resource-policy --secret-id own", "--resource-policy", policy);
    assertThat(aws("secretsmanager get-resource-policy --secret-id own --query ResourcePolicy"))
        .isEqualTo(policy);
    assertThat(refusal("secretsmanager get-secret-value --secret-id own"))
        .contains("(AccessDeniedException)", "with an explicit deny in a resource-based policy");
    aws("secretsmanager delete-resource-policy --secret-id own");
    assertThat(aws("secretsmanager get-secret-value --secret-id own --query SecretString"))
        .isEqualTo("v1");
    assertThat(
            aws(
                "secretsmanager get-random-password --password-length 20 --exclude-punctuation"
                    + " --query RandomPassword"))
        .matches("[A-Za-z0-9]{20}");
  }

  @Test
  void a_parameter_from_its_creation_to_its_end() throws Exception {
    aws("ssm put-parameter --name /cli/one --type SecureString --value plain-1");
    aws("ssm put-parameter --name /cli/one --overwrite --value plain-2");
    aws("ssm put-parameter --name /cli/two --type StringList --value a,b");
    aws("ssm label-parameter-version --name /cli/one --parameter-version 1 --labels old");
    String value = " --with-decryption --query Parameter.Value";
    assertThat(aws("ssm get-parameter --name /cli/one" + value)).isEqualTo("plain-2");
    assertThat(aws("ssm get-parameter --name /cli/one:1" + value)).isEqualTo("plain-1");
    assertThat(aws("ssm get-parameter --name /cli/one:old" + value)).isEqualTo("plain-1");
    aws("ssm unlabel-parameter-version --name /cli/one --parameter-version 1 --labels old");
    assertThat(refusal("ssm get-parameter --name /cli/one:old"))
        .contains("(ParameterVersionNotFound)");
    assertThat(
            aws(
                "ssm get-parameters --names /cli/two /cli/none --query"
                    + " [Parameters[0].Value,InvalidParameters[0]]"))
        .isEqualTo("a,b\t/cli/none");
    assertThat(
            aws(
                "ssm get-parameters-by-path --path /cli --with-decryption --max-items 1 --page-size"
                    + " 1 --query Parameters[].Value"))
        .contains("plain-2");
    assertThat(aws("ssm get-parameter-history --name /cli/one --query Parameters[].Version"))
        .isEqualTo("1\t2");
    aws(
        "ssm add-tags-to-resource --resource-type Parameter --resource-id /cli/one --tags"
            + " Key=team,Value=dock Key=a,Value=b");
    aws(
        "ssm remove-tags-from-resource --resource-type Parameter --resource-id /cli/one"
            + " --tag-keys a");
    assertThat(aws("ssm list-tags-for-resource --resource-type Parameter --resource-id /cli/one"))
        .isEqualTo("TAGLIST\tteam\tdock");
    assertThat(
            aws(
                "ssm describe-parameters --query Parameters[].Name --parameter-filters"
                    + " Key=tag:team,Values=dock"))
        .isEqualTo("/cli/one");
    aws("ssm delete-parameter --name /cli/one");
    assertThat(aws("ssm delete-parameters --names /cli/two /cli/none --query DeletedParameters"))
        .isEqualTo("/cli/two");
    assertThat(refusal("ssm list-documents"))
        .contains("Longshore does not support ListDocuments yet.");
  }
}
