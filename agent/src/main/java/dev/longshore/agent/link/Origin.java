package dev.longshore.agent.link;

import java.net.URI;

/** Scheme, host and port of an HTTP server. */
record Origin(boolean tls, String host, int port) {
  /**
   * @throws IllegalArgumentException for other schemes than http and https
   */
  static Origin of(URI uri) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if ((!tls && !"http".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
      throw new IllegalArgumentException("not an http or https address: " + uri);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    return new Origin(tls, uri.getHost(), port);
  }

  /** The value of the header {@code Host}: the port only where it is not the scheme's own. */
  String authority() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }
}
