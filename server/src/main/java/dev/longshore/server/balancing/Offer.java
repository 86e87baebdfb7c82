package dev.longshore.server.balancing;

import dev.longshore.gateway.feed.Parts;
import dev.longshore.gateway.route.Routes;
import org.jspecify.annotations.Nullable;

/** Routes to be followed, and their parts once somebody asks for them. One thread only. */
final class Offer {
  private final Routes routes;
  private Parts before;
  private @Nullable Parts parts;

  /**
   * @param before what was offered last, whose parts are used again; null for nothing
   */
  Offer(Routes routes, @Nullable Offer before) {
    this.routes = routes;
    this.before = before == null ? Parts.none() : before.known();
  }

  Routes routes() {
    return routes;
  }

  long version() {
    return routes.version();
  }

  private Parts known() {
    return parts == null ? before : parts;
  }

  Parts parts() {
    if (parts == null) {
      parts = Parts.of(routes, before);
      before = Parts.none();
    }
    return parts;
  }
}
