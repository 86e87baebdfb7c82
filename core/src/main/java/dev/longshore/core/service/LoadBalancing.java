package dev.longshore.core.service;

import dev.longshore.core.balancing.RuleWeights;
import dev.longshore.core.balancing.TaskTargets;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.AdvancedConfiguration;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.ResolvedConfiguration;
import dev.longshore.shapes.ecs.ServiceRevisionLoadBalancer;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What services say of load balancers: checked, and brought down to one target group each. */
final class LoadBalancing {
  private static final int MOST = 5;

  private LoadBalancing() {}

  /**
   * Checks what a service asks for.
   *
   * @throws InvalidParameterException tasks of that definition cannot be targets there
   */
  static void check(View view, @Nullable List<LoadBalancer> asked, TaskDefinition definition) {
    List<LoadBalancer> balancers = Given.list(asked);
    demand(balancers.size() <= MOST, "A service can have at most " + MOST + " target groups.");
    for (LoadBalancer each : balancers) {
      if (each.loadBalancerName() != null) {
        throw new UnsupportedFeatureException("Classic Load Balancers are not supported yet.");
      }
      demand(each.targetGroupArn() != null, "targetGroupArn must be specified.");
      checkContainer(each, definition);
      checkGroup(view, Given.text(each.targetGroupArn()), definition);
      AdvancedConfiguration advanced = each.advancedConfiguration();
      if (advanced != null) {
        checkGroupExists(view, Given.text(advanced.alternateTargetGroupArn()), definition);
        checkRule(view, Given.text(advanced.productionListenerRule()));
        if (advanced.testListenerRule() != null) {
          checkRule(view, advanced.testListenerRule());
        }
      }
    }
  }

  private static void checkContainer(LoadBalancer each, TaskDefinition definition) {
    String name = each.containerName();
    ContainerDefinition container = container(definition, Given.text(name));
    if (container == null) {
      throw new InvalidParameterException(
          "The container " + name + " does not exist in the task definition.");
    }
    boolean mapped = false;
    for (PortMapping mapping : Given.list(container.portMappings())) {
      mapped |= Objects.equals(mapping.containerPort(), each.containerPort());
    }
    demand(
        mapped && each.containerPort() != null,
        "The container "
            + name
            + " did not have a container port "
            + each.containerPort()
            + " defined.");
  }

  private static @Nullable ContainerDefinition container(TaskDefinition definition, String name) {
    for (ContainerDefinition each : Given.list(definition.definition().containerDefinitions())) {
      if (name.equals(each.name())) {
        return each;
      }
    }
    return null;
  }

  private static void checkGroup(View view, String arn, TaskDefinition definition) {
    checkGroupExists(view, arn, definition);
    demand(
        TaskTargets.isBalanced(view, arn),
        "The target group with targetGroupArn "
            + arn
            + " does not have an associated load balancer.");
  }

  private static void checkGroupExists(View view, String arn, TaskDefinition definition) {
    TargetGroup group = view.find(TargetGroup.KIND, arn);
    if (group == null) {
      throw new InvalidParameterException("The target group " + arn + " does not exist.");
    }
    String mode = Objects.requireNonNullElse(definition.definition().networkMode(), "bridge");
    String type = Given.text(group.specification().targetType());
    boolean fits = type.equals(mode.equals("awsvpc") ? TargetGroup.IP : TargetGroup.INSTANCE);
    demand(
        fits && !mode.equals("none"),
        "The provided target group "
            + arn
            + " has target type "
            + type
            + ", which is incompatible with the "
            + mode
            + " network mode specified in the task definition.");
  }

  private static void checkRule(View view, String arn) {
    demand(RuleWeights.exists(view, arn), "The listener rule " + arn + " does not exist.");
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidParameterException(otherwise);
    }
  }

  /**
   * The target groups that the tasks of a new revision are registered with, in the order of its
   * load balancers. Where traffic is shifted, they are those that the tasks with the traffic are
   * not in.
   */
  static @Nullable ResolvedConfiguration resolved(
      View view, Service service, dev.longshore.shapes.ecs.ServiceRevision content) {
    List<LoadBalancer> balancers = Given.list(content.loadBalancers());
    if (balancers.isEmpty()) {
      return null;
    }
    boolean shifts = Strategy.shiftsTraffic(service.specification().deploymentConfiguration());
    List<String> taken = shifts ? groups(carrying(view, service)) : List.of();
    List<ServiceRevisionLoadBalancer> resolved = new ArrayList<>();
    for (int at = 0; at < balancers.size(); at++) {
      LoadBalancer each = balancers.get(at);
      AdvancedConfiguration advanced = each.advancedConfiguration();
      boolean taking = at < taken.size() && taken.get(at).equals(each.targetGroupArn());
      resolved.add(
          ServiceRevisionLoadBalancer.builder()
              .targetGroupArn(
                  taking && advanced != null
                      ? advanced.alternateTargetGroupArn()
                      : each.targetGroupArn())
              .productionListenerRule(advanced == null ? null : advanced.productionListenerRule())
              .build());
    }
    return ResolvedConfiguration.builder().loadBalancers(List.copyOf(resolved)).build();
  }

  /** The revision that has the traffic: the last one that was completed, if any. */
  private static @Nullable ServiceRevision carrying(View view, Service service) {
    for (Deployment deployment : service.older()) {
      if (deployment.isCompleted()) {
        return Revisions.find(view, service, deployment);
      }
    }
    List<Deployment> older = service.older();
    return older.isEmpty() ? null : Revisions.find(view, service, older.getFirst());
  }

  /**
   * A place where a task is to be registered.
   *
   * @param groupArn the target group of the load balancer that the task is in
   */
  record Membership(LoadBalancer balancer, String groupArn) {}

  /** Where a service's task is to be registered, by what it was started for. */
  static List<Membership> of(View view, Task task) {
    String serviceArn = Given.text(task.serviceArn());
    String starter = Given.text(task.deploymentId());
    ServiceRevision revision =
        view.find(ServiceRevision.KIND, ServiceRevision.arnOf(serviceArn, starter));
    if (revision != null) {
      return joined(Given.list(revision.shape().loadBalancers()), groups(revision));
    }
    TaskSet taskSet = view.find(TaskSet.KIND, TaskSet.arnOf(serviceArn, starter));
    List<LoadBalancer> balancers =
        taskSet == null ? List.of() : Given.list(taskSet.specification().loadBalancers());
    return joined(
        balancers, balancers.stream().map(each -> Given.text(each.targetGroupArn())).toList());
  }

  private static List<Membership> joined(List<LoadBalancer> balancers, List<String> groups) {
    List<Membership> memberships = new ArrayList<>();
    for (int at = 0; at < groups.size(); at++) {
      memberships.add(new Membership(balancers.get(at), groups.get(at)));
    }
    return memberships;
  }

  /** The target groups of a revision's tasks, in the order of its load balancers. */
  static List<String> groups(@Nullable ServiceRevision revision) {
    ResolvedConfiguration resolved =
        revision == null ? null : revision.shape().resolvedConfiguration();
    List<String> groups = new ArrayList<>();
    if (resolved != null) {
      for (ServiceRevisionLoadBalancer each : Given.list(resolved.loadBalancers())) {
        groups.add(Given.text(each.targetGroupArn()));
      }
    }
    return groups;
  }
}
