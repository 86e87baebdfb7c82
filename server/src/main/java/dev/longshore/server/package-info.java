/**
 * For: putting one control plane together, in one readable place.
 *
 * <p>Holds: the wiring, the root key pair, the data directory.
 *
 * <p>Doors: {@link dev.longshore.server.ControlPlane}, {@link dev.longshore.server.Works}, {@link
 * dev.longshore.server.RootKeys}.
 *
 * <p>Threads: the one that starts and stops the process.
 */
@NullMarked
package dev.longshore.server;

import org.jspecify.annotations.NullMarked;
