/**
 * For: parameters, their versions and labels, and the actions of the Parameter Store on them.
 *
 * <p>Holds: names and paths, what may be put, selectors, filters. Of Systems Manager's other
 * actions there is nothing.
 *
 * <p>Doors: {@link dev.longshore.core.parameter.ParameterRoom} registers the actions.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 * Values are sealed and opened where they are used and stand in no row in the plain.
 */
@NullMarked
package dev.longshore.core.parameter;

import org.jspecify.annotations.NullMarked;
