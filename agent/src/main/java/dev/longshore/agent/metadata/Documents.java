package dev.longshore.agent.metadata;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.ContainerView;
import dev.longshore.agent.task.HealthStatus;
import dev.longshore.agent.task.NetworkBinding;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of tasks and containers, in the shapes of version 4 and of versions 2 and 3, which are
 * the same but for fewer members. Members without a value are left out.
 */
final class Documents {
  /** The least CPU units a container shows: the kernel takes no smaller weight. */
  private static final int LEAST_CPU = 2;

  /** RFC 3339 with as many digits of the fraction as there are. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

  private static final String AWSVPC = "awsvpc";

  /** How much a version shows. */
  enum Shape {
    V2,
    V4
  }

  private Documents() {}

  /** A task with those of its containers that the engine knows. */
  static Json.Fields task(TaskRow task, InstanceFacts instance, Shape shape) {
    var v4 = shape == Shape.V4;
    var spec = task.spec();
    var document =
        new Members()
            .put("Cluster", Json.of(instance.cluster()))
            .put("TaskARN", Json.of(task.arn()))
            .put("Family", Json.of(spec.family()))
            .put("Revision", Json.of(spec.version()))
            .put("DesiredStatus", Json.of(task.desired().name()))
            .put("KnownStatus", Json.of(task.known().name()))
            .put("Limits", limits(task))
            .put("PullStartedAt", time(task.pullStartedAt()))
            .put("PullStoppedAt", time(task.pullStoppedAt()))
            .put("ExecutionStoppedAt", time(task.executionStoppedAt()))
            .put("AvailabilityZone", Json.of(instance.availabilityZone()));
    if (v4) {
      var own = spec.launchType();
      document.put("LaunchType", Json.of(own == null ? instance.launchType() : own));
    }
    document.put("Containers", containers(task, shape));
    if (v4) {
      document
          .put("VPCID", Json.of(instance.vpcId()))
          .put("ServiceName", Json.of(spec.serviceName()))
          // This agent injects no faults, whatever the task definition allows.
          .put("FaultInjectionEnabled", Json.of(false));
    }
    return document.build();
  }

  private static Json containers(TaskRow task, Shape shape) {
    var known = task.containers().stream().filter(c -> c.dockerId() != null).toList();
    return Json.items(known, container -> container(task, container, shape));
  }

  private static Json limits(TaskRow task) {
    var spec = task.spec();
    return new Members()
        .put("CPU", spec.cpu() > 0 ? number(spec.cpu()) : Json.none())
        .put("Memory", spec.memory() > 0 ? Json.of(spec.memory()) : Json.none())
        .buildUnlessEmpty();
  }

  static Json.Fields container(TaskRow task, ContainerRow container, Shape shape) {
    var v4 = shape == Shape.V4;
    var spec = container.spec();
    var view = Optional.ofNullable(container.view());
    var document =
        new Members()
            .put("DockerId", Json.of(textOrEmpty(container.dockerId())))
            .put("Name", Json.of(container.name()))
            .put("DockerName", Json.of(container.dockerName()))
            .put("Image", Json.of(spec.image()))
            .put("ImageID", Json.of(view.map(ContainerView::imageId).orElse("")))
            .put("Ports", ports(task, container, shape))
            .put("Labels", filled(view.map(v -> Json.fields(v.labels())).orElse(Json.fields())))
            .put("DesiredStatus", Json.of(container.desired().name()))
            .put("KnownStatus", Json.of(container.known().name()))
            .put("ExitCode", number(container.exitCode()))
            .put("Limits", limits(container))
            .put("CreatedAt", time(view.map(ContainerView::createdAt).orElse(null)))
            .put("StartedAt", time(view.map(ContainerView::startedAt).orElse(null)))
            .put("FinishedAt", time(finishedAt(view)))
            .put("Type", Json.of("NORMAL"))
            .put("Health", spec.healthChecked() ? health(container) : Json.none())
            .put(
                "Volumes",
                filled(
                    Json.items(
                        view.map(ContainerView::mounts).orElse(List.of()), Documents::volume)));
    if (v4) {
      document
          .put("LogDriver", Json.of(view.map(ContainerView::logDriver).orElse(null)))
          .put(
              "LogOptions",
              filled(view.map(v -> Json.fields(v.logOptions())).orElse(Json.fields())))
          .put("ContainerARN", Json.of(spec.containerArn()));
    }
    document.put("Networks", filled(networks(view)));
    var policy = spec.restartPolicy();
    if (v4 && policy != null && policy.enabled()) {
      document.put("RestartCount", Json.of(container.restarts()));
    }
    return document.build();
  }

  private static Json limits(ContainerRow container) {
    return Json.fields()
        .with("CPU", Json.of(Math.max(LEAST_CPU, container.spec().cpu())))
        .with("Memory", Json.of(container.spec().memory()));
  }

  /** The end of a run that is over; not that of the run before a restart. */
  private static @Nullable Instant finishedAt(Optional<ContainerView> view) {
    return view.filter(ContainerView::exited).map(ContainerView::finishedAt).orElse(null);
  }

  private static Json ports(TaskRow task, ContainerRow container, Shape shape) {
    var ports = new ArrayList<Json>();
    if (task.spec().networkMode().equals(AWSVPC)) {
      for (var mapping : container.spec().portMappings()) {
        for (var port = mapping.first(); port <= mapping.last(); port++) {
          ports.add(port(port, mapping.protocol(), port, null));
        }
      }
    } else {
      for (var binding : container.bindings()) {
        addPorts(ports, binding, shape);
      }
    }
    return filled(new Json.Items(ports));
  }

  private static void addPorts(List<Json> ports, NetworkBinding binding, Shape shape) {
    var address = shape == Shape.V4 ? binding.bindIp() : null;
    for (var i = 0; i <= binding.lastContainerPort() - binding.containerPort(); i++) {
      ports.add(
          port(binding.containerPort() + i, binding.protocol(), binding.hostPort() + i, address));
    }
  }

  private static Json port(int port, String protocol, int hostPort, @Nullable String hostIp) {
    return new Members()
        .put("ContainerPort", Json.of(port))
        .put("Protocol", Json.of(protocol))
        .put("HostPort", Json.of(hostPort))
        .put("HostIp", Json.of(hostIp))
        .build();
  }

  private static Json health(ContainerRow container) {
    var check = Optional.ofNullable(container.view()).map(ContainerView::health);
    var status = container.health();
    return new Members()
        .put("status", status == HealthStatus.UNKNOWN ? Json.none() : Json.of(status.name()))
        .put("statusSince", time(container.healthSince()))
        // As in Amazon's agent, a code of zero and an empty output count as absent.
        .put(
            "exitCode",
            number(check.map(ContainerView.Health::exitCode).filter(c -> c != 0).orElse(null)))
        .put(
            "output",
            Json.of(check.map(ContainerView.Health::output).filter(o -> !o.isEmpty()).orElse(null)))
        .build();
  }

  private static Json volume(ContainerView.Mount mount) {
    var name = mount.name();
    return new Members()
        .put("DockerName", name == null || name.isEmpty() ? Json.none() : Json.of(name))
        .put("Source", Json.of(mount.source()))
        .put("Destination", Json.of(mount.destination()))
        .build();
  }

  private static Json networks(Optional<ContainerView> view) {
    return Json.items(
        view.map(ContainerView::networks).orElse(List.of()),
        network ->
            new Members()
                .put("NetworkMode", Json.of(network.mode()))
                // The host's network shows one address, which is empty.
                .put(
                    "IPv4Addresses",
                    Json.items(network.ipv4().isEmpty() ? List.of("") : network.ipv4()))
                .put("IPv6Addresses", filled(Json.items(network.ipv6())))
                .build());
  }

  /** The engine's statistics, to which version 4 adds rates where there is a network. */
  static Json statistics(Statistics statistics, Shape shape) {
    var network = statistics.network();
    if (shape == Shape.V2 || network == null || !(statistics.raw() instanceof Json.Fields raw)) {
      return statistics.raw();
    }
    return raw.with(
        "network_rate_stats",
        Json.fields()
            .with("rx_bytes_per_sec", number(network.rxBytesPerSecond()))
            .with("tx_bytes_per_sec", number(network.txBytesPerSecond())));
  }

  static Json time(@Nullable Instant time) {
    return time == null ? Json.none() : Json.of(TIME.format(time));
  }

  /** A number without digits it does not need: 1, not 1.0. */
  static Json number(double number) {
    var plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return new Json.Numeral(plain);
  }

  private static Json number(@Nullable Integer number) {
    return number == null ? Json.none() : Json.of(number);
  }

  private static String textOrEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Json filled(Json value) {
    return value.members().isEmpty() && value.elements().isEmpty() ? Json.none() : value;
  }
}
