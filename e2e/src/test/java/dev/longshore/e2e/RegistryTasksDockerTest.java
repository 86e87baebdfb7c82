package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Images pushed by Docker, and tasks that run from them or say why they cannot. */
@Tag("docker")
class RegistryTasksDockerTest {
  private static Site site;
  private static String registry = "";

  @BeforeAll
  static void start() throws Exception {
    site = Site.up("--instances", "1", "--encrypt-images");
    registry = site.endpoint.substring(site.endpoint.lastIndexOf('/') + 1);
    login();
  }

  @AfterAll
  static void end() throws Exception {
    Site.DOCKER.run("logout", registry);
    for (String image : List.of("run", "role", "denied", "layers")) {
      Site.DOCKER.run("image", "rm", registry + "/tasks/" + image + ":1");
    }
    site.close();
  }

  /** As scripts do: with the endpoint that the API names. */
  private static void login() throws Exception {
    String password = site.aws.ok("ecr", "get-login-password");
    String endpoint =
        site.aws.ok(
            "ecr",
            "get-authorization-token",
            "--query",
            "authorizationData[0].proxyEndpoint",
            "--output",
            "text");
    assertThat(endpoint).endsWith("//" + registry);
    Site.DOCKER.ok("login", "-u", "AWS", "-p", password, endpoint);
  }

  /** Creates a repository, and pushes the image of all tests as its {@code 1}; answers its URI. */
  private static String pushed(String name) throws Exception {
    String uri =
        site.aws.ok(
            "ecr",
            "create-repository",
            "--repository-name",
            "tasks/" + name,
            "--query",
            "repository.repositoryUri",
            "--output",
            "text");
    return push(Site.IMAGE, uri);
  }

  private static String push(String image, String uri) throws Exception {
    Site.DOCKER.ok("tag", image, uri + ":1");
    Site.DOCKER.ok("push", "-q", uri + ":1");
    return uri;
  }

  /** An image that Docker has forgotten when this returns, layers and all. */
  private static void pushUnknown(String uri) throws Exception {
    String image = "longshore/e2e:unknown";
    try (DockerEngine engine = DockerEngine.at(EngineAddress.STANDARD)) {
      engine
          .images()
          .load(
              ImageArchive.of(
                  image, List.of(RootFile.link("bin/unknown", "busybox")), Json.fields()));
    }
    push(image, uri);
    forget(uri + ":1");
    forget(image);
  }

  private static String run(String family, String image, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("ecs", "register-task-definition", "--family", family));
    words.addAll(List.of(more));
    words.addAll(
        List.of(
            "--container-definitions", Site.container("sleep 3600").replace(Site.IMAGE, image)));
    site.aws.ok(words.toArray(String[]::new));
    return site.aws.ok(
        "ecs",
        "run-task",
        "--task-definition",
        family,
        "--query",
        "tasks[0].taskArn",
        "--output",
        "text");
  }

  private static String described(String task, String what) throws Exception {
    return site.aws.ok(
        "ecs",
        "describe-tasks",
        "--tasks",
        task,
        "--query",
        "tasks[0].[" + what + "]",
        "--output",
        "text");
  }

  /** Waits for the task's end; answers the stop code, and the reason of its container. */
  private static String failure(String task) throws Exception {
    Await.stopped(site.aws, task);
    return described(task, "stopCode,containers[0].reason");
  }

  private static void deny(String name, String principal, String action) throws Exception {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":"
            + principal
            + ",\"Action\":\""
            + action
            + "\"}]}";
    site.aws.ok(
        "ecr",
        "set-repository-policy",
        "--repository-name",
        "tasks/" + name,
        "--policy-text",
        Json.parse(policy).write());
  }

  private static void forget(String image) throws Exception {
    Site.DOCKER.ok("image", "rm", image);
  }

  @Test
  void a_task_pulls_what_docker_pushed_and_shows_its_digest() throws Exception {
    String image = pushed("run") + ":1";
    forget(image);
    String task = run("run", image);
    Await.running(site.aws, task);
    String digest =
        site.aws.ok(
            "ecr",
            "describe-images",
            "--repository-name",
            "tasks/run",
            "--image-ids",
            "imageTag=1",
            "--query",
            "imageDetails[0].imageDigest",
            "--output",
            "text");
    assertThat(digest).startsWith("sha256:");
    assertThat(described(task, "containers[0].imageDigest,containers[0].image"))
        .isEqualTo(digest + "\t" + image);
    site.aws.ok("ecs", "stop-task", "--task", task);
    Await.stopped(site.aws, task);
  }

  @Test
  void an_execution_role_pulls_unless_the_repositorys_policy_denies_that_role() throws Exception {
    String image = pushed("role") + ":1";
    forget(image);
    String role = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole";
    String task = run("role", image, "--execution-role-arn", role);
    Await.running(site.aws, task);
    site.aws.ok("ecs", "stop-task", "--task", task);
    Await.stopped(site.aws, task);
    forget(image);

    deny("role", "{\"AWS\":\"" + role + "\"}", "ecr:BatchGetImage");
    String refused = run("role", image, "--execution-role-arn", role);
    assertThat(failure(refused))
        .startsWith("TaskFailedToStart\tCannotPullImageManifestError: Error response from daemon: ")
        .contains("denied");
    String other = run("role", image);
    Await.running(site.aws, other);
    site.aws.ok("ecs", "stop-task", "--task", other);
    Await.stopped(site.aws, other);
  }

  @Test
  void docker_pull_and_a_task_fail_where_a_policy_denies_pulls() throws Exception {
    String image = pushed("denied") + ":1";
    forget(image);
    deny("denied", "\"*\"", "ecr:BatchGetImage");
    Shell.Result pull = Site.DOCKER.run("pull", image);
    assertThat(pull.status()).isNotZero();
    assertThat(pull.err())
        .contains("denied: User: arn:aws:iam::123456789012:root is not authorized to perform:")
        .contains("ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123456789012:repository/")
        .contains("with an explicit deny in a resource-based policy");
    assertThat(failure(run("denied", image)))
        .startsWith("TaskFailedToStart\tCannotPullImageManifestError: Error response from daemon: ")
        .contains("explicit deny");
  }

  @Test
  void a_task_that_may_see_the_manifest_but_not_the_layers_cannot_pull() throws Exception {
    String image = pushed("layers") + ":1";
    forget(image);
    pushUnknown(registry + "/tasks/layers");
    deny("layers", "\"*\"", "ecr:GetDownloadUrlForLayer");
    assertThat(failure(run("layers", image)))
        .startsWith("TaskFailedToStart\tCannotPullContainerError: ")
        .contains("denied");
  }

  @Test
  void a_missing_repository_and_a_missing_tag_are_told_apart() throws Exception {
    String repository = pushed("missing");
    assertThat(failure(run("tag", repository + ":nope")))
        .startsWith("TaskFailedToStart\tCannotPullImageManifestError: Error response from daemon: ")
        .contains("manifest unknown: Requested image not found");
    assertThat(failure(run("repo", registry + "/tasks/absent:1")))
        .startsWith("TaskFailedToStart\tCannotPullImageManifestError: Error response from daemon: ")
        .contains("name unknown: The repository with name 'tasks/absent' does not exist");
    forget(repository + ":1");
  }

  @Test
  void docker_with_a_wrong_password_is_sent_away() throws Exception {
    Shell.Result wrong = Site.DOCKER.run("login", "-u", "AWS", "-p", "nonsense", registry);
    assertThat(wrong.status()).isNotZero();
    assertThat(wrong.err()).contains("401 Unauthorized");
    login();
  }

  @Test
  void everybody_pulls_from_a_public_repository_and_nobody_from_a_private_one() throws Exception {
    String uri =
        site.aws.ok(
            "ecr-public",
            "create-repository",
            "--repository-name",
            "open",
            "--query",
            "repository.repositoryUri",
            "--output",
            "text");
    String host = uri.substring(0, uri.indexOf('/'));
    String password = site.aws.ok("ecr-public", "get-login-password");
    Site.DOCKER.ok("login", "-u", "AWS", "-p", password, host);
    push(Site.IMAGE, uri);
    Site.DOCKER.ok("logout", host);
    forget(uri + ":1");
    Site.DOCKER.ok("pull", uri + ":1");
    forget(uri + ":1");
    String closed = pushed("closed") + ":1";
    Site.DOCKER.ok("logout", registry);
    try {
      assertThat(Site.DOCKER.run("pull", closed).status()).isNotZero();
    } finally {
      login();
      forget(closed);
    }
  }
}
