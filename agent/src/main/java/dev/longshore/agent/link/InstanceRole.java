package dev.longshore.agent.link;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the control plane for keys of the instance's role. The question is signed with the keys that
 * the agent was set up with, which it needs for nothing else.
 */
public final class InstanceRole {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceRole.class);
  private static final String TARGET = "Longshore_20261101.";
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);
  private static final int TRIES = 3;

  private final Transport transport;
  private final LinkConfig config;
  private final InstantSource clock;
  private final Json.Fields request;
  private final RandomGenerator random;
  private final Nudge pause = new Nudge();

  /**
   * @param config with the keys that the agent was set up with
   * @param profile the instance profile that hands out the role
   * @param instanceName names the sessions
   */
  public InstanceRole(
      Transport transport,
      LinkConfig config,
      InstantSource clock,
      String profile,
      String instanceName,
      RandomGenerator random) {
    this.transport = transport;
    this.config = config;
    this.clock = clock;
    this.random = random;
    request =
        Json.fields()
            .with("instanceProfileName", Json.of(profile))
            .with("instanceName", Json.of(instanceName));
  }

  /**
   * New keys; waits while the control plane is busy or not there.
   *
   * @throws ApiException it refuses
   */
  public Credentials fresh() throws ApiException, InterruptedException {
    Backoff backoff = new Backoff(FIRST_WAIT, MOST_WAIT, 2, 0.2, random);
    while (true) {
      try (ControlPlane api = ControlPlane.service(transport, config, clock, "longshore", TARGET)) {
        return keys(api.call("GetInstanceCredentials", request, 1, TRIES));
      } catch (ApiException e) {
        if (!e.isTransient()) {
          throw e;
        }
        LOG.warn("no keys of the instance's role yet: {}", e.getMessage());
      } catch (UnreachableException e) {
        LOG.warn("no keys of the instance's role yet: {}", e.getMessage());
      }
      var _ = pause.await(backoff.next());
    }
  }

  private static Credentials keys(Json answer) throws UnreachableException {
    String expiration = answer.at("expiration").text();
    try {
      return new Credentials(
          answer.at("accessKeyId").text(),
          answer.at("secretAccessKey").text(),
          answer.at("sessionToken").text(),
          Instant.parse(expiration));
    } catch (DateTimeParseException e) {
      throw new UnreachableException("keys end at no time: " + expiration, e);
    }
  }
}
