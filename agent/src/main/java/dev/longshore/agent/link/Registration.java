package dev.longshore.agent.link;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the instance known to its cluster, or known again under the ARN it has. */
public final class Registration {
  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

  /** An error that a supervisor may answer with another start. */
  public static final int EXIT_RECOVERABLE = 1;

  /** An error that would only come again. */
  public static final int EXIT_TERMINAL = 5;

  private static final String DEFAULT_CLUSTER = "default";
  private static final int QUICK_TRIES = 3;

  private final ControlPlane controlPlane;
  private final LinkConfig config;
  private final Duration firstWait;
  private final RandomGenerator random;
  private final Nudge pause = new Nudge();

  /**
   * @param firstWait between attempts while the control plane is busy, doubling up to 64 times
   */
  public Registration(
      ControlPlane controlPlane, LinkConfig config, Duration firstWait, RandomGenerator random) {
    this.controlPlane = controlPlane;
    this.config = config;
    this.firstWait = firstWait;
    this.random = random;
  }

  /**
   * What the instance is.
   *
   * @param attributes what it can do, values may be empty
   * @param customAttributes the operator's own, sent at the first registration only
   * @param cpu units
   * @param memory MiB
   */
  public record Capacity(
      Map<String, String> attributes,
      Map<String, String> customAttributes,
      Map<String, String> tags,
      int cpu,
      int memory,
      List<Integer> reservedPorts,
      List<Integer> reservedUdpPorts) {}

  /**
   * @param availabilityZone as the control plane sees it, or empty
   */
  public record Registered(String containerInstanceArn, String availabilityZone) {}

  /** The instance cannot be registered. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    RefusedException(int exitCode, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.exitCode = exitCode;
    }

    /** What a process that is nothing but this agent should exit with. */
    public int exitCode() {
      return exitCode;
    }
  }

  /**
   * Registers, waiting for a control plane that is busy or not there yet.
   *
   * @param knownArn the ARN of an earlier registration, or null
   * @throws RefusedException when it will not be registered
   */
  public Registered register(Capacity capacity, @Nullable String knownArn)
      throws RefusedException, InterruptedException {
    Backoff backoff = new Backoff(firstWait, firstWait.multipliedBy(64), 2, 0.2, random);
    boolean clusterMade = false;
    for (int attempt = 1; ; attempt++) {
      try {
        Json.Fields answer =
            controlPlane.call(
                "RegisterContainerInstance",
                request(capacity, knownArn),
                (attempt - 1) % QUICK_TRIES + 1,
                QUICK_TRIES);
        return registered(answer, capacity, knownArn == null);
      } catch (ApiException e) {
        if (!clusterMade && isClusterMissing(e) && config.cluster().isEmpty()) {
          clusterMade = true;
          createCluster();
          continue;
        }
        if (!e.isTransient()) {
          throw refused(e);
        }
        LOG.warn("registration failed, trying again: {}", e.getMessage());
      } catch (UnreachableException e) {
        // No supervisor starts an agent inside another process again, so it waits by itself.
        LOG.warn("control plane not reached, trying again: {}", e.getMessage());
      }
      if (attempt % QUICK_TRIES == 0 || firstWait.compareTo(Duration.ofSeconds(1)) < 0) {
        var _ = pause.await(backoff.next());
      }
    }
  }

  private static RefusedException refused(ApiException e) {
    boolean terminal =
        e.code().equals("ClientException") || e.code().equals("InvalidParameterException");
    return new RefusedException(
        terminal ? EXIT_TERMINAL : EXIT_RECOVERABLE, String.valueOf(e.getMessage()), e);
  }

  private static boolean isClusterMissing(ApiException e) {
    return e.code().equals("ClusterNotFoundException")
        || String.valueOf(e.getMessage()).contains("Cluster not found.");
  }

  private void createCluster() throws RefusedException, InterruptedException {
    try {
      controlPlane.call(
          "CreateCluster",
          Json.fields().with("clusterName", Json.of(DEFAULT_CLUSTER)),
          1,
          QUICK_TRIES);
    } catch (ApiException e) {
      throw refused(e);
    } catch (UnreachableException e) {
      LOG.warn("cluster not created, registration will tell: {}", e.getMessage());
    }
  }

  private Json.Fields request(Capacity capacity, @Nullable String knownArn) {
    List<Json> attributes = new ArrayList<>();
    requested(capacity, knownArn == null)
        .forEach((name, value) -> {
          Json.Fields attribute = Json.fields().with("name", Json.of(name));
          attributes.add(value.isEmpty() ? attribute : attribute.with("value", Json.of(value)));
        });
    Json.Fields request =
        Json.fields()
            .with("attributes", new Json.Items(attributes))
            .with("clientToken", Json.of(UUID.randomUUID().toString()))
            .with("cluster", Json.of(config.effectiveCluster()));
    if (knownArn != null) {
      request = request.with("containerInstanceArn", Json.of(knownArn));
    }
    if (!capacity.tags().isEmpty()) {
      request =
          request.with(
              "tags",
              Json.items(
                  capacity.tags().entrySet(),
                  tag ->
                      Json.fields()
                          .with("key", Json.of(tag.getKey()))
                          .with("value", Json.of(tag.getValue()))));
    }
    return request
        .with("instanceIdentityDocument", Json.of(""))
        .with("instanceIdentityDocumentSignature", Json.of(""))
        .with("totalResources", resources(capacity));
  }

  private static Map<String, String> requested(Capacity capacity, boolean first) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (first) {
      attributes.putAll(capacity.customAttributes());
    }
    attributes.putAll(capacity.attributes());
    return attributes;
  }

  private static Json.Items resources(Capacity capacity) {
    return new Json.Items(
        List.of(
            number("CPU", capacity.cpu()),
            number("MEMORY", capacity.memory()),
            ports("PORTS", capacity.reservedPorts()),
            ports("PORTS_UDP", capacity.reservedUdpPorts())));
  }

  private static Json number(String name, int value) {
    return Json.fields()
        .with("integerValue", Json.of(value))
        .with("name", Json.of(name))
        .with("type", Json.of("INTEGER"));
  }

  private static Json ports(String name, List<Integer> ports) {
    return Json.fields()
        .with("name", Json.of(name))
        .with("stringSetValue", Json.items(ports.stream().map(String::valueOf).toList()))
        .with("type", Json.of("STRINGSET"));
  }

  /** Every attribute must have come back as it was sent; others may stand beside them. */
  private static Registered registered(Json.Fields answer, Capacity capacity, boolean first)
      throws RefusedException {
    Json instance = answer.at("containerInstance");
    Map<String, String> echoed = new LinkedHashMap<>();
    for (Json attribute : instance.at("attributes").elements()) {
      echoed.put(attribute.at("name").text(), attribute.at("value").text());
    }
    for (Map.Entry<String, String> sent : requested(capacity, first).entrySet()) {
      if (!sent.getValue().equals(echoed.get(sent.getKey()))) {
        throw new RefusedException(
            EXIT_TERMINAL, "Attribute validation failed: " + sent.getKey(), null);
      }
    }
    String arn = instance.at("containerInstanceArn").text();
    if (arn.isEmpty()) {
      throw new RefusedException(
          EXIT_RECOVERABLE, "the registration's answer names no container instance", null);
    }
    return new Registered(arn, echoed.getOrDefault("ecs.availability-zone", ""));
  }
}
