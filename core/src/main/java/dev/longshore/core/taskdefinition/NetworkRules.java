package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;

/** What a container may say of its network, which depends on the task's network mode. */
final class NetworkRules {
  private NetworkRules() {}

  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    String mode = request.networkMode();
    if (!Given.list(container.links()).isEmpty()) {
      demand(
          mode == null || mode.equals("bridge"),
          "Links are not supported when networkMode=" + mode + ".");
    }
    for (String link : Given.list(container.links())) {
      String name = link.split(":", 2)[0];
      demand(
          Rules.container(request, name) != null,
          "Invalid 'links' setting. Unknown container: '" + name + "'");
    }
    if (Rules.isAwsvpc(request)) {
      checkOwnInterface(container);
    }
  }

  /** With awsvpc the task's network interface has the name and the servers, not the container. */
  private static void checkOwnInterface(ContainerDefinition container) {
    demand(
        container.hostname() == null,
        "hostname is not supported on container when networkMode=awsvpc");
    demand(
        !Boolean.TRUE.equals(container.disableNetworking()),
        "Disable Networking is not supported on container when networkMode=awsvpc");
    demand(
        Given.list(container.dnsServers()).isEmpty()
            && Given.list(container.dnsSearchDomains()).isEmpty(),
        "DNS servers are not supported on container when networkMode=awsvpc");
    demand(
        Given.list(container.extraHosts()).isEmpty(),
        "Extra hosts are not supported on container when networkMode=awsvpc");
  }
}
