package dev.longshore.bench.balancer;

import dev.longshore.core.balancing.AddressPool;
import dev.longshore.core.balancing.CreateListener;
import dev.longshore.core.balancing.CreateLoadBalancer;
import dev.longshore.core.balancing.CreateTargetGroup;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.CreateTargetGroupInput;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A control plane in this process, its log on disk, with a listener in front of two groups. What it
 * is told goes to its engine, not through HTTP, so that the moment of a decision can be noted.
 */
final class SwitchedTraffic implements AutoCloseable {
  private static final Caller ROOT = Caller.root(ControlPlane.ACCOUNT);

  private final Path directory = Files.createTempDirectory("longshore-switch");
  private final ControlPlane plane;
  private final @Nullable Process gateway;
  private final List<String> groups;
  private final String listener;
  private final InetSocketAddress address;

  /**
   * What became of a command, by {@link System#nanoTime}.
   *
   * @param called when it was handed to the engine
   * @param decided when its turn came to it
   * @param durable when it was kept and the data plane told
   */
  record Times(long called, long decided, long durable) {}

  /** Notes when it is decided. */
  private static final class Noted<I, O> implements Command<I, O> {
    private final Command<I, O> command;
    private volatile long decided;

    private Noted(Command<I, O> command) {
      this.command = command;
    }

    @Override
    public O decide(Draft draft, I request, Context context) {
      decided = System.nanoTime();
      return command.decide(draft, request, context);
    }
  }

  /**
   * Begins, with all traffic going to the first group.
   *
   * @param fed whether a gateway in a process of its own carries the traffic, not this process
   */
  SwitchedTraffic(boolean fed) throws IOException {
    plane =
        ControlPlane.start(
            ControlPlaneSettings.local(directory.resolve("plane"), 0).withTraffic(!fed),
            Throwable::printStackTrace);
    gateway = fed ? follow(directory.resolve("gateway")) : null;
    String balancer = balancer();
    groups = List.of(group("blue"), group("green"));
    int port = Contender.freePort();
    listener = listener(balancer, port);
    State followed =
        plane
            .when(state -> {
              LoadBalancer row = state.find(LoadBalancer.KIND, balancer);
              return row != null && row.isFollowed();
            })
            .join();
    LoadBalancer row = Objects.requireNonNull(followed.find(LoadBalancer.KIND, balancer));
    address = new InetSocketAddress(row.address(), port);
  }

  private Process follow(Path data) throws IOException {
    Credentials keys = plane.rootKeys();
    ProcessBuilder builder =
        new ProcessBuilder(
                System.getProperty("longshore.launcher", "longshore"),
                "gateway",
                "--endpoint",
                plane.endpoint().toString(),
                "--data-dir",
                data.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
    return builder.start();
  }

  private String balancer() {
    var request =
        CreateLoadBalancerInput.builder()
            .name("bench")
            .subnets(List.of("subnet-a", "subnet-b"))
            .build();
    return arn(
        tell(new CreateLoadBalancer(AddressPool.USUAL), request).loadBalancers(),
        dev.longshore.shapes.elbv2.LoadBalancer::loadBalancerArn);
  }

  private String group(String name) {
    var request =
        CreateTargetGroupInput.builder()
            .name(name)
            .protocol("HTTP")
            .port(80)
            .vpcId("vpc-1")
            .targetType("ip")
            .healthCheckPath("/health")
            .build();
    return arn(
        tell(new CreateTargetGroup(), request).targetGroups(),
        dev.longshore.shapes.elbv2.TargetGroup::targetGroupArn);
  }

  private String listener(String balancer, int port) {
    var request =
        CreateListenerInput.builder()
            .loadBalancerArn(balancer)
            .protocol("HTTP")
            .port(port)
            .defaultActions(forward(0))
            .build();
    return arn(
        tell(new CreateListener(), request).listeners(),
        dev.longshore.shapes.elbv2.Listener::listenerArn);
  }

  private static <T> String arn(
      @Nullable List<T> made, java.util.function.Function<T, @Nullable String> arn) {
    return Objects.requireNonNull(arn.apply(Objects.requireNonNull(made).getFirst()));
  }

  /** Sends everything to one of the two groups. */
  List<Action> forward(int group) {
    List<TargetGroupTuple> weights =
        List.of(
            new TargetGroupTuple(groups.get(0), group == 0 ? 1 : 0),
            new TargetGroupTuple(groups.get(1), group == 0 ? 0 : 1));
    return List.of(
        Action.builder()
            .type("forward")
            .forwardConfig(new ForwardActionConfig(weights, null))
            .build());
  }

  String group(int index) {
    return groups.get(index);
  }

  String listener() {
    return listener;
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return address;
  }

  /** Waits until so many targets are healthy. */
  void awaitHealthy(int count) {
    plane
        .when(state -> {
          int healthy = 0;
          for (Target each : state.all(Target.KIND)) {
            healthy += each.health().equals(Target.HEALTHY) ? 1 : 0;
          }
          return healthy == count;
        })
        .join();
  }

  /** Has the engine decide, and waits until that is durable. */
  <I, O> O tell(Command<I, O> command, I request) {
    return plane.engine().submit(command, request, ROOT).join();
  }

  /** The same, noting when that is. */
  <I, O> Times time(Command<I, O> command, I request) {
    Noted<I, O> noted = new Noted<>(command);
    long called = System.nanoTime();
    long durable =
        plane.engine().submit(noted, request, ROOT).thenApply(_ -> System.nanoTime()).join();
    return new Times(called, noted.decided, durable);
  }

  @Override
  public void close() throws IOException {
    if (gateway != null) {
      gateway.destroy();
      gateway.onExit().join();
    }
    plane.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(file);
      }
    }
  }
}
