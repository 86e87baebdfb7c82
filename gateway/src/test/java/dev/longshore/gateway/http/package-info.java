/**
 * For: tests of the room of the same name.
 *
 * <p>Holds: what the reading of whole messages is held to.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests'.
 */
@NullMarked
package dev.longshore.gateway.http;

import org.jspecify.annotations.NullMarked;
