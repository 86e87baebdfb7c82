/**
 * For: the rows of the control plane's tables.
 *
 * <p>Holds: one record per noun of ECS, each declaring its table, indexes and totals; the list of
 * all tables.
 *
 * <p>Doors: all of it. What a user specified stands in a row as the API's own shape; what we found
 * out stands in typed fields.
 *
 * <p>Threads: immutable values, any thread.
 */
@NullMarked
package dev.longshore.core.model;

import org.jspecify.annotations.NullMarked;
