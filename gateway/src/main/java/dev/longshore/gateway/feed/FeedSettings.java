package dev.longshore.gateway.feed;

import dev.longshore.wire.signature.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Whom a gateway follows, and as whom.
 *
 * @param endpoint the control plane's address, {@code http://HOST:PORT} or {@code https://…}
 * @param tls what the control plane's certificate is held against; null for Java's authorities
 * @param credentials of somebody with the right {@code longshore:FollowRoutes}
 * @param gateway its name among all gateways of that control plane
 * @param lastRoutes the file in which the last routes are kept
 * @param address where all listeners listen instead of at their load balancers' own addresses; null
 *     for there
 * @param beat how often it shows that it is alive; three beats without an answer end a connection
 */
public record FeedSettings(
    URI endpoint,
    @Nullable SSLContext tls,
    Credentials credentials,
    String region,
    String gateway,
    Path lastRoutes,
    @Nullable String address,
    Duration beat) {
  /** A beat every five seconds. */
  public static final Duration USUAL_BEAT = Duration.ofSeconds(5);

  /** The path at which control planes serve feeds. */
  public static final String PATH = "/gateway/ws";

  /** The service for which the opening of a feed is signed. */
  public static final String SERVICE = "longshore";
}
