package dev.longshore.agent.link;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the sessions connect to: asked for once in twelve hours, an old answer beats none. */
public final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
  private static final Duration FRESH = Duration.ofHours(12);

  private final ControlPlane controlPlane;
  private final LinkConfig config;
  private final String containerInstanceArn;
  private final InstantSource clock;
  private volatile @Nullable Answer last;

  public Endpoints(
      ControlPlane controlPlane,
      LinkConfig config,
      String containerInstanceArn,
      InstantSource clock) {
    this.controlPlane = controlPlane;
    this.config = config;
    this.containerInstanceArn = containerInstanceArn;
    this.clock = clock;
  }

  /**
   * @param endpoint where ACS listens, empty if the control plane did not say
   * @param telemetryEndpoint where TCS listens, empty if the control plane did not say
   */
  record Answer(String endpoint, String telemetryEndpoint, Instant at) {}

  /** What the control plane said last, or says now if that was long ago. */
  Answer discover() throws ApiException, UnreachableException, InterruptedException {
    Answer known = last;
    if (known != null && clock.instant().isBefore(known.at().plus(FRESH))) {
      return known;
    }
    try {
      Json.Fields answer =
          controlPlane.call(
              "DiscoverPollEndpoint",
              Json.fields()
                  .with("cluster", Json.of(config.effectiveCluster()))
                  .with("containerInstance", Json.of(containerInstanceArn))
                  .with("zoneId", Json.of("")),
              1,
              3);
      Answer fresh =
          new Answer(
              answer.at("endpoint").text(), answer.at("telemetryEndpoint").text(), clock.instant());
      if (!fresh.endpoint().isEmpty()) {
        // What says nothing is not kept, or the agent would have to live with it for hours.
        last = fresh;
      }
      return fresh;
    } catch (ApiException | UnreachableException e) {
      if (known != null) {
        LOG.warn("discovery failed, using what was known: {}", e.getMessage());
        return known;
      }
      throw e;
    }
  }
}
