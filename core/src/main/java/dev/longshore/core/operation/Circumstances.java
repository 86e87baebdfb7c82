package dev.longshore.core.operation;

import java.time.Instant;

/**
 * What policies may ask of any call, whatever it is about.
 *
 * @param now when it came
 * @param sourceIp the address it came from, as text; empty where that is unknown
 * @param userAgent what the client says it is; empty where it says nothing
 * @param secure whether it came over TLS
 */
public record Circumstances(Instant now, String sourceIp, String userAgent, boolean secure) {
  /** Of something that the control plane asks by itself. */
  public static Circumstances within(Instant now) {
    return new Circumstances(now, "", "", true);
  }
}
