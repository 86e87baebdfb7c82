package dev.longshore.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords for the control plane's own registry, asked for with the instance's credentials and
 * kept for half of their life.
 */
public final class RegistryLogin {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryLogin.class);
  private static final Duration KEPT = Duration.ofHours(6);

  private final Transport transport;
  private final LinkConfig config;
  private final InstantSource clock;
  private final String host;
  private volatile @Nullable Kept kept;

  private record Kept(RegistryCredentials credentials, Instant until) {}

  public RegistryLogin(Transport transport, LinkConfig config, InstantSource clock) {
    this.transport = transport;
    this.config = config;
    this.clock = clock;
    this.host = Origin.of(config.endpoint()).authority();
  }

  /**
   * What to log in to a registry with; empty for other registries than the control plane's, and
   * where it hands out nothing: the registry itself then says what is wrong.
   *
   * @param registry host and port
   */
  public Optional<RegistryCredentials> credentials(String registry) throws InterruptedException {
    if (!registry.equals(host)) {
      return Optional.empty();
    }
    Kept known = kept;
    if (known != null && clock.instant().isBefore(known.until())) {
      return Optional.of(known.credentials());
    }
    try (ControlPlane api = ControlPlane.registry(transport, config, clock)) {
      Json.Fields answer = api.call("GetAuthorizationToken", Json.fields(), 1, 1);
      Optional<RegistryCredentials> fresh = read(answer);
      fresh.ifPresent(found -> kept = new Kept(found, clock.instant().plus(KEPT)));
      return fresh;
    } catch (ApiException | UnreachableException e) {
      LOG.warn("No password for the registry {}: {}", registry, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<RegistryCredentials> read(Json answer) {
    for (Json data : answer.at("authorizationData").elements()) {
      byte[] pair = Base64.getDecoder().decode(data.at("authorizationToken").text());
      String text = new String(pair, UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return Optional.of(
            new RegistryCredentials(text.substring(0, colon), text.substring(colon + 1), host));
      }
    }
    return Optional.empty();
  }
}
