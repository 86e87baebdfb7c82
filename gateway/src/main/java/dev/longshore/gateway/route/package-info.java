/**
 * For: deciding where a request or a flow goes, from one immutable value.
 *
 * <p>Holds: Routes and what it is made of, its JSON, the compiled Table, rules' matching, the
 * choice of targets. No I/O, no clock, no threads of its own.
 *
 * <p>Doors: Routes and its parts, RoutesJson; for the gateway's own rooms Table, Group, Member.
 *
 * <p>Threads: records any; a Table is built by the gateway's control thread and read by event
 * loops, which count in Members at once.
 */
@NullMarked
package dev.longshore.gateway.route;

import org.jspecify.annotations.NullMarked;
