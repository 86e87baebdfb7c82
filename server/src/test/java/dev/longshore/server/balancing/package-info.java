/**
 * For: tests of what several gateways come to.
 *
 * <p>Holds: readings of pretended gateways.
 *
 * <p>Doors: none.
 *
 * <p>Threads: each test's own.
 */
@NullMarked
package dev.longshore.server.balancing;

import org.jspecify.annotations.NullMarked;
