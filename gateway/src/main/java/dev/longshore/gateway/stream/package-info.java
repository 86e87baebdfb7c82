/**
 * For: carrying connections and datagrams to targets without looking into them.
 *
 * <p>Holds: the relay that joins two connections and is a WebSocket's tunnel, TCP and TLS
 * listeners, UDP flows, proxy protocol.
 *
 * <p>Doors: StreamTraffic, DatagramTraffic, Relay.
 *
 * <p>Threads: event loops alone. Both connections of a relay are on the same loop.
 */
@NullMarked
package dev.longshore.gateway.stream;

import org.jspecify.annotations.NullMarked;
