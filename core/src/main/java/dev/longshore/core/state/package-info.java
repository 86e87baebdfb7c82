/**
 * For: the whole control plane as one immutable value, and edits of it.
 *
 * <p>Holds: persistent sorted trees, tables of rows with their indexes and tallies; the companions
 * that follow a draft.
 *
 * <p>Doors: {@link dev.longshore.core.state.State}, {@link dev.longshore.core.state.Draft}, {@link
 * dev.longshore.core.state.View}, {@link dev.longshore.core.state.Kind}, {@link
 * dev.longshore.core.state.Change}, {@link dev.longshore.core.state.Companion}.
 *
 * <p>Threads: one thread edits a Draft, and its companions with it; any number read a State.
 */
@NullMarked
package dev.longshore.core.state;

import org.jspecify.annotations.NullMarked;
