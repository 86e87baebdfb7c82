/**
 * For: showing what rules match and whom groups choose.
 *
 * <p>Holds: examples, and counts over many choices.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own.
 */
@NullMarked
package dev.longshore.gateway.route;

import org.jspecify.annotations.NullMarked;
