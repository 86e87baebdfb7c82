/**
 * For: asking functions whether deployments may go on, and having them rotate secrets.
 *
 * <p>Holds: the watcher that calls what is due, the client of an endpoint that runs functions as
 * Lambda does, the rights that they are called with.
 *
 * <p>Doors: {@link dev.longshore.server.function.Functions}.
 *
 * <p>Threads: the log's shows commits; one thread of its own looks what is due, and each call has
 * another.
 */
@NullMarked
package dev.longshore.server.function;

import org.jspecify.annotations.NullMarked;
