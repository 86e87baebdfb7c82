/**
 * For: holding the server to the agent protocol, by a client that plays the official agent.
 *
 * <p>Holds: the scripted agent, with signatures, frames and texts of its own; sessions of both
 * kinds, reports, roles' credentials. Nothing of what is tested words an expectation.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own and those of the control planes they start.
 */
@NullMarked
package dev.longshore.server.fleet;

import org.jspecify.annotations.NullMarked;
