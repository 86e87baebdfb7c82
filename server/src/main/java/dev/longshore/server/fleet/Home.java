package dev.longshore.server.fleet;

import dev.longshore.core.operation.Place;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What payloads say about the control plane itself.
 *
 * @param address where agents find it: its registry stands at the same host and port
 */
public record Home(Place place, Supplier<String> address) {
  /** Whether an image is the control plane's own registry's. */
  boolean keeps(String image) {
    return image.startsWith(URI.create(address.get()).getAuthority() + '/');
  }
}
