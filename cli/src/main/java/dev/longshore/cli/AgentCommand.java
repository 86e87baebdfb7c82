package dev.longshore.cli;

import dev.longshore.agent.Agent;
import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.AgentHost;
import dev.longshore.agent.AgentVariables;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.server.ControlPlane;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Joins this machine to a cluster as a container instance. */
@Command(
    name = "agent",
    description = {
      "Joins this machine to a cluster as a container instance.",
      "Settings are the ECS agent's: ECS_* variables, /etc/ecs/ecs.config."
    },
    mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A further file of KEY=VALUE lines, read last.")
  private @Nullable Path config;

  @Option(names = "--drop", description = "Stop and remove the containers on exit.")
  private boolean drop;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  /** The machine's name as far as it can name a session. */
  private static String machineName() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName().replaceAll("[^\\w+=,.@-]", "-");
    } catch (UnknownHostException e) {
      // A machine without a name joins as well; its sessions are told apart by their addresses.
      name = "";
    }
    return name.length() < 2 ? "agent" : name.substring(0, Math.min(name.length(), 64));
  }

  @Override
  public Integer call() throws Exception {
    List<Path> files = new ArrayList<>(AgentVariables.FILES);
    if (config != null) {
      files.add(config);
    }
    Map<String, String> variables = AgentVariables.read(System.getenv(), files);
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      TaskEndpoint endpoints = TaskEndpoint.start(AgentConfig.of(variables).dataDir());
      lifetime.onEnd(endpoints::close);
      Map<String, String> all = new LinkedHashMap<>(variables);
      all.putIfAbsent("LONGSHORE_TASK_ENDPOINT", endpoints.baseUrl());
      all.putIfAbsent("LONGSHORE_AGENT_NAME", machineName());
      if (!all.containsKey("AWS_SESSION_TOKEN")) {
        all.putIfAbsent("LONGSHORE_INSTANCE_PROFILE", ControlPlane.INSTANCE_PROFILE);
      }
      AgentConfig settings = AgentConfig.of(all);
      EngineAddress engine = EngineAddress.parse(variables.get("DOCKER_HOST"));
      AgentHost host = AgentHost.open(engine, endpoints.server(), settings.trustedCertificates());
      lifetime.onEnd(host::close);
      Agent agent = Agent.start(settings, host);
      lifetime.onEnd(() -> agent.stop(!drop));
      PrintWriter out = spec.commandLine().getOut();
      var _ =
          agent
              .registered()
              .thenAccept(arn -> {
                out.println("Longshore's agent is " + arn);
                out.flush();
              });
      var _ = agent.ended().thenRun(end::countDown);
      end.await();
      // An agent that ended by itself tells a supervisor whether another start could help.
      return agent.ended().isDone() ? agent.ended().join() : 0;
    }
  }
}
