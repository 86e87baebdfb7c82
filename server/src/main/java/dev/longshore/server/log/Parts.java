package dev.longshore.server.log;

import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * How an entry lies in the log of Ratis: cut into parts of at most 1 MiB, because Ratis keeps
 * buffers of the largest thing it may have to write, and because one huge message would hold up
 * heartbeats. A part as long as 1 MiB is followed by another one, which may be empty; a shorter one
 * is the last.
 *
 * <p>Each part carries the term its leader thought it led and its position among the parts of that
 * leadership, as the client id and call id of a Ratis request. A part that was logged in another
 * term than its leader thought comes from a leader that had lost and regained leadership without
 * having noticed yet, and had decided on what was lost: such parts are void on every node.
 */
final class Parts {
  static final int BYTES = 1 << 20;

  private final List<ByteString> gathered = new ArrayList<>();
  private long term = -1;
  private long position;

  /** How many parts an entry of that length has. */
  static int count(int length) {
    return length / BYTES + 1;
  }

  /** The n-th part of an entry; shares the entry's memory. */
  static ByteString cut(byte[] entry, int n) {
    int from = n * BYTES;
    return UnsafeByteOperations.unsafeWrap(entry, from, Math.min(BYTES, entry.length - from));
  }

  static ClientId client(long term) {
    return ClientId.valueOf(new java.util.UUID(term, 0));
  }

  private static long claimedTerm(StateMachineLogEntryProto part) {
    return part.getClientId().asReadOnlyByteBuffer().getLong();
  }

  /** Forgets what was gathered; the next part begins an entry. */
  void restart() {
    gathered.clear();
    term = -1;
  }

  /**
   * Adds the next part in the order of the log.
   *
   * @return whether an entry is now complete, to be had from {@link #take} or dropped by {@link
   *     #drop}
   * @throws IllegalStateException if parts are missing, which no crash may cause
   */
  boolean add(LogEntryProto logged) {
    StateMachineLogEntryProto part = logged.getStateMachineLogEntry();
    if (claimedTerm(part) != logged.getTerm()) {
      return false;
    }
    if (logged.getTerm() == term) {
      if (part.getCallId() != position + 1) {
        throw new IllegalStateException(
            "part " + part.getCallId() + " of term " + term + " follows part " + position);
      }
    } else {
      // A leader that was lost in the middle of an entry never finishes it.
      gathered.clear();
    }
    term = logged.getTerm();
    position = part.getCallId();
    gathered.add(part.getLogData());
    return part.getLogData().size() < BYTES;
  }

  /** The term under which the latest part was appended. */
  long term() {
    return term;
  }

  /** The latest part's position. */
  long position() {
    return position;
  }

  void drop() {
    gathered.clear();
  }

  byte[] take() {
    byte[] entry = ByteString.copyFrom(gathered).toByteArray();
    gathered.clear();
    return entry;
  }
}
