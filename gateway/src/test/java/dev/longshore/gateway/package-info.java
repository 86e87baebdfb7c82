/**
 * For: showing that a gateway carries what it is given, and survives what it is sent.
 *
 * <p>Holds: tests of the whole gateway over loopback, and the small targets they need.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own and the gateways'.
 */
@NullMarked
package dev.longshore.gateway;

import org.jspecify.annotations.NullMarked;
