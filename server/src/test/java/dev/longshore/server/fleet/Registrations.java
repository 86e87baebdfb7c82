package dev.longshore.server.fleet;

import java.util.ArrayList;
import java.util.List;

/** What an agent in external mode registers with, as the transcript of the protocol shows it. */
final class Registrations {
  private static final String A = "com.amazonaws.ecs.capability.";
  private static final String B = "ecs.capability.";

  private Registrations() {}

  /** The attributes in the order of the agent, each as JSON text. */
  static List<String> attributes() {
    List<String> attributes = new ArrayList<>();
    for (String name :
        List.of(
            B + "private-registry-authentication.secretsmanager",
            B + "secrets.ssm.environment-variables",
            B + "secrets.ssm.bootstrap.log-driver",
            B + "ecr-endpoint",
            B + "secrets.asm.environment-variables",
            B + "secrets.asm.bootstrap.log-driver",
            B + "container-ordering",
            B + "full-sync",
            B + "env-files.s3",
            B + "network.container-port-range",
            B + "container-restart-policy",
            B + "docker-plugin.local",
            A + "docker-remote-api.1.17",
            A + "docker-remote-api.1.18",
            A + "docker-remote-api.1.19",
            A + "docker-remote-api.1.20",
            A + "docker-remote-api.1.21",
            A + "docker-remote-api.1.22",
            A + "docker-remote-api.1.23",
            A + "docker-remote-api.1.24",
            A + "docker-remote-api.1.25",
            A + "docker-remote-api.1.28",
            A + "docker-remote-api.1.29",
            A + "docker-remote-api.1.30",
            A + "docker-remote-api.1.32",
            A + "ecr-auth",
            B + "execution-role-ecr-pull",
            B + "container-health-check",
            A + "privileged-container",
            A + "logging-driver.json-file",
            A + "logging-driver.none",
            A + "task-iam-role",
            B + "task-cpu-mem-limit",
            B + "pid-ipc-namespace-sharing",
            B + "external",
            B + "ipv6-only")) {
      attributes.add("{'name':'" + name + "'}");
    }
    attributes.add("{'name':'ecs.os-type','value':'linux'}");
    attributes.add("{'name':'ecs.os-family','value':'LINUX'}");
    attributes.add("{'name':'ecs.os-type-detailed','value':'LINUX'}");
    attributes.add("{'name':'ecs.cpu-architecture','value':'x86_64'}");
    return attributes;
  }

  /**
   * The body of RegisterContainerInstance.
   *
   * @param more members besides, each with a comma behind it
   */
  static String request(String cluster, String more) {
    return "{'attributes':["
        + String.join(",", attributes())
        + "],"
        + more
        + "'clientToken':'6fb2466c-0000-4000-8000-000000000000','cluster':'"
        + cluster
        + "','instanceIdentityDocument':'','instanceIdentityDocumentSignature':'',"
        + "'totalResources':[{'integerValue':2048,'name':'CPU','type':'INTEGER'},"
        + "{'integerValue':4096,'name':'MEMORY','type':'INTEGER'},"
        + "{'name':'PORTS','stringSetValue':['22','2375','2376','51678','51679'],"
        + "'type':'STRINGSET'},{'name':'PORTS_UDP','stringSetValue':[],'type':'STRINGSET'}]}";
  }
}
