/**
 * For: who did what, on what, and whether they were allowed to, for whoever looks back.
 *
 * <p>Holds: the lines of the audit log, and the files that they go to and that take turns.
 *
 * <p>Doors: AuditFiles.
 *
 * <p>Threads: lines are handed over on any thread and written on one of its own.
 */
@NullMarked
package dev.longshore.server.audit;

import org.jspecify.annotations.NullMarked;
