package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longshore.wire.json.Json;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys of tasks' roles that end and are renewed while containers use them. */
@Tag("docker")
class CredentialRotationDockerTest {
  /**
   * Two clients of the SDK that the AWS CLI is made of: one that asks for keys as SDKs do, and one
   * that goes on with those it had first until they are about to end. Of each new key the id is
   * printed, and whatever fails.
   */
  private static final String PROGRAM =
      """
      import sys, time
      from awscli.botocore.session import get_session

      def sts(session):
          return session.create_client('sts', region_name='us-east-1', endpoint_url=sys.argv[1])

      session = get_session()
      renewing = sts(session)
      first = session.get_credentials().get_frozen_credentials()
      held = get_session()
      held.set_credentials(first.access_key, first.secret_key, first.token)
      holding = sts(held)
      until = session.get_credentials()._expiry_time.timestamp() - 3
      keys = []
      calls = failed = 0
      while len(keys) < 4:
          try:
              renewing.get_caller_identity()
              calls += 1
              if time.time() < until:
                  holding.get_caller_identity()
                  calls += 1
          except Exception as failure:
              failed += 1
              print('failed', failure, flush=True)
          key = session.get_credentials().get_frozen_credentials().access_key
          if key not in keys:
              keys.append(key)
              print('key', key, flush=True)
          time.sleep(0.05)
      print('calls', calls, 'failed', failed, flush=True)
      time.sleep(3600)
      """;

  private static final String VOLUMES =
      "[{\"name\":\"usr\",\"host\":{\"sourcePath\":\"/usr\"}},"
          + "{\"name\":\"lib\",\"host\":{\"sourcePath\":\"/usr/lib\"}},"
          + "{\"name\":\"lib64\",\"host\":{\"sourcePath\":\"/usr/lib64\"}}]";
  private static final String MOUNTS =
      "[{\"sourceVolume\":\"usr\",\"containerPath\":\"/usr\",\"readOnly\":true},"
          + "{\"sourceVolume\":\"lib\",\"containerPath\":\"/lib\",\"readOnly\":true},"
          + "{\"sourceVolume\":\"lib64\",\"containerPath\":\"/lib64\",\"readOnly\":true}]";

  @Test
  void keys_are_renewed_under_a_running_container_and_no_call_fails() throws Exception {
    try (Site site = Site.up("--instances", "1", "--task-credentials-life", "20")) {
      site.role("rotating");
      String container =
          Site.container("exec /usr/bin/python3 -c \"$PROGRAM\" " + site.endpoint)
              .replace(
                  "\"memory\":32",
                  "\"memory\":256,\"environment\":[{\"name\":\"PROGRAM\",\"value\":"
                      + Json.of(PROGRAM).write()
                      + "}],\"mountPoints\":"
                      + MOUNTS);
      site.aws.ok(
          Shell.words(
              "ecs register-task-definition --family rotating --network-mode host"
                  + " --task-role-arn arn:aws:iam::123456789012:role/rotating",
              "--volumes",
              VOLUMES,
              "--container-definitions",
              container));
      String task =
          site.aws.ok(
              Shell.words(
                  "ecs run-task --query tasks[0].taskArn --output text --task-definition",
                  "rotating"));
      Await.running(site.aws, task);
      String running = site.containers().getOrDefault(task, "");
      Site.until("the end of all calls", () -> printed(running).contains("calls "));
      List<String> lines = printed(running).lines().toList();
      assertThat(lines.stream().filter(line -> line.startsWith("key ASIA")).distinct()).hasSize(4);
      String[] end = lines.getLast().split(" ");
      assertThat(Integer.parseInt(end[1])).isGreaterThan(50);
      assertThat(lines).noneMatch(line -> line.startsWith("failed"));
      assertThat(end[3]).isEqualTo("0");
    }
  }

  /** As SDKs do: the address that all know, or the one that the container is told. */
  private static final String ASK =
      "wget -q -O -"
          + " ${AWS_CONTAINER_CREDENTIALS_FULL_URI:-"
          + "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}"
          + " && echo && sleep 3600";

  @Test
  void containers_of_two_agents_of_one_machine_each_get_their_own_keys() throws Exception {
    try (Site one = Site.up("--instances", "1");
        Site two = Site.up("--instances", "1")) {
      // Without root there is no route at all, and a bridge reaches neither of them.
      assumeThat(one.printed()).noneMatch(line -> line.contains("no route to the task endpoint"));
      String first = asking(one, "one");
      String second = asking(two, "two");
      assertThat(role(first)).isEqualTo("arn:aws:iam::123456789012:role/one");
      assertThat(role(second)).isEqualTo("arn:aws:iam::123456789012:role/two");
      // The second one's containers go on when the first one's process is gone.
      one.kill();
      String third = asking(two, "two");
      assertThat(role(third)).isEqualTo("arn:aws:iam::123456789012:role/two");
      one.startAgain();
    }
  }

  /** Runs a task in a bridge that asks for the keys of its role; answers its container. */
  private static String asking(Site site, String role) throws Exception {
    if (site.aws.run("iam", "get-role", "--role-name", role).status() != 0) {
      site.role(role);
    }
    site.aws.ok(
        Shell.words(
            "ecs register-task-definition --network-mode bridge --family "
                + role
                + " --task-role-arn arn:aws:iam::123456789012:role/"
                + role,
            "--container-definitions",
            Site.container(ASK)));
    String task =
        site.aws.ok(
            Shell.words(
                "ecs run-task --query tasks[0].taskArn --output text --task-definition", role));
    Await.running(site.aws, task);
    String container = site.containers().getOrDefault(task, "");
    Site.until("keys in the container's output", () -> printed(container).contains("}"));
    return container;
  }

  private static String role(String container) {
    return Json.parse(printed(container)).at("RoleArn").text();
  }

  private static String printed(String container) {
    try {
      return Site.DOCKER.ok("logs", container);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
