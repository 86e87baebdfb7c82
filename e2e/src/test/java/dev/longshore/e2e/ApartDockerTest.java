package dev.longshore.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control plane and an agent as programs of their own. */
@Tag("docker")
class ApartDockerTest {
  private Path data;
  private Program server;
  private Program agent;
  private String endpoint;
  private Shell aws;

  @BeforeEach
  void start() throws Exception {
    Site.loadImage();
    data = Files.createTempDirectory("longshore-e2e");
    server = serve(0);
    endpoint = address(server);
    aws = Site.aws(data.resolve("server"), endpoint);
    aws.ok("ecs", "create-cluster");
    agent = join();
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
    server.close();
    Site.delete(data);
  }

  private Program serve(int port) throws Exception {
    Program started =
        Program.start(
            List.of(),
            "server",
            "--data-dir",
            data.resolve("server").toString(),
            "--healthy-after",
            "0",
            "--port",
            Integer.toString(port));
    started.line("Longshore serves");
    return started;
  }

  private static String address(Program server) throws Exception {
    return requireNonNull(Program.wordAfter(server.line("Longshore serves"), "serves"));
  }

  private Program join() throws Exception {
    List<String> variables = new ArrayList<>();
    for (String name : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) {
      variables.add(name + "=" + aws.variable(name));
    }
    variables.add("AWS_DEFAULT_REGION=us-east-1");
    variables.add("ECS_CLUSTER=default");
    variables.add("ECS_BACKEND_HOST=" + endpoint);
    variables.add("ECS_DATADIR=" + data.resolve("agent"));
    variables.add("ECS_IMAGE_PULL_BEHAVIOR=prefer-cached");
    variables.add("LONGSHORE_BIND_ADDRESS=127.0.1.1");
    Program joined = Program.start(variables, "agent", "--drop");
    joined.line("Longshore's agent is");
    return joined;
  }

  private void startTasks() throws Exception {
    aws.ok(
        "ecs",
        "register-task-definition",
        "--family",
        "web",
        "--container-definitions",
        Site.container("sleep 3600"));
    aws.ok(
        "ecs",
        "create-service",
        "--service-name",
        "shop",
        "--task-definition",
        "web",
        "--desired-count",
        "3");
    Await.stable(aws, "shop");
  }

  @Test
  void kill_9_of_an_agent_loses_no_container_and_what_died_meanwhile_is_replaced()
      throws Exception {
    startTasks();
    Map<String, String> before = Site.containers(aws);
    assertThat(before).hasSize(3);
    String instance =
        aws.ok(
            "ecs",
            "list-container-instances",
            "--query",
            "containerInstanceArns",
            "--output",
            "text");
    agent.kill();
    agent = join();
    assertThat(agent.line("Longshore's agent is")).contains(instance);
    Await.stable(aws, "shop");
    assertThat(Site.containers(aws)).isEqualTo(before);

    agent.kill();
    String victim = before.keySet().iterator().next();
    Site.DOCKER.ok("kill", requireNonNull(before.get(victim)));
    agent = join();
    Site.until("the dead container is replaced", () -> replaced(victim));
    Map<String, String> after = Site.containers(aws);
    after.keySet().retainAll(before.keySet());
    before.remove(victim);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void an_agent_outlives_a_kill_9_of_its_server() throws Exception {
    startTasks();
    Map<String, String> before = Site.containers(aws);
    int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    server.kill();
    String victim = before.keySet().iterator().next();
    Site.DOCKER.ok("kill", requireNonNull(before.get(victim)));
    server = serve(port);
    Site.until("the dead container is replaced", () -> replaced(victim));
    Map<String, String> after = Site.containers(aws);
    after.keySet().retainAll(before.keySet());
    before.remove(victim);
    assertThat(after).isEqualTo(before);
  }

  private boolean replaced(String victim) {
    try {
      Map<String, String> now = Site.containers(aws);
      return now.size() == 3 && !now.containsKey(victim);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
