package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are secret stand nowhere but where they were asked for. */
@Tag("docker")
class HiddenValuesDockerTest {
  private static final String TEXT = "haddock-thundering-typhoons";
  private static final String BYTES = "snowy-kept-as-bytes";
  private static final String SECURE = "barnacles-in-the-plain";
  private static final String TAG = "driver-tag-hush";
  private static final String PASSWORD = "calculus-knows-the-word";
  private static final String IN_FILE = "castafiore-in-a-file";
  private static final String KEYED = "nestor-under-a-key";

  /** Whatever must be found in no file, no log and no answer, also as base64. */
  private static final List<String> SECRETS =
      List.of(TEXT, BYTES, SECURE, TAG, PASSWORD, IN_FILE, KEYED);

  private static Site site;
  private static Bucket bucket;

  @BeforeAll
  static void start() throws Exception {
    bucket = new Bucket();
    bucket.put("/config/hush.env", "IN_FILE=" + IN_FILE + "\n");
    site = Site.up(List.of(bucket.variable()), "--instances", "1", "--snapshot-after", "64");
    site.role(
        "reader", "secretsmanager:GetSecretValue", "ssm:GetParameters", "s3:GetObject", "kms:*");
  }

  @AfterAll
  static void end() throws Exception {
    site.close();
    bucket.close();
  }

  private static String aws(String command, String... more) throws Exception {
    return site.aws.ok(Shell.words("--output text " + command, more));
  }

  private static String secret(String name, String value) throws Exception {
    return aws("secretsmanager create-secret --query ARN --name " + name, "--secret-string", value);
  }

  @Test
  void no_file_no_line_printed_no_answer_and_no_snapshot_shows_a_value() throws Exception {
    String task = run();
    Await.running(site.aws, task);
    String container = site.containers().getOrDefault(task, "");
    Site.until(
        "the variables", () -> Site.DOCKER.ok("logs", container).contains("IN_FILE=" + IN_FILE));
    assertThat(Site.DOCKER.ok("logs", container))
        .contains("TEXT=" + TEXT, "SECURE=" + SECURE, "KEYED=" + KEYED);
    snapshot();
    assertUnseen(task);
    // Once more when all that was kept has been read again.
    site.kill();
    site.startAgain();
    assertUnseen(task);
    assertThat(aws("secretsmanager get-secret-value --query SecretString --secret-id text"))
        .isEqualTo(TEXT);
    assertThat(aws("secretsmanager get-secret-value --query SecretBinary --secret-id bytes"))
        .isEqualTo(base64(BYTES));
  }

  private static String run() throws Exception {
    String text = secret("text", TEXT);
    String login = secret("login", "{\"username\":\"u\",\"password\":\"" + PASSWORD + "\"}");
    aws("secretsmanager create-secret --name bytes --secret-binary", base64(BYTES));
    String key = aws("kms create-key --query KeyMetadata.Arn");
    aws("ssm put-parameter --type SecureString --name /hidden/secure --value", SECURE);
    aws("ssm put-parameter --type SecureString --name tag --value", TAG);
    aws(
        "ssm put-parameter --type SecureString --name /hidden/keyed --key-id " + key,
        "--value",
        KEYED);
    String members =
        "\"secrets\":["
            + String.join(
                ",",
                from("TEXT", text),
                from("SECURE", "/hidden/secure"),
                from("KEYED", "/hidden/keyed"))
            + "],\"environmentFiles\":[{\"type\":\"s3\",\"value\":"
            + "\"arn:aws:s3:::config/hush.env\"}],"
            + "\"repositoryCredentials\":{\"credentialsParameter\":\""
            + login
            + "\"},\"logConfiguration\":{\"logDriver\":\"json-file\",\"secretOptions\":["
            + from("tag", "tag")
            + "]}";
    aws(
        "ecs register-task-definition --family reader --execution-role-arn"
            + " arn:aws:iam::123456789012:role/reader",
        "--container-definitions",
        Site.container("env && sleep 3600").replace("\"memory\":32", "\"memory\":32," + members));
    return aws("ecs run-task --task-definition reader --query tasks[0].taskArn");
  }

  private static String from(String name, String where) {
    return "{\"name\":\"" + name + "\",\"valueFrom\":\"" + where + "\"}";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** Writes other things until the log has been replaced by a snapshot. */
  private static void snapshot() throws Exception {
    String filling = "x".repeat(4_000);
    for (int number = 0; number < 40 && !hasSnapshot(); number++) {
      aws("ssm put-parameter --type String --name /filling/" + number, "--value", filling);
    }
    Site.until("a snapshot", HiddenValuesDockerTest::hasSnapshot);
  }

  private static boolean hasSnapshot() throws IOException {
    try (Stream<Path> files = Files.walk(site.data.resolve("log"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("snapshot."));
    }
  }

  private static void assertUnseen(String task) throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(site.data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        note(found, file.toString(), Files.readString(file, ISO_8859_1));
      }
    }
    note(found, "what was printed", String.join("\n", site.printed()));
    for (String command :
        List.of(
            "ecs describe-tasks --tasks " + task,
            "ecs describe-task-definition --task-definition reader",
            "ecs describe-container-instances --container-instances "
                + aws("ecs list-container-instances --query containerInstanceArns"),
            "secretsmanager list-secrets",
            "secretsmanager describe-secret --secret-id text",
            "secretsmanager list-secret-version-ids --secret-id bytes",
            "ssm describe-parameters",
            "ssm get-parameter --name /hidden/secure",
            "ssm get-parameters --names /hidden/keyed tag",
            "ssm get-parameters-by-path --path /hidden",
            "ssm get-parameter-history --name /hidden/secure")) {
      note(found, command, site.aws.ok(Shell.words(command)));
    }
    assertThat(found).isEmpty();
  }

  private static void note(List<String> found, String where, String text) {
    for (String value : SECRETS) {
      if (text.contains(value) || text.contains(base64(value))) {
        found.add(value + " in " + where);
      }
    }
  }
}
