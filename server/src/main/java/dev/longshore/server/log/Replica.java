package dev.longshore.server.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a {@link Log} keeps in step: one node's copy of what all the entries add up to.
 *
 * <p>The log never calls two of these methods at once, nor one of them while it completes an
 * append; the exception is {@link #save}, which runs beside all of them.
 */
public interface Replica {

  /**
   * Replaces everything by a snapshot that {@link #save} once wrote, perhaps on another node. Comes
   * first when a log with a snapshot is opened, and later on a node that had fallen far behind.
   *
   * @param index the index the snapshot stands for
   * @param snapshot its bytes, already checked against their digest; closed by the log
   */
  void restore(long index, InputStream snapshot) throws IOException;

  /** Applies a durable entry that is not one of this node's own pending appends. */
  void entry(long index, byte[] bytes);

  /**
   * Writes everything as of one index. Called on a thread of the log's own while the writer goes
   * on, so it has to read from an immutable value.
   *
   * @return the index of the last entry included: one that came through {@link #restore}, {@link
   *     #entry} or a completed append
   */
  long save(OutputStream out) throws IOException;

  /**
   * Tells that this node now leads, or no longer does. When it begins to lead, everything durable
   * has been applied before. When it ceases to, its pending appends have failed before.
   */
  void leads(boolean leader);

  /**
   * Tells that the log has stopped for good without having been closed: the disk failed, an entry
   * could not be applied, or the process stood still for too long. Nothing can be decided any more;
   * the process should end loudly and be started again. Called at most once.
   */
  void halted(Throwable cause);
}
