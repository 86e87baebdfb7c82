/**
 * For: finding out which targets can be sent requests.
 *
 * <p>Holds: the checks of each target's group, made by HTTP, HTTPS, TCP or gRPC, and what follows
 * from their results.
 *
 * <p>Doors: Checks.
 *
 * <p>Threads: results are weighed on the gateway's control thread; checks are made on event loops.
 */
@NullMarked
package dev.longshore.gateway.health;

import org.jspecify.annotations.NullMarked;
