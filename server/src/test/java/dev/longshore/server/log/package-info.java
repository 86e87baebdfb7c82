/**
 * For: showing that the log keeps its promises, also when killed.
 *
 * <p>Holds: the contract both kinds of log keep, crashes, groups of three, a measurement.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own and those of the logs they open.
 */
@NullMarked
package dev.longshore.server.log;

import org.jspecify.annotations.NullMarked;
