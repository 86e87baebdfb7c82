/**
 * For: TLS with clients and with targets.
 *
 * <p>Holds: certificates made ready, the choice among them by server name, connections to targets
 * that are encrypted but not verified, as on AWS.
 *
 * <p>Doors: Incoming, Outgoing, Suites.
 *
 * <p>Threads: certificates are read on the control thread; handshakes are on event loops.
 */
@NullMarked
package dev.longshore.gateway.tls;

import org.jspecify.annotations.NullMarked;
