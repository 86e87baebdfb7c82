package dev.longshore.gateway.route;

/** What a listener, a target group or a health check speaks; the names are the API's. */
public enum Protocol {
  HTTP,
  HTTPS,
  TCP,
  TLS,
  UDP,
  TCP_UDP;

  /** Whether requests are told apart, rather than connections or flows. */
  public boolean isHttp() {
    return this == HTTP || this == HTTPS;
  }

  /** Whether TLS ends here, or begins here on the way to a target. */
  public boolean isSecure() {
    return this == HTTPS || this == TLS;
  }

  public boolean isStream() {
    return this == TCP || this == TLS || this == TCP_UDP;
  }

  public boolean isDatagram() {
    return this == UDP || this == TCP_UDP;
  }
}
