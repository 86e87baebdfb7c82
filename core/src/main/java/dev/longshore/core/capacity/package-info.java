/**
 * For: capacity providers, which give tasks their places.
 *
 * <p>Holds: the two that are always there, FARGATE and FARGATE_SPOT, and their description.
 *
 * <p>Doors: {@link dev.longshore.core.capacity.CapacityRoom} registers the actions; {@link
 * dev.longshore.core.capacity.CapacityProviders} knows names and ARNs.
 *
 * <p>Threads: queries on any thread; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.capacity;

import org.jspecify.annotations.NullMarked;
