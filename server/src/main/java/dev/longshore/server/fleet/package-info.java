/**
 * For: the server's side of the agent protocol: sessions of agents, and what each is to run.
 *
 * <p>Holds: the ACS and TCS sessions, the payload's text, DiscoverPollEndpoint.
 *
 * <p>Doors: {@link dev.longshore.server.fleet.Fleet}, {@link
 * dev.longshore.server.fleet.RunningFleet}.
 *
 * <p>Threads: sessions are called by their event loops, the fleet by the log's thread; what there
 * is to send is worked out on the fleet's own thread.
 */
@NullMarked
package dev.longshore.server.fleet;

import org.jspecify.annotations.NullMarked;
