package dev.longshore.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passwords for the control plane's own registry, asked for with the credentials of a task's
 * execution role, else the instance's, and kept for half of their life.
 */
public final class RegistryLogin {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryLogin.class);
  private static final Duration KEPT = Duration.ofHours(6);

  private final Transport transport;
  private final LinkConfig config;
  private final InstantSource clock;
  private final String host;

  /** By the id of the keys that asked. */
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(RegistryCredentials credentials, Instant until) {}

  public RegistryLogin(Transport transport, LinkConfig config, InstantSource clock) {
    this.transport = transport;
    this.config = config;
    this.clock = clock;
    this.host = Origin.of(config.endpoint()).authority();
  }

  /**
   * What to log in to a registry with; empty for other registries than the control plane's, and
   * while that cannot be reached: pulling will say so.
   *
   * @param registry host and port
   * @param role the keys of the task's execution role; null asks with the instance's
   * @throws ApiException the control plane refuses
   */
  public Optional<RegistryCredentials> credentials(String registry, @Nullable Credentials role)
      throws ApiException, InterruptedException {
    if (!registry.equals(host)) {
      return Optional.empty();
    }
    LinkConfig asking = role == null ? config : config.as(role);
    Instant now = clock.instant();
    kept.values().removeIf(one -> !now.isBefore(one.until()));
    try {
      String holder = asking.keys().current().accessKeyId();
      Kept known = kept.get(holder);
      if (known != null) {
        return Optional.of(known.credentials());
      }
      Optional<RegistryCredentials> fresh = read(ask(asking));
      fresh.ifPresent(found -> kept.put(holder, new Kept(found, now.plus(KEPT))));
      return fresh;
    } catch (UnreachableException e) {
      LOG.warn("No password for the registry {}: {}", registry, e.getMessage());
      return Optional.empty();
    }
  }

  private Json ask(LinkConfig asking)
      throws ApiException, UnreachableException, InterruptedException {
    try (ControlPlane api = ControlPlane.registry(transport, asking, clock)) {
      return api.call("GetAuthorizationToken", Json.fields(), 1, 1);
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
