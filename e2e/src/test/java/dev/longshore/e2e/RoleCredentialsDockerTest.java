package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The credentials of a task's role, as a container gets them and the AWS CLI uses them. */
@Tag("docker")
class RoleCredentialsDockerTest {
  /**
   * As SDKs do: the address that is known to all, or the one that is told where that is another
   * process's. The line is ended because Docker Engine shows a line in the logs only then.
   */
  private static final String ASK =
      "wget -q -O -"
          + " ${AWS_CONTAINER_CREDENTIALS_FULL_URI:-"
          + "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}"
          + " && echo && sleep 3600";

  @ParameterizedTest
  @ValueSource(strings = {"host", "bridge"})
  void a_container_gets_its_roles_keys_and_they_show_who_it_is(String network) throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      assumeThat(network.equals("host") || isRouted(site)).isTrue();
      site.role("shop");
      Shell aws = site.aws;
      assertThat(identity(aws)).isEqualTo("arn:aws:iam::123456789012:root");
      aws.ok(
          "ecs",
          "register-task-definition",
          "--family",
          "who",
          "--network-mode",
          network,
          "--task-role-arn",
          "arn:aws:iam::123456789012:role/shop",
          "--container-definitions",
          Site.container(ASK));
      List<String> run =
          List.of("ecs", "run-task", "--task-definition", "who", "--query", "tasks[0].taskArn");
      String task = aws.ok(text(run));
      Await.running(aws, task);
      String container = site.containers().getOrDefault(task, "");
      Site.until("keys in the container's output", () -> printed(container).contains("}"));

      Json keys = Json.parse(printed(container));
      assertThat(keys.at("RoleArn").text()).isEqualTo("arn:aws:iam::123456789012:role/shop");
      Shell inside =
          aws.with(
              keys.at("AccessKeyId").text(),
              keys.at("SecretAccessKey").text(),
              keys.at("Token").text());
      String id = task.substring(task.lastIndexOf('/') + 1);
      assertThat(identity(inside)).isEqualTo("arn:aws:sts::123456789012:assumed-role/shop/" + id);
      Shell.Result denied = inside.run("ecs", "list-clusters");
      assertThat(denied.status()).isNotZero();
      assertThat(denied.err())
          .contains("(AccessDeniedException)")
          .contains("assumed-role/shop/" + id + " is not authorized to perform: ecs:ListClusters");
    }
  }

  @Test
  void a_user_and_a_role_may_do_what_their_policies_allow_and_no_more() throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      Shell aws = site.aws;
      aws.ok("iam", "create-user", "--user-name", "anna");
      aws.ok(
          "iam",
          "put-user-policy",
          "--user-name",
          "anna",
          "--policy-name",
          "lists",
          "--policy-document",
          document("'Action':['ecs:List*','sts:AssumeRole'],'Resource':'*'"));
      Json made = Json.parse(aws.ok("iam", "create-access-key", "--user-name", "anna"));
      Json key = made.at("AccessKey");
      Shell anna = aws.with(key.at("AccessKeyId").text(), key.at("SecretAccessKey").text(), "");
      assertThat(identity(anna)).isEqualTo("arn:aws:iam::123456789012:user/anna");
      anna.ok("ecs", "list-clusters");
      assertThat(anna.run("ecs", "create-cluster").err())
          .contains(
              "(AccessDeniedException)",
              "User: arn:aws:iam::123456789012:user/anna is not authorized to perform:"
                  + " ecs:CreateCluster on resource: * because no identity-based policy allows the"
                  + " ecs:CreateCluster action");
      assertThat(anna.run("iam", "list-users").err()).contains("(AccessDenied)", "iam:ListUsers");
      aws.ok(
          "iam",
          "create-role",
          "--role-name",
          "visited",
          "--assume-role-policy-document",
          document("'Principal':{'AWS':'123456789012'},'Action':'sts:AssumeRole'"));
      Json session =
          Json.parse(
                  anna.ok(
                      "sts",
                      "assume-role",
                      "--role-arn",
                      "arn:aws:iam::123456789012:role/visited",
                      "--role-session-name",
                      "visit"))
              .at("Credentials");
      Shell visit =
          aws.with(
              session.at("AccessKeyId").text(),
              session.at("SecretAccessKey").text(),
              session.at("SessionToken").text());
      assertThat(identity(visit)).isEqualTo("arn:aws:sts::123456789012:assumed-role/visited/visit");
      assertThat(visit.run("ecs", "list-clusters").err()).contains("(AccessDeniedException)");
    }
  }

  private static String document(String members) {
    return ("{'Version':'2012-10-17','Statement':{'Effect':'Allow'," + members + "}}")
        .replace('\'', '"');
  }

  /** Bridges reach the agent only where no other process of this machine has the address. */
  private static boolean isRouted(Site site) {
    return site.printed().stream()
        .noneMatch(line -> line.contains("route to the task endpoint") || line.contains("serves"));
  }

  @Test
  void an_sdk_in_a_container_calls_as_its_role_and_is_denied_what_the_role_may_not()
      throws Exception {
    try (Site site = Site.up("--instances", "1")) {
      site.role("shop");
      // The real CLI of this machine, put into the container with all that it is made of.
      String call = "/usr/bin/aws --region us-east-1 --endpoint-url " + site.endpoint + ' ';
      String container =
          Site.container(
                  call
                      + "sts get-caller-identity; "
                      + call
                      + "ecs list-clusters 2>&1; echo done; sleep 3600")
              .replace("\"memory\":32", "\"memory\":256,\"mountPoints\":" + MOUNTS);
      site.aws.ok(
          "ecs",
          "register-task-definition",
          "--family",
          "inside",
          "--network-mode",
          "host",
          "--task-role-arn",
          "arn:aws:iam::123456789012:role/shop",
          "--volumes",
          VOLUMES,
          "--container-definitions",
          container);
      String task =
          site.aws.ok(
              text(
                  List.of(
                      "ecs",
                      "run-task",
                      "--task-definition",
                      "inside",
                      "--query",
                      "tasks[0].taskArn")));
      Await.running(site.aws, task);
      String running = site.containers().getOrDefault(task, "");
      Site.until("both calls", () -> printed(running).contains("done"));
      String id = task.substring(task.lastIndexOf('/') + 1);
      String session = "arn:aws:sts::123456789012:assumed-role/shop/" + id;
      assertThat(printed(running))
          .contains("\"Arn\": \"" + session + '"')
          .contains("(AccessDeniedException)")
          .contains(
              "User: "
                  + session
                  + " is not authorized to perform: ecs:ListClusters on resource: * because no"
                  + " identity-based policy allows the ecs:ListClusters action");
    }
  }

  private static final String VOLUMES =
      "[{\"name\":\"usr\",\"host\":{\"sourcePath\":\"/usr\"}},"
          + "{\"name\":\"lib\",\"host\":{\"sourcePath\":\"/usr/lib\"}},"
          + "{\"name\":\"lib64\",\"host\":{\"sourcePath\":\"/usr/lib64\"}}]";
  private static final String MOUNTS =
      "[{\"sourceVolume\":\"usr\",\"containerPath\":\"/usr\",\"readOnly\":true},"
          + "{\"sourceVolume\":\"lib\",\"containerPath\":\"/lib\",\"readOnly\":true},"
          + "{\"sourceVolume\":\"lib64\",\"containerPath\":\"/lib64\",\"readOnly\":true}]";

  private static String identity(Shell aws) throws Exception {
    return aws.ok(text(List.of("sts", "get-caller-identity", "--query", "Arn")));
  }

  private static String[] text(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--output", "text"));
    return all.toArray(String[]::new);
  }

  private static String printed(String container) {
    try {
      return Site.DOCKER.ok("logs", container);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
