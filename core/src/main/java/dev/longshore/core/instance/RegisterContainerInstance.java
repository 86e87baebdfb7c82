package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.tag.Tags;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerInstanceField;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.RegisterContainerInstanceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets an agent's machine join a cluster; with the ARN that an agent was given before, the same
 * instance registers again. Agents compare the attributes of the answer with what they sent, so
 * every one comes back as it was.
 */
public final class RegisterContainerInstance
    implements Command<RegisterContainerInstanceRequest, RegisterContainerInstanceResponse> {
  private static final List<String> ZONES = List.of("a", "b", "c");

  @Override
  public RegisterContainerInstanceResponse decide(
      Draft draft, RegisterContainerInstanceRequest request, Context context) {
    Cluster cluster = cluster(draft, request, context);
    String arn = Given.text(request.containerInstanceArn());
    ContainerInstance instance =
        arn.isEmpty()
            ? registered(draft, request, context, cluster)
            : registeredAgain(draft, request, context, cluster);
    draft.put(ContainerInstance.KIND, instance);
    return new RegisterContainerInstanceResponse(
        InstanceAnswers.of(draft, instance, List.of(ContainerInstanceField.TAGS)));
  }

  /** An agent that was told no cluster joins {@code default}, which may be made for it. */
  private static Cluster cluster(
      Draft draft, RegisterContainerInstanceRequest request, Context context) {
    String name = Given.text(request.cluster());
    if (name.isEmpty() || name.equals(Clusters.DEFAULT)) {
      Cluster there = draft.find(Cluster.KIND, Clusters.arnOf(context.place(), Clusters.DEFAULT));
      if (there == null) {
        new CreateCluster().decide(draft, CreateClusterRequest.builder().build(), context);
      }
      return Clusters.find(draft, context, null);
    }
    return Clusters.find(draft, context, name);
  }

  private static ContainerInstance registered(
      Draft draft, RegisterContainerInstanceRequest request, Context context, Cluster cluster) {
    Map<String, Attribute> attributes = InstanceAttributes.byName(Given.list(request.attributes()));
    attributes.computeIfAbsent(
        InstanceAttributes.ZONE,
        name -> Attribute.builder().name(name).value(zone(draft, context, cluster)).build());
    boolean external = attributes.containsKey(InstanceAttributes.EXTERNAL);
    List<String> custom = custom(attributes);
    InstanceAttributes.checkLimit(custom);
    InstanceResources resources = InstanceResources.of(request);
    String id = context.ids().hex32();
    return new ContainerInstance(
        ContainerInstances.arn(context, cluster, id),
        id,
        cluster.arn(),
        null,
        ContainerInstance.ACTIVE,
        null,
        false,
        null,
        List.copyOf(attributes.values()),
        custom,
        resources.cpu(),
        resources.memory(),
        resources.reservedPorts(),
        resources.gpus(),
        resources.networkInterfaces(),
        request.versionInfo(),
        external ? "EXTERNAL" : "EC2",
        context.now(),
        Tags.checked(request.tags()),
        List.of(),
        null,
        1);
  }

  /** One zone after the other, so that what is spread over zones has several to be spread over. */
  private static String zone(Draft draft, Context context, Cluster cluster) {
    int before = draft.count(ContainerInstance.BY_CLUSTER, cluster.arn());
    return context.place().region() + ZONES.get(before % ZONES.size());
  }

  private static List<String> custom(Map<String, Attribute> attributes) {
    return attributes.keySet().stream()
        .filter(name -> !InstanceAttributes.isReserved(name))
        .toList();
  }

  /** Agents send custom attributes only the first time: those of before are kept. */
  private static ContainerInstance registeredAgain(
      Draft draft, RegisterContainerInstanceRequest request, Context context, Cluster cluster) {
    ContainerInstance before =
        ContainerInstances.find(
            draft, context, cluster, Given.text(request.containerInstanceArn()));
    if (before == null) {
      throw new InvalidParameterException(
          "Referenced container instance " + request.containerInstanceArn() + " not found.");
    }
    if (before.isInactive()) {
      throw new ClientException("The referenced container instance was deregistered.");
    }
    InstanceResources resources = InstanceResources.of(request);
    Map<String, Attribute> attributes = InstanceAttributes.byName(Given.list(request.attributes()));
    checkSameMachine(before, resources, attributes);
    List<String> custom = new ArrayList<>(before.customAttributes());
    custom(attributes).stream().filter(name -> !custom.contains(name)).forEach(custom::add);
    InstanceAttributes.checkLimit(custom);
    for (Attribute attribute : before.attributes()) {
      if (custom.contains(attribute.name()) || attribute.name().equals(InstanceAttributes.ZONE)) {
        attributes.putIfAbsent(attribute.name(), attribute);
      }
    }
    return before
        .edit()
        .attributes(List.copyOf(attributes.values()), List.copyOf(custom))
        .resources(
            resources.cpu(),
            resources.memory(),
            resources.reservedPorts(),
            resources.gpus(),
            resources.networkInterfaces())
        .versionInfo(request.versionInfo() == null ? before.versionInfo() : request.versionInfo())
        .build();
  }

  private static void checkSameMachine(
      ContainerInstance before, InstanceResources resources, Map<String, Attribute> attributes) {
    String type = before.attribute(InstanceAttributes.TYPE);
    Attribute now = attributes.get(InstanceAttributes.TYPE);
    boolean changed = type != null && (now == null || !type.equals(now.value()));
    if (changed || resources.lessThan(before)) {
      throw new ClientException(
          "Container instance type changes are not supported. Container instance "
              + before.id()
              + " was previously registered as "
              + (type == null ? before.cpu() + " CPU, " + before.memory() + " MiB" : type)
              + '.');
    }
  }
}
