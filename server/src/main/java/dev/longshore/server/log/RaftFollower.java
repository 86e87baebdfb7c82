package dev.longshore.server.log;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** Hears from Ratis what happens to its log and passes on what matters, in Ratis' order. */
final class RaftFollower extends BaseStateMachine {

  /** To whom it is passed on. Entries and snapshots come one at a time, the rest at any time. */
  interface Ear {
    void snapshot(SingleFileSnapshotInfo snapshot);

    void entry(LogEntryProto logged);

    void gained(long term);

    void lost(long term);

    void failed(Throwable cause);
  }

  private static final CompletableFuture<Message> APPLIED =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final SnapshotFiles snapshots;
  private final Ear ear;
  private volatile long ledTerm = -1;
  private long configuredTerm;

  RaftFollower(SnapshotFiles snapshots, Ear ear) {
    this.snapshots = snapshots;
    this.ear = ear;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage)
      throws IOException {
    super.initialize(server, group, storage);
    getLifeCycle().startAndTransition(() -> follow(snapshots, storage), IOException.class);
  }

  private void follow(SnapshotFiles files, RaftStorage storage) throws IOException {
    files.open(storage);
    pass(files.latest());
  }

  private void pass(@Nullable SingleFileSnapshotInfo snapshot) {
    if (snapshot != null) {
      setLastAppliedTermIndex(snapshot.getTermIndex());
      ear.snapshot(snapshot);
    }
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() {
    pass(snapshots.reload());
    getLifeCycle().transition(LifeCycle.State.STARTING);
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto logged = transaction.getLogEntry();
    updateLastAppliedTermIndex(logged.getTerm(), logged.getIndex());
    ear.entry(logged);
    return APPLIED;
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto configuration) {
    configuredTerm = term;
  }

  /** Comes right after the note with which a leader begins its term was applied. */
  @Override
  public void notifyLeaderReady() {
    ledTerm = configuredTerm;
    ear.gained(configuredTerm);
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    ear.lost(ledTerm);
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failed) {
    ear.failed(cause);
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return snapshots.storage();
  }

  @Override
  public long takeSnapshot() {
    SingleFileSnapshotInfo latest = snapshots.latest();
    return latest == null ? RaftLog.INVALID_LOG_INDEX : latest.getIndex();
  }

  /** Ratis closes its state machines when it stops, for whatever reason. */
  @Override
  public void close() {
    ear.failed(new IOException("the Raft server has closed itself"));
  }

  /** The latest entry that was passed on. */
  TermIndex applied() {
    return getLastAppliedTermIndex();
  }
}
