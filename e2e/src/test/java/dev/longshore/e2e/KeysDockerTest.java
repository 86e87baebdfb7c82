package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of KMS by the real AWS CLI, and what they lock. */
@Tag("docker")
class KeysDockerTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/";
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    site = Site.up("--instances", "1");
  }

  @AfterAll
  static void end() throws Exception {
    site.close();
  }

  /** The CLI with these words and then further ones; what it prints as text. */
  private static String aws(String command, String... more) throws Exception {
    return site.aws.ok(Shell.words("--output text " + command, more));
  }

  private static String refusal(String command, String... more) throws Exception {
    Shell.Result refused = site.aws.run(Shell.words(command, more));
    assertThat(refused.status()).isNotZero();
    return refused.err();
  }

  private static String key() throws Exception {
    return aws("kms create-key --query KeyMetadata.Arn");
  }

  @Test
  void the_real_cli_makes_keys_names_them_and_lets_them_go() throws Exception {
    String arn = key();
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    aws("kms create-alias --alias-name alias/shop --target-key-id", id);
    assertThat(aws("kms describe-key --key-id alias/shop --query KeyMetadata.KeyState"))
        .isEqualTo("Enabled");
    assertThat(aws("kms list-keys")).contains(id);
    assertThat(aws("kms list-aliases --key-id " + id)).contains("alias/shop");
    aws("kms update-key-description --description Mine --key-id", id);
    aws("kms tag-resource --tags TagKey=team,TagValue=dock --key-id", id);
    assertThat(aws("kms list-resource-tags --key-id", id)).contains("dock");
    aws("kms untag-resource --tag-keys team --key-id", id);
    assertThat(aws("kms list-key-policies --key-id", id)).contains("default");
    String policy = aws("kms get-key-policy --policy-name default --query Policy --key-id", id);
    assertThat(policy).contains("key-default-1", "arn:aws:iam::123456789012:root");
    aws("kms put-key-policy --policy-name default --key-id", id, "--policy", policy);
    assertThat(
            refusal(
                "kms put-key-policy --policy-name default --key-id",
                id,
                "--policy",
                policy.replace("kms:*", "kms:Decrypt")))
        .contains("(MalformedPolicyDocumentException)", "will not allow you to update");
    String other = key();
    aws("kms update-alias --alias-name alias/shop --target-key-id", other);
    aws("kms delete-alias --alias-name alias/shop");
    aws("kms schedule-key-deletion --pending-window-in-days 7 --key-id", id);
    assertThat(refusal("kms generate-data-key --key-spec AES_256 --key-id", id))
        .contains("(KMSInvalidStateException)", arn + " is pending deletion.");
    aws("kms cancel-key-deletion --key-id", id);
    assertThat(aws("kms describe-key --query KeyMetadata.Enabled --key-id", id)).isEqualTo("False");
  }

  @Test
  void the_real_cli_encrypts_for_a_context_and_not_with_a_disabled_key() throws Exception {
    String key = key();
    String plain = Base64.getEncoder().encodeToString("ahoy".getBytes(UTF_8));
    String context = "app=shop";
    String sealed =
        aws(
            "kms encrypt --query CiphertextBlob --encryption-context " + context + " --key-id",
            key,
            "--plaintext",
            plain);
    String decrypt = "kms decrypt --query Plaintext --ciphertext-blob ";
    assertThat(aws(decrypt + sealed + " --encryption-context " + context)).isEqualTo(plain);
    assertThat(refusal(decrypt + sealed)).contains("(InvalidCiphertextException)");
    String moved =
        aws(
            "kms re-encrypt --query CiphertextBlob --source-encryption-context " + context,
            "--ciphertext-blob",
            sealed,
            "--destination-key-id",
            key());
    assertThat(aws(decrypt + moved)).isEqualTo(plain);
    String made =
        aws(
            "kms generate-data-key --key-spec AES_256 --query [Plaintext,CiphertextBlob] --key-id",
            key);
    String[] dataKey = made.split("\\s+");
    assertThat(aws(decrypt + dataKey[1])).isEqualTo(dataKey[0]);
    aws("kms generate-data-key-without-plaintext --key-spec AES_256 --key-id", key);
    assertThat(aws("kms generate-random --number-of-bytes 32 --query Plaintext")).hasSize(44);
    aws("kms disable-key --key-id", key);
    assertThat(refusal(decrypt + sealed + " --encryption-context " + context))
        .contains("(DisabledException)", key + " is disabled.");
    aws("kms enable-key --key-id", key);
    assertThat(aws(decrypt + sealed + " --encryption-context " + context)).isEqualTo(plain);
  }

  @Test
  void a_disabled_key_locks_secrets_and_parameters() throws Exception {
    String key = key();
    String secret =
        aws(
            "secretsmanager create-secret --name locked --secret-string hush --query ARN"
                + " --kms-key-id",
            key);
    aws("ssm put-parameter --name /locked --value hush --type SecureString --key-id", key);
    aws("kms disable-key --key-id", key);
    assertThat(refusal("secretsmanager get-secret-value --secret-id", secret))
        .contains(
            "(DecryptionFailure)",
            "Secrets Manager can't decrypt the secret value: " + key + " is disabled. (Service:");
    assertThat(refusal("ssm get-parameter --with-decryption --name /locked"))
        .contains("(InvalidKeyId)", key + " is disabled. (Service: AWSKMS;");
    aws("kms enable-key --key-id", key);
    assertThat(aws("secretsmanager get-secret-value --query SecretString --secret-id", secret))
        .isEqualTo("hush");
    assertThat(aws("ssm get-parameter --with-decryption --query Parameter.Value --name /locked"))
        .isEqualTo("hush");
  }

  @Test
  void a_task_whose_secret_is_under_a_key_needs_the_right_to_use_it() throws Exception {
    String key = key();
    String secret =
        aws(
            "secretsmanager create-secret --name under --secret-string keyed --query ARN"
                + " --kms-key-id",
            key);
    site.role("keyless", "secretsmanager:GetSecretValue");
    site.role("keyed", "secretsmanager:GetSecretValue", "kms:Decrypt");
    String definition =
        Site.container("env && sleep 3600")
            .replace(
                "\"memory\":32",
                "\"memory\":32,\"secrets\":[{\"name\":\"VALUE\",\"valueFrom\":\""
                    + secret
                    + "\"}]");
    String unable = "failed to fetch secret " + secret + " from secrets manager: ";
    assertThat(stopped(run("keyless", definition)))
        .contains(unable + "AccessDeniedException: Access to KMS is not allowed");
    String task = run("keyed", definition);
    Await.running(site.aws, task);
    String container = site.containers().getOrDefault(task, "");
    Site.until("the variable", () -> Site.DOCKER.ok("logs", container).contains("VALUE=keyed"));
    // A key's own policy can let a role in to which no other policy gives anything.
    aws(
        "kms put-key-policy --policy-name default --key-id",
        key,
        "--policy",
        aws("kms get-key-policy --policy-name default --query Policy --key-id", key)
            .replace(
                "\"AWS\" : \"arn:aws:iam::123456789012:root\"",
                "\"AWS\" : [ \"arn:aws:iam::123456789012:root\", \"" + ROLE + "keyless\" ]"));
    Await.running(site.aws, run("keyless", definition));
    aws("kms disable-key --key-id", key);
    assertThat(stopped(run("keyed", definition)))
        .contains(
            unable + "DecryptionFailure: Secrets Manager can't decrypt the secret value: " + key);
  }

  private static String run(String role, String definition) throws Exception {
    aws(
        "ecs register-task-definition --family " + role + " --execution-role-arn " + ROLE + role,
        "--container-definitions",
        definition);
    return aws("ecs run-task --query tasks[0].taskArn --task-definition", role);
  }

  private static String stopped(String task) throws Exception {
    Await.stopped(site.aws, task);
    return aws("ecs describe-tasks --query tasks[0].stoppedReason --tasks", task);
  }
}
