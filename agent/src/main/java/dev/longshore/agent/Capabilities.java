package dev.longshore.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The attributes an instance registers with: what this agent can really do, and what it runs on.
 */
final class Capabilities {
  private static final String A = "com.amazonaws.ecs.capability.";
  private static final String B = "ecs.capability.";

  /** The API versions Amazon's agent lists; task definitions ask for them by feature. */
  private static final List<Integer> REMOTE_API =
      List.of(17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 32);

  private Capabilities() {}

  /**
   * @param architecture as the container engine says it: {@code x86_64}, {@code aarch64}
   */
  static Map<String, String> of(AgentConfig config, String architecture) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name :
        List.of(
            "container-ordering",
            "full-sync",
            "network.container-port-range",
            "container-restart-policy",
            "docker-plugin.local",
            "container-health-check",
            "private-registry-authentication.secretsmanager",
            "secrets.ssm.environment-variables",
            "secrets.ssm.bootstrap.log-driver",
            "secrets.asm.environment-variables",
            "secrets.asm.bootstrap.log-driver",
            "env-files.s3")) {
      attributes.put(B + name, "");
    }
    REMOTE_API.forEach(minor -> attributes.put(A + "docker-remote-api.1." + minor, ""));
    config.loggingDrivers().forEach(driver -> attributes.put(A + "logging-driver." + driver, ""));
    if (!config.privilegedDisabled()) {
      attributes.put(A + "privileged-container", "");
    }
    if (config.taskRoles()) {
      attributes.put(A + "task-iam-role", "");
      attributes.put(A + "task-iam-role-network-host", "");
    }
    attributes.put(B + "task-cpu-mem-limit", "");
    if (config.external()) {
      attributes.put(B + "external", "");
    }
    if (!config.availabilityZone().isEmpty()) {
      attributes.put("ecs.availability-zone", config.availabilityZone());
    }
    attributes.put("ecs.os-type", "linux");
    attributes.put("ecs.os-family", "LINUX");
    attributes.put("ecs.os-type-detailed", "LINUX");
    attributes.put("ecs.cpu-architecture", architecture.startsWith("a") ? "arm64" : "x86_64");
    return attributes;
  }
}
