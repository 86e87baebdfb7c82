/**
 * For: carrying HTTP requests from clients to targets, and answers back.
 *
 * <p>Holds: the strict decoders, the sessions with clients and targets, the pools of connections,
 * what is added to and taken from headers, the load balancer's own answers.
 *
 * <p>Doors: HttpTraffic, HttpSettings, AccessEntry.
 *
 * <p>Threads: event loops alone. A request stays on the loop of its client's connection, and each
 * loop has its own connections to targets.
 */
@NullMarked
package dev.longshore.gateway.http;

import org.jspecify.annotations.NullMarked;
