/**
 * For: the proof that the registry is one: the requirements of the distribution protocol, a test
 * each, asked over loopback.
 *
 * <p>Holds: a whole control plane, and a client that says what it sends to the byte.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own.
 */
@NullMarked
package dev.longshore.server.registry;

import org.jspecify.annotations.NullMarked;
