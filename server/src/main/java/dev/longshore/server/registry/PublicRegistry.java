package dev.longshore.server.registry;

import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Caller;
import dev.longshore.server.http.Response;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.time.Duration;

/**
 * What sets the public registry apart. Docker sends nobody's password where it is asked for one in
 * the Basic way, and asks for a token, as nobody if need be, in the Bearer way; so the public
 * registry answers to a name of its own: {@code localhost} where the private one is at 127.0.0.1.
 */
final class PublicRegistry {
  private static final String NAME = "localhost";
  private static final String SERVICE = "ecr-public";

  /** How long a token for Bearer is good; clients ask for another one then. */
  private static final Duration LIFE = Duration.ofHours(1);

  private PublicRegistry() {}

  /** Whether a request came by the public registry's name. */
  static boolean isHost(String host) {
    return host.equals(NAME) || host.startsWith(NAME + ':');
  }

  /** The public registry's host and port, if the private one's is that. */
  static String host(String address) {
    int colon = address.lastIndexOf(':');
    boolean loopback = address.startsWith("127.0.0.1:");
    return loopback ? NAME + address.substring(colon) : address;
  }

  static String challenge(String origin) {
    return "Bearer realm=\"" + origin + "/v2/_token\",service=\"" + SERVICE + '"';
  }

  /** A token for whoever asks, which says who they are as their password does. */
  static Response token(Registry registry, Caller caller) {
    String token = registry.tokens().password(caller, registry.now().plus(LIFE));
    Json body =
        Json.fields().with("token", Json.of(token)).with("expires_in", Json.of(LIFE.toSeconds()));
    return Response.of(200, "application/json", JsonText.bytes(body));
  }

  /** The name under which a public repository stands here. */
  static String stored(String name) {
    return PublicRepository.PREFIX + name;
  }

  /** The name that a public repository has in its own API. */
  static String shown(String stored) {
    return stored.startsWith(PublicRepository.PREFIX)
        ? stored.substring(PublicRepository.PREFIX.length())
        : stored;
  }
}
