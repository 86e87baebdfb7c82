package dev.longshore.core.service;

import dev.longshore.core.balancing.AddressPool;
import dev.longshore.core.balancing.BalancingRoom;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.NetworkBinding;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.CreateListenerOutput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerOutput;
import dev.longshore.shapes.elbv2.CreateTargetGroupInput;
import dev.longshore.shapes.elbv2.CreateTargetGroupOutput;
import dev.longshore.shapes.elbv2.Elbv2;
import dev.longshore.shapes.elbv2.ModifyTargetGroupAttributesInput;
import dev.longshore.shapes.elbv2.TargetGroupAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A quay behind a load balancer: it plays the agents and what looks at targets. */
final class Lock {
  static final int PORT = 8080;

  private final Operations balancing = new Operations(Elbv2.MODEL);
  final Quay quay;
  final String balancerArn;
  final String groupArn;
  final String listenerArn;
  private int nextPort = 32_768;

  Lock() {
    BalancingRoom.register(balancing, AddressPool.USUAL);
    List<Reconciler> reconcilers = new ArrayList<>();
    reconcilers.add(new RegistrationReconciler());
    reconcilers.add(
        new ServiceReconciler(
            ServiceSettings.USUAL.withSettling(Duration.ZERO), new WeightedTraffic()));
    reconcilers.addAll(balancing.reconcilers());
    quay = new Quay(new WeightedTraffic(), reconcilers.toArray(Reconciler[]::new));
    quay.instance("a1", "a");
    CreateLoadBalancerOutput made =
        (CreateLoadBalancerOutput)
            call(
                "CreateLoadBalancer",
                CreateLoadBalancerInput.builder()
                    .name("web")
                    .subnets(List.of("subnet-a", "subnet-b"))
                    .build());
    balancerArn =
        Objects.requireNonNull(
            Objects.requireNonNull(made.loadBalancers()).getFirst().loadBalancerArn());
    groupArn = group("web", "instance");
    listenerArn = listener(80, groupArn);
  }

  Shape call(String action, Shape request) {
    Operations.Operation operation = balancing.named(action).orElseThrow();
    return operation instanceof Operations.Deciding deciding
        ? quay.harbour.call(deciding.command(), request)
        : quay.harbour.ask(((Operations.Answering) operation).query(), request);
  }

  String group(String name, String targetType) {
    CreateTargetGroupOutput made =
        (CreateTargetGroupOutput)
            call(
                "CreateTargetGroup",
                CreateTargetGroupInput.builder()
                    .name(name)
                    .protocol("HTTP")
                    .port(80)
                    .vpcId("vpc-1")
                    .targetType(targetType)
                    .build());
    return Objects.requireNonNull(
        Objects.requireNonNull(made.targetGroups()).getFirst().targetGroupArn());
  }

  String listener(int port, String group) {
    CreateListenerOutput made =
        (CreateListenerOutput)
            call(
                "CreateListener",
                CreateListenerInput.builder()
                    .loadBalancerArn(balancerArn)
                    .protocol("HTTP")
                    .port(port)
                    .defaultActions(
                        List.of(Action.builder().type("forward").targetGroupArn(group).build()))
                    .build());
    return Objects.requireNonNull(
        Objects.requireNonNull(made.listeners()).getFirst().listenerArn());
  }

  void delay(int seconds) {
    call(
        "ModifyTargetGroupAttributes",
        new ModifyTargetGroupAttributesInput(
            groupArn,
            List.of(
                new TargetGroupAttribute(
                    "deregistration_delay.timeout_seconds", Integer.toString(seconds)))));
  }

  /** The data plane says that it follows the load balancer. */
  void follow() {
    quay.harbour.call(
        new ReportListeners(), new ReportListeners.Report(List.of(balancerArn), List.of()));
  }

  /** Registers a definition whose container listens. */
  String definition(String family) {
    return quay.definition(
        family,
        container ->
            container.portMappings(
                List.of(PortMapping.builder().containerPort(PORT).hostPort(0).build())));
  }

  String definition(String family, String networkMode) {
    return quay.networkDefinition(
        family,
        networkMode,
        container ->
            container.portMappings(List.of(PortMapping.builder().containerPort(PORT).build())));
  }

  LoadBalancer.Builder balancer() {
    return LoadBalancer.builder().targetGroupArn(groupArn).containerName("app").containerPort(PORT);
  }

  CreateServiceRequest.Builder request(String definition, int desired) {
    return Quay.request("web", definition, desired).loadBalancers(List.of(balancer().build()));
  }

  /** The agents start every pending task, each on a port of its own. */
  void runAll() {
    for (Task task : quay.live()) {
      if (task.isWanted() && task.lastStatus() == TaskStatus.PENDING) {
        int port = nextPort++;
        List<TaskContainer> containers =
            task.containers().stream()
                .map(each ->
                    each.reported(
                        "RUNNING",
                        "c-" + port,
                        null,
                        null,
                        null,
                        List.of(new NetworkBinding("0.0.0.0", PORT, port, "tcp", null, null))))
                .toList();
        Task running =
            task.edit()
                .containers(containers)
                .lastStatus(TaskStatus.RUNNING)
                .timeline(task.timeline().withStartedAt(quay.harbour.now()))
                .build();
        quay.harbour.edit(draft -> draft.put(Task.KIND, running));
      }
    }
  }

  /** The agents stop what they are told to stop. */
  void stopAll() {
    for (Task task : quay.live()) {
      if (task.mustStop()) {
        quay.stop(task);
      }
    }
  }

  /** All targets, draining ones included. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    quay.harbour.state().all(Target.KIND).forEach(targets::add);
    return targets;
  }

  void found(Target target, String state, String reason, String description) {
    quay.harbour.call(
        new ReportTargetHealth(),
        new ReportTargetHealth.Report(
            List.of(
                new ReportTargetHealth.Found(
                    target.targetGroupArn(),
                    target.id(),
                    target.port(),
                    state,
                    reason,
                    description))));
  }

  /** Whatever is registered and not draining is found healthy. */
  void allHealthy() {
    for (Target target : targets()) {
      if (!target.isDraining()) {
        found(target, Target.HEALTHY, "", "");
      }
    }
  }

  /** Whatever is registered and not draining is found healthy, but for that one. */
  void healthyBut(Target sick) {
    for (Target target : targets()) {
      if (!target.isDraining() && !target.key().equals(sick.key())) {
        found(target, Target.HEALTHY, "", "");
      }
    }
  }

  void unhealthy(Target target) {
    found(
        target,
        Target.UNHEALTHY,
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [404]");
  }

  /** Tasks start, are found healthy, drain and stop until nothing is left to do. */
  void settle() {
    for (int round = 0; round < 100; round++) {
      List<Task> before = quay.live();
      runAll();
      allHealthy();
      stopAll();
      if (before.equals(quay.live())) {
        return;
      }
    }
    throw new AssertionError("The service never comes to rest.");
  }
}
