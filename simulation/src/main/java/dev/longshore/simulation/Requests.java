package dev.longshore.simulation;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the API as agents and users write them. */
final class Requests {
  private static final String A = "com.amazonaws.ecs.capability.";
  private static final String B = "ecs.capability.";

  private static final List<String> CAPABILITIES =
      List.of(
          B + "container-ordering",
          B + "full-sync",
          B + "container-restart-policy",
          A + "docker-remote-api.1.17",
          A + "docker-remote-api.1.18",
          A + "docker-remote-api.1.19",
          A + "docker-remote-api.1.21",
          A + "docker-remote-api.1.22",
          A + "docker-remote-api.1.24",
          A + "docker-remote-api.1.25",
          A + "logging-driver.json-file",
          A + "task-iam-role",
          "ecs.os-type",
          "ecs.os-family");

  private Requests() {}

  static Json.Fields registration(
      Machine.Capacity capacity, String machine, @Nullable String knownArn) {
    List<Json> attributes = new ArrayList<>();
    for (String name : CAPABILITIES) {
      attributes.add(new Members().put("name", name).json());
    }
    attributes.add(new Members().put("name", "machine").put("value", machine).json());
    return new Members()
        .put("cluster", "default")
        .put("containerInstanceArn", knownArn)
        .put("attributes", new Json.Items(attributes))
        .put("platformDevices", capacity.gpus(), Requests::gpu)
        .put(
            "totalResources",
            new Json.Items(
                List.of(
                    amount("CPU", capacity.cpu()),
                    amount("MEMORY", capacity.memory()),
                    ports("PORTS", List.of("22", "2375", "2376", "51678", "51679")),
                    ports("PORTS_UDP", List.of()))))
        .json();
  }

  private static Json gpu(String id) {
    return new Members().put("id", id).put("type", "GPU").json();
  }

  private static Json amount(String name, int value) {
    return new Members().put("name", name).put("type", "INTEGER").put("integerValue", value).json();
  }

  private static Json ports(String name, List<String> ports) {
    return new Members()
        .put("name", name)
        .put("type", "STRINGSET")
        .put("stringSetValue", Json.items(ports))
        .json();
  }

  /** A task definition of the given containers. */
  static Json.Fields definition(String family, Json... containers) {
    return new Members()
        .put("family", family)
        .put("networkMode", "bridge")
        .put("containerDefinitions", new Json.Items(List.of(containers)))
        .json();
  }

  /** A container, to which further members can be added. */
  static Members container(String name, String image, boolean essential, int cpu, int memory) {
    return new Members()
        .put("name", name)
        .put("image", image)
        .put("essential", essential)
        .put("cpu", cpu)
        .put("memory", memory);
  }

  /** A port mapping; a host port of 0 leaves the choice to the engine. */
  static Json mapping(int containerPort, int hostPort, String protocol) {
    return new Members()
        .put("containerPort", containerPort)
        .put("hostPort", hostPort)
        .put("protocol", protocol)
        .json();
  }

  static Json.Fields runTask(
      String family, int count, String startedBy, @Nullable String clientToken) {
    return new Members()
        .put("cluster", "default")
        .put("taskDefinition", family)
        .put("count", count)
        .put("startedBy", startedBy)
        .put("clientToken", clientToken)
        .json();
  }

  static Json.Fields stopTask(String taskArn) {
    return new Members().put("cluster", "default").put("task", taskArn).json();
  }

  static Json.Fields createService(
      String name, String family, int desiredCount, Json.Fields configuration) {
    return new Members()
        .put("cluster", "default")
        .put("serviceName", name)
        .put("taskDefinition", family)
        .put("desiredCount", desiredCount)
        .put("deploymentConfiguration", configuration)
        .json();
  }

  /** A service with a task on each instance, or on those whose attribute has that value. */
  static Json.Fields createDaemon(
      String name, String family, @Nullable String tier, Json.Fields configuration) {
    return new Members()
        .put("cluster", "default")
        .put("serviceName", name)
        .put("taskDefinition", family)
        .put("schedulingStrategy", "DAEMON")
        .put("placementConstraints", constraints(tier))
        .put("deploymentConfiguration", configuration)
        .json();
  }

  static Json.Fields updateDaemon(
      String name, @Nullable String family, @Nullable String tier, Json.Fields configuration) {
    return new Members()
        .put("cluster", "default")
        .put("service", name)
        .put("taskDefinition", family)
        .put("placementConstraints", constraints(tier))
        .put("deploymentConfiguration", configuration)
        .json();
  }

  private static Json constraints(@Nullable String tier) {
    return tier == null
        ? new Json.Items(List.of())
        : new Json.Items(
            List.of(
                new Members()
                    .put("type", "memberOf")
                    .put("expression", "attribute:tier == " + tier)
                    .json()));
  }

  static Json.Fields attribute(String instanceArn, String name, String value) {
    return new Members()
        .put("cluster", "default")
        .put(
            "attributes",
            new Json.Items(
                List.of(
                    new Members()
                        .put("name", name)
                        .put("value", value)
                        .put("targetId", instanceArn)
                        .json())))
        .json();
  }

  /** A deployment configuration with a breaker that goes back after failures, or with none. */
  static Json.Fields configuration(int minimumPercent, int maximumPercent, boolean breaker) {
    return new Members()
        .put("minimumHealthyPercent", minimumPercent)
        .put("maximumPercent", maximumPercent)
        .put(
            "deploymentCircuitBreaker",
            new Members().put("enable", breaker).put("rollback", breaker).json())
        .json();
  }

  static Json.Fields stopDeployment(String arn, String type) {
    return new Members().put("serviceDeploymentArn", arn).put("stopType", type).json();
  }

  static Json.Fields updateService(
      String name,
      @Nullable Integer desiredCount,
      @Nullable String family,
      boolean force,
      Json.@Nullable Fields configuration) {
    return new Members()
        .put("cluster", "default")
        .put("service", name)
        .put("desiredCount", desiredCount)
        .put("taskDefinition", family)
        .put("deploymentConfiguration", configuration)
        .put("forceNewDeployment", force)
        .json();
  }

  static Json.Fields deleteService(String name) {
    return new Members().put("cluster", "default").put("service", name).put("force", true).json();
  }

  static Json.Fields instanceState(String instanceArn, String status) {
    return new Members()
        .put("cluster", "default")
        .put("containerInstances", List.of(instanceArn))
        .put("status", status)
        .json();
  }

  static Json.Fields deregister(String instanceArn) {
    return new Members()
        .put("cluster", "default")
        .put("containerInstance", instanceArn)
        .put("force", true)
        .json();
  }
}
