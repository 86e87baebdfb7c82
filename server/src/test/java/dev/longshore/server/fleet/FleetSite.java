package dev.longshore.server.fleet;

import static dev.longshore.server.fleet.ScriptedAgent.value;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.identity.AwsPolicies;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A control plane on loopback, an agent that plays at it, and what every script needs. */
final class FleetSite implements AutoCloseable {
  static final String OURS = "arn:aws:ecs:us-east-1:123456789012:";

  final ControlPlane controlPlane;
  final ScriptedAgent agent;

  private FleetSite(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.agent = ScriptedAgent.of(controlPlane);
  }

  static FleetSite start(Path directory, FleetSettings times) throws IOException {
    FleetSite site =
        new FleetSite(
            ControlPlane.start(
                ControlPlaneSettings.local(directory, 0).withFleet(times),
                halt -> {
                  throw new AssertionError(halt);
                }));
    site.role("/apps/", "shop");
    site.role("/", "other");
    site.role("/", "starter");
    return site;
  }

  @Override
  public void close() {
    controlPlane.close();
  }

  private void role(String path, String name) throws IOException {
    String trust = AwsPolicies.trust("ecs-tasks.amazonaws.com");
    var answer =
        agent.form(
            "iam",
            "Action=CreateRole&Version=2010-05-08&RoleName="
                + name
                + "&Path="
                + URLEncoder.encode(path, UTF_8)
                + "&AssumeRolePolicyDocument="
                + URLEncoder.encode(trust, UTF_8));
    // After a restart they are there already.
    if (answer.status() != 200 && answer.status() != 409) {
      throw new IOException(answer.body());
    }
  }

  /** Host and port of the control plane, and so of its registry. */
  String registry() {
    return controlPlane.endpoint().getAuthority();
  }

  /** Creates a cluster; scripts have one each, so that they do not meet. */
  String cluster(String name) throws IOException {
    var _ = agent.ok("CreateCluster", "{'clusterName':'" + name + "'}");
    return name;
  }

  /** Registers a definition of one container; answers its ARN. */
  String define(String family) throws IOException {
    return define(family, "");
  }

  /**
   * Registers a definition of one container.
   *
   * @param more members of the request besides, each with a comma behind it
   */
  String define(String family, String more) throws IOException {
    return value(
        "taskDefinitionArn",
        agent.ok(
            "RegisterTaskDefinition",
            "{"
                + more
                + "'family':'"
                + family
                + "','containerDefinitions':[{'name':'app','image':'busybox:latest','memory':16,"
                + "'command':['sh','-c','env; sleep 8; exit 3']}]}"));
  }

  /** Starts a task on that instance; answers its ARN. */
  String startTask(String cluster, String instance, String family) throws IOException {
    return startTask(cluster, instance, family, "");
  }

  /**
   * Starts a task on that instance.
   *
   * @param more members of the request besides, each with a comma behind it
   */
  String startTask(String cluster, String instance, String family, String more) throws IOException {
    return value(
        "taskArn",
        agent.ok(
            "StartTask",
            "{"
                + more
                + "'cluster':'"
                + cluster
                + "','taskDefinition':'"
                + family
                + "','containerInstances':['"
                + instance
                + "']}"));
  }

  /** Reports that the task came to that status. */
  void report(String cluster, String task, String status) throws IOException {
    var _ =
        agent.ok(
            "SubmitTaskStateChange",
            "{'cluster':'"
                + cluster
                + "','reason':'','status':'"
                + status
                + "','task':'"
                + task
                + "'}");
  }

  String describe(String cluster, String task) throws IOException {
    return agent.ok("DescribeTasks", "{'cluster':'" + cluster + "','tasks':['" + task + "']}");
  }

  String describeInstance(String cluster, String instance) throws IOException {
    return agent.ok(
        "DescribeContainerInstances",
        "{'cluster':'"
            + cluster
            + "','include':['CONTAINER_INSTANCE_HEALTH'],'containerInstances':['"
            + instance
            + "']}");
  }

  /** What an agent answers to a payload or a manifest. */
  static void acknowledge(AgentSocket acs, String message) throws IOException {
    acs.send(
        "{'type':'AckRequest','message':{'cluster':'"
            + value("clusterArn", message)
            + "','containerInstance':'"
            + value("containerInstanceArn", message)
            + "','messageId':'"
            + value("messageId", message)
            + "'}}");
  }

  /** Waits until the server has read all that was sent before: it answers in order. */
  static void settled(AgentSocket acs) throws IOException {
    acs.send(
        "{'type':'TaskStopVerificationMessage','message':{'messageId':'settled',"
            + "'stopCandidates':[]}}");
    String answer = acs.message("TaskStopVerificationAck");
    while (!value("messageId", answer).equals("settled")) {
      answer = acs.message("TaskStopVerificationAck");
    }
  }

  void awaitConnected(String instance) {
    await(instance, ContainerInstance::agentConnected);
  }

  /** Waits until the task has stopped. */
  void awaitStopped(String task) {
    var _ =
        controlPlane
            .when(state -> {
              Task row = state.find(Task.KIND, task);
              return row != null && row.isStopped();
            })
            .join();
  }

  void awaitDisconnected(String instance) {
    await(instance, row -> !row.agentConnected());
  }

  /** Waits until the instance's row is so. */
  void await(String instance, Predicate<ContainerInstance> condition) {
    var _ =
        controlPlane
            .when(state -> {
              ContainerInstance row = state.find(ContainerInstance.KIND, instance);
              return row != null && condition.test(row);
            })
            .join();
  }
}
