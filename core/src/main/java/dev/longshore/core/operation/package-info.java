/**
 * For: the kinds of thing that read or edit the control plane, and what they are handed.
 *
 * <p>Holds: Command, Query, Reconciler, Context and the ids and callers a Context carries; the
 * registry of a service's actions and of what its callers need to be allowed; paging and ARNs,
 * which all rooms share.
 *
 * <p>Doors: all of it; every room implements these.
 *
 * <p>Threads: commands and reconcilers run on the engine's thread, queries on any.
 */
@NullMarked
package dev.longshore.core.operation;

import org.jspecify.annotations.NullMarked;
