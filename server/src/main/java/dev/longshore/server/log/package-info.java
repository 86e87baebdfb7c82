/**
 * For: keeping what the control plane decided, in order, on disk and on a quorum of nodes.
 *
 * <p>Holds: the log's two kinds, one on Apache Ratis and one in memory; entries are opaque bytes.
 *
 * <p>Doors: Log, Replica, NotLeaderException, RaftLog, RaftLogConfig, MemoryLog.
 *
 * <p>Threads: one caller appends; the log calls its Replica and completes appends one at a time.
 */
@NullMarked
package dev.longshore.server.log;

import org.jspecify.annotations.NullMarked;
