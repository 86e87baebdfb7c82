package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Images of a registry that wants a password, which a secret holds. */
@Tag("docker")
class PrivateRegistryDockerTest {
  private static Site site;

  /** Another control plane, of which only the registry is used. */
  private static Site foreign;

  private static String image = "";
  private static String password = "";

  @BeforeAll
  static void start() throws Exception {
    site = Site.up("--instances", "1");
    site.role("puller", "secretsmanager:GetSecretValue");
    foreign = Site.up("--instances", "0");
    String registry = foreign.endpoint.substring(foreign.endpoint.lastIndexOf('/') + 1);
    password = foreign.aws.ok("ecr", "get-login-password");
    foreign.aws.ok("ecr", "create-repository", "--repository-name", "private");
    image = registry + "/private:1";
    Site.DOCKER.ok("login", "-u", "AWS", "-p", password, registry);
    Site.DOCKER.ok("tag", Site.IMAGE, image);
    Site.DOCKER.ok("push", "-q", image);
    Site.DOCKER.ok("logout", registry);
    Site.DOCKER.ok("image", "rm", image);
  }

  @AfterAll
  static void end() throws Exception {
    Site.DOCKER.run("image", "rm", image);
    site.close();
    foreign.close();
  }

  private static String secret(String name, String word) throws Exception {
    Json login = new Members().put("username", "AWS").put("password", word).json();
    return site.aws.ok(
        Shell.words(
            "secretsmanager create-secret --query ARN --output text --name " + name,
            "--secret-string",
            login.write()));
  }

  /** Runs a task of that image, with the password that the secret holds; answers its ARN. */
  private static String run(String family, String secret) throws Exception {
    String container =
        Site.container("sleep 3600")
            .replace(Site.IMAGE, image)
            .replace(
                "\"memory\":32",
                "\"memory\":32,\"repositoryCredentials\":{\"credentialsParameter\":\""
                    + secret
                    + "\"}");
    site.aws.ok(
        Shell.words(
            "ecs register-task-definition --family "
                + family
                + " --execution-role-arn arn:aws:iam::123456789012:role/puller",
            "--container-definitions",
            container));
    return site.aws.ok(
        Shell.words(
            "ecs run-task --query tasks[0].taskArn --output text", "--task-definition", family));
  }

  private static String failure(String task, String reason) throws Exception {
    Await.stopped(site.aws, task);
    return site.aws.ok(
        Shell.words(
            "ecs describe-tasks --output text --query tasks[0].[stopCode," + reason + "] --tasks",
            task));
  }

  @Test
  void the_right_password_pulls_and_a_wrong_or_missing_one_is_told() throws Exception {
    assertThat(failure(run("wrong", secret("login/wrong", "not-it")), "containers[0].reason"))
        .startsWith(
            "TaskFailedToStart\tCannotPullImageManifestError: Error response from daemon:"
                + " unauthorized")
        .doesNotContain("not-it");
    String missing = secret("login/gone", "any");
    site.aws.ok(
        Shell.words(
            "secretsmanager delete-secret --force-delete-without-recovery --secret-id", missing));
    assertThat(failure(run("missing", missing), "stoppedReason"))
        .isEqualTo(
            "TaskFailedToStart\tResourceInitializationError: unable to pull secrets or registry"
                + " auth: execution resource retrieval failed: unable to retrieve secret from asm:"
                + " service call has been retried 1 time(s): failed to fetch secret "
                + missing
                + " from secrets manager: ResourceNotFoundException: Secrets Manager can't find the"
                + " specified secret.");
    String task = run("right", secret("login/right", password));
    Await.running(site.aws, task);
    assertThat(site.aws.ok("ecs", "describe-tasks", "--tasks", task)).doesNotContain(password);
  }
}
