package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets, parameters and environment files in the containers of tasks, by the real AWS CLI. */
@Tag("docker")
class SecretsDockerTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
  private static final String WHOLE = "{\"username\":\"captain-aye\",\"password\":\"haddock-73\"}";
  private static final String ROTATED = "{\"username\":\"captain-aye\",\"password\":\"thunder-9\"}";
  private static final String PARAMETER = "barnacles-in-the-plain";
  private static final String TAG = "driver-tag-hush";

  private static Site site;
  private static Bucket bucket;

  @BeforeAll
  static void start() throws Exception {
    bucket = new Bucket();
    site = Site.up(List.of(bucket.variable()), "--instances", "1");
    site.role("reader", "secretsmanager:GetSecretValue", "ssm:GetParameters", "s3:GetObject");
  }

  @AfterAll
  static void end() throws Exception {
    site.close();
    bucket.close();
  }

  private static String created(String name, String value) throws Exception {
    return site.aws.ok(
        "secretsmanager",
        "create-secret",
        "--name",
        name,
        "--secret-string",
        value,
        "--query",
        "ARN",
        "--output",
        "text");
  }

  private static void parameter(String name, String value) throws Exception {
    site.aws.ok("ssm", "put-parameter", "--name", name, "--value", value, "--type", "SecureString");
  }

  /** A container that prints its variables, with further members. */
  private static String container(String more) {
    return Site.container("env && echo ready && sleep 3600")
        .replace("\"memory\":32", "\"memory\":32," + more);
  }

  private static String secret(String name, String from) {
    return "{\"name\":\"" + name + "\",\"valueFrom\":\"" + from + "\"}";
  }

  private static String run(Site where, String family, String container) throws Exception {
    where.aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        family,
        "--execution-role-arn",
        ROLE,
        "--container-definitions",
        container);
    return again(where, family);
  }

  private static String again(Site where, String family) throws Exception {
    return where.aws.ok(
        "ecs",
        "run-task",
        "--task-definition",
        family,
        "--query",
        "tasks[0].taskArn",
        "--output",
        "text");
  }

  /** What a task's container has printed once it is ready. */
  private static List<String> variables(String task) throws Exception {
    Await.running(site.aws, task);
    String container = site.containers().getOrDefault(task, "");
    Site.until("the variables", () -> printed(container).contains("ready"));
    return printed(container).lines().toList();
  }

  private static String printed(String container) {
    try {
      return Site.DOCKER.ok("logs", container);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The stop code and reason of a task that does not start. */
  private static String failure(Site where, String task) throws Exception {
    Await.stopped(where.aws, task);
    return where.aws.ok(
        "ecs",
        "describe-tasks",
        "--tasks",
        task,
        "--query",
        "tasks[0].[stopCode,stoppedReason]",
        "--output",
        "text");
  }

  @Test
  void a_container_has_secrets_by_name_key_stage_and_version() throws Exception {
    String arn = created("prod/db", WHOLE);
    String version =
        site.aws.ok(
            "secretsmanager",
            "put-secret-value",
            "--secret-id",
            "prod/db",
            "--secret-string",
            ROTATED,
            "--query",
            "VersionId",
            "--output",
            "text");
    parameter("/app/db", PARAMETER);
    parameter("driver-tag", TAG);
    String task =
        run(
            site,
            "reader",
            container(
                "\"secrets\":["
                    + String.join(
                        ",",
                        secret("WHOLE", arn),
                        secret("KEY", arn + ":username::"),
                        secret("BEFORE", arn + ":password:AWSPREVIOUS:"),
                        secret("BY_ID", arn + ":password:AWSCURRENT:" + version),
                        secret("PATH_NAME", "/app/db"),
                        secret("BY_ARN", "arn:aws:ssm:us-east-1:123456789012:parameter/app/db"))
                    + "],\"logConfiguration\":{\"logDriver\":\"json-file\",\"secretOptions\":["
                    + secret("tag", "driver-tag")
                    + "]}"));
    assertThat(variables(task))
        .contains(
            "WHOLE=" + ROTATED,
            "KEY=captain-aye",
            "BEFORE=haddock-73",
            "BY_ID=thunder-9",
            "PATH_NAME=" + PARAMETER,
            "BY_ARN=" + PARAMETER);
    String container = site.containers().getOrDefault(task, "");
    assertThat(
            Site.DOCKER.ok(
                "inspect", "--format", "{{.HostConfig.LogConfig.Config.tag}}", container))
        .isEqualTo(TAG);
  }

  @Test
  void a_running_task_keeps_its_value_and_a_new_one_has_the_new() throws Exception {
    String arn = created("rotating", "first-value");
    String before = run(site, "rotating", container("\"secrets\":[" + secret("VALUE", arn) + "]"));
    assertThat(variables(before)).contains("VALUE=first-value");
    site.aws.ok(
        "secretsmanager",
        "put-secret-value",
        "--secret-id",
        arn,
        "--secret-string",
        "second-value");
    assertThat(variables(again(site, "rotating"))).contains("VALUE=second-value");
    assertThat(variables(before)).contains("VALUE=first-value");
  }

  @Test
  void environment_files_come_from_a_bucket_and_the_first_one_wins() throws Exception {
    bucket.put("/config/one.env", "# first\nA=from-one\nB=from-one\nQ=\"a b\"\n");
    bucket.put("/config/two.env", "A=from-two\nC=from-two\n");
    String files =
        "\"environmentFiles\":[{\"type\":\"s3\",\"value\":\"arn:aws:s3:::config/one.env\"},"
            + "{\"type\":\"s3\",\"value\":\"arn:aws:s3:::config/two.env\"}]";
    String task =
        run(
            site,
            "files",
            container(files + ",\"environment\":[{\"name\":\"B\",\"value\":\"definition\"}]"));
    assertThat(variables(task)).contains("A=from-one", "B=definition", "C=from-two", "Q=\"a b\"");
    String missing = run(site, "nofile", container(files.replace("two", "three")));
    assertThat(failure(site, missing))
        .isEqualTo(
            "TaskFailedToStart\tResourceInitializationError: failed to download env files: file"
                + " download command: non empty error stream: unable to download env file with key"
                + " three.env from bucket config, error: NoSuchKey: The specified key does not"
                + " exist.");
  }

  @Test
  void what_cannot_be_had_stops_the_task_with_the_words_of_aws() throws Exception {
    String arn = created("keys", WHOLE);
    String unable =
        "TaskFailedToStart\tResourceInitializationError: unable to pull secrets or registry auth:"
            + " execution resource retrieval failed: ";
    String retried =
        "unable to retrieve secret from asm: service call has been retried 1 time(s): ";
    assertThat(unavailable("nokey", arn + ":pass::"))
        .isEqualTo(
            unable
                + retried
                + "retrieved secret from Secrets Manager did not contain json key pass");
    String none = arn.replace("keys", "nothing");
    assertThat(unavailable("nosecret", none))
        .isEqualTo(
            unable
                + retried
                + "failed to fetch secret "
                + none
                + " from secrets manager: ResourceNotFoundException: Secrets Manager can't find the"
                + " specified secret.");
    assertThat(unavailable("noparameter", "/app/none"))
        .isEqualTo(
            unable
                + "unable to retrieve secrets from ssm: service call has been retried 1 time(s):"
                + " fetching secret data from SSM Parameter Store in us-east-1: invalid"
                + " parameters: /app/none");
  }

  private static String unavailable(String family, String from) throws Exception {
    String definition = container("\"secrets\":[" + secret("VALUE", from) + "]");
    return failure(site, run(site, family, definition));
  }

  @Test
  void an_execution_role_without_the_right_is_denied_in_the_tasks_reason() throws Exception {
    try (Site guarded = Site.up("--instances", "1")) {
      guarded.role("reader");
      String arn =
          guarded.aws.ok(
              "secretsmanager",
              "create-secret",
              "--name",
              "guarded",
              "--secret-string",
              "unreadable",
              "--query",
              "ARN",
              "--output",
              "text");
      String task = run(guarded, "denied", container("\"secrets\":[" + secret("VALUE", arn) + "]"));
      assertThat(failure(guarded, task))
          .contains("TaskFailedToStart\tResourceInitializationError: unable to pull secrets")
          .contains("failed to fetch secret " + arn + " from secrets manager: ")
          .contains("AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/")
          .contains("is not authorized to perform: secretsmanager:GetSecretValue on resource: ")
          .contains("because no identity-based policy allows the secretsmanager:GetSecretValue");
    }
  }
}
