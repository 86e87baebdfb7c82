package dev.longshore.server.log;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log: an embedded Apache Ratis server, alone or with peers.
 *
 * <p>Order: Ratis appends in the order in which its division's {@code submitClientRequestAsync} is
 * called, on the calling thread and under its lock; what it does not append it refuses before that
 * call returns. (The server's method of the same name goes through a thread pool.)
 */
public final class RaftLog implements Log {
  private static final Logger LOG = LoggerFactory.getLogger(RaftLog.class);
  private static final UUID GROUP = UUID.fromString("6c6f6e67-7368-4f72-a5e6-000000000001");
  private static final RaftGroupId GROUP_ID = RaftGroupId.valueOf(GROUP);
  private static final long PATIENCE_SECONDS = 60;

  /** What there is once the log is open. */
  private record Running(
      RaftServer.Division division, RaftClientAsynchronousProtocol entrance, Replica replica) {}

  private final RaftLogConfig config;
  private final RaftPeerId self;
  private final Flight flight = new Flight();
  private final Delivery delivery = new Delivery();
  private final SnapshotFiles snapshots;
  private final ExecutorService snapshotThread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("log-snapshot").factory());
  private final AtomicBoolean opened = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean shuttingDown = new AtomicBoolean();
  private final CompletableFuture<Void> shutDown = new CompletableFuture<>();
  private final AtomicBoolean snapshotting = new AtomicBoolean();
  private volatile @Nullable DirectoryLock lock;
  private volatile @Nullable RaftServer server;
  private volatile @Nullable Feed feed;
  private volatile @Nullable Running running;
  private volatile long growthAllowed;

  /** Not open yet. */
  public RaftLog(RaftLogConfig config) {
    this.config = config;
    this.self = RaftPeerId.valueOf(config.self());
    // Only another node could be busy reading an older snapshot.
    this.snapshots = new SnapshotFiles(config.isAlone() ? 1 : 2);
    this.growthAllowed = config.snapshotAfterBytes();
  }

  @Override
  public void open(Replica replica) throws IOException {
    if (closed.get() || !opened.compareAndSet(false, true)) {
      throw new IllegalStateException("this log was opened before");
    }
    Feed fed = new Feed(replica, flight, delivery, snapshots, this::grown, this::shutDownElsewhere);
    feed = fed;
    try {
      lock = DirectoryLock.take(config.directory());
      start(fed, replica);
      await(fed);
      delivery.release();
    } catch (IOException | RuntimeException e) {
      closed.set(true);
      fed.end(() -> {});
      delivery.release();
      shutDown();
      throw e;
    }
  }

  private void start(Feed fed, Replica replica) throws IOException {
    CrashRepair.repair(config.directory().resolve(GROUP.toString()));
    RaftServer built =
        RaftServer.newBuilder()
            .setServerId(self)
            .setGroup(RaftGroup.valueOf(GROUP_ID, peers()))
            .setProperties(RaftSettings.of(config))
            .setStateMachine(new RaftFollower(snapshots, fed))
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    server = built;
    try {
      built.start();
    } catch (CompletionException e) {
      throw unreadable(e);
    }
    RaftServer.Division division = built.getDivision(GROUP_ID);
    checkPeers(division);
    running = new Running(division, (RaftClientAsynchronousProtocol) division, replica);
  }

  private IOException unreadable(Throwable cause) {
    Throwable root = cause;
    for (Throwable next = root.getCause(); next != null; next = next.getCause()) {
      root = next; // What Ratis wraps around it tells only where.
    }
    return new IOException(
        "the log in " + config.directory() + " cannot be opened: " + root.getMessage(), cause);
  }

  private List<RaftPeer> peers() {
    if (config.isAlone()) {
      return List.of(RaftPeer.newBuilder().setId(self).build());
    }
    return config.peers().stream()
        .map(peer ->
            RaftPeer.newBuilder()
                .setId(peer.name())
                .setAddress(peer.host() + ":" + peer.port())
                .build())
        .toList();
  }

  /** What Ratis has on disk counts for it, so that another list would silently be ignored. */
  private void checkPeers(RaftServer.Division division) throws IOException {
    List<String> made = names(List.copyOf(division.getRaftConf().getCurrentPeers()));
    List<String> given = names(peers());
    if (!made.equals(given)) {
      throw new IOException(
          "the log in "
              + config.directory()
              + " was made for the peers "
              + made
              + " and cannot be opened for "
              + given);
    }
  }

  private static List<String> names(List<RaftPeer> peers) {
    return peers.stream().map(RaftLog::name).sorted().toList();
  }

  private static String name(RaftPeer peer) {
    String address = peer.getAddress();
    return peer.getId() + (address == null || address.isEmpty() ? "" : "@" + address);
  }

  /** Restores the replica on this thread. */
  private void await(Feed fed) throws IOException {
    if (!config.isAlone()) {
      fed.announce();
    }
    try {
      boolean progress =
          delivery.deliverUntil(
              () -> fed.isLeading() || fed.isAnnounced() || fed.isOver(),
              PATIENCE_SECONDS,
              TimeUnit.SECONDS);
      Throwable failure = fed.failure();
      if (failure != null) {
        throw unreadable(failure);
      }
      if (fed.isOver()) {
        throw new IOException("the log in " + config.directory() + " was closed while it opened");
      }
      if (!progress) {
        throw new IOException(
            "the log in " + config.directory() + " did nothing for " + PATIENCE_SECONDS + " s");
      }
      fed.announce();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while opening the log in " + config.directory(), e);
    }
  }

  @Override
  public CompletableFuture<Long> append(byte[] entry) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new IllegalArgumentException(
          "an entry of " + entry.length + " bytes; at most " + MAX_ENTRY_BYTES + " are allowed");
    }
    int count = Parts.count(entry.length);
    Flight.Ticket ticket = flight.board(entry.length, count, !delivery.isDelivering());
    Running now = running;
    if (ticket == null || now == null) {
      return CompletableFuture.failedFuture(new NotLeaderException("this node does not lead"));
    }
    for (int n = 0; n < count; n++) {
      if (!submit(now, ticket, n, Message.valueOf(Parts.cut(entry, n)))) {
        break; // The rest must not follow a part that is missing.
      }
    }
    return ticket.future;
  }

  private boolean submit(Running now, Flight.Ticket ticket, int n, Message part) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(Parts.client(ticket.term))
            .setServerId(self)
            .setGroupId(GROUP_ID)
            .setCallId(ticket.first + n)
            .setMessage(part)
            .setType(RaftClientRequest.writeRequestType())
            .build();
    CompletableFuture<RaftClientReply> reply;
    try {
      reply = now.entrance().submitClientRequestAsync(request);
    } catch (IOException | RuntimeException e) {
      refused(now, ticket.term, e);
      return false;
    }
    if (reply.isDone()) {
      return check(now, ticket.term, reply);
    }
    CompletableFuture<RaftClientReply> _ =
        reply.whenComplete((_, _) -> check(now, ticket.term, reply));
    return true;
  }

  private boolean check(Running now, long term, CompletableFuture<RaftClientReply> reply) {
    Throwable cause =
        reply.isCompletedExceptionally() ? reply.exceptionNow() : reply.resultNow().getException();
    if (cause != null) {
      refused(now, term, cause);
    }
    return cause == null;
  }

  /**
   * A part was not appended, or will not become durable. That is what losing leadership looks like;
   * a leader that refuses has a limit or an error that must not occur, and the entries after this
   * one must not be appended without it.
   */
  private void refused(Running now, long term, Throwable cause) {
    flight.close(term);
    Feed fed = feed;
    if (fed == null) {
      return;
    }
    boolean leads =
        now.division().getInfo().isLeader() && now.division().getInfo().getCurrentTerm() == term;
    if (leads) {
      fed.failed(cause);
    } else {
      fed.lost(term);
    }
  }

  @Override
  public boolean leader() {
    return flight.isOpen();
  }

  @Override
  public CompletableFuture<Long> snapshot() {
    Running now = running;
    Feed fed = feed;
    if (now == null || fed == null || closed.get()) {
      return CompletableFuture.failedFuture(new IOException("the log is not open"));
    }
    try {
      return CompletableFuture.supplyAsync(() -> takeSnapshot(now, fed), snapshotThread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new IOException("the log was closed", e));
    }
  }

  private long takeSnapshot(Running now, Feed fed) {
    SingleFileSnapshotInfo before = snapshots.latest();
    long latest = before == null ? -1 : before.getIndex();
    if (fed.lastIndex() <= latest) {
      return latest;
    }
    fed.snapshotBegun(fed.sinceSnapshot());
    try {
      snapshots.write(now.replica()::save, now.division().getRaftLog()::getTermIndex);
      SingleFileSnapshotInfo after = snapshots.latest();
      if (after == null || closed.get()) {
        return latest;
      }
      growthAllowed = Math.max(config.snapshotAfterBytes(), after.getFile().getFileSize() / 2);
      CompletableFuture<Long> _ = now.division().getRaftLog().purge(after.getIndex());
      return after.getIndex();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Begins a snapshot when enough was appended since the last one. */
  private void grown() {
    Feed fed = feed;
    if (fed == null
        || !fed.isAnnounced()
        || fed.sinceSnapshot() < growthAllowed
        || !snapshotting.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<Long> _ =
        snapshot()
            .whenComplete((_, failure) -> {
              snapshotting.set(false);
              if (failure != null && !closed.get()) {
                LOG.error("no snapshot in {}; the log grows on", config.directory(), failure);
              }
            });
  }

  @Override
  public void close() {
    Feed fed = feed;
    if (fed == null) {
      closed.set(true);
      shutDown();
    } else {
      close(fed);
    }
  }

  private void close(Feed fed) {
    if (!closed.compareAndSet(false, true)) {
      if (!delivery.isDelivering()) {
        shutDown.join();
      }
      return;
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    fed.end(() -> ended.complete(null));
    if (delivery.isDelivering()) {
      shutDownElsewhere();
    } else {
      ended.join();
      shutDown();
    }
  }

  /** For the log's own threads, which Ratis waits for when it closes. */
  private void shutDownElsewhere() {
    Thread.ofPlatform().name("log-close").start(this::shutDown);
  }

  private void shutDown() {
    if (!shuttingDown.compareAndSet(false, true)) {
      shutDown.join();
      return;
    }
    snapshotThread.shutdown();
    try {
      RaftServer started = server;
      if (started != null) {
        started.close();
      }
      DirectoryLock held = lock;
      if (held != null) {
        held.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the log in {} did not close cleanly", config.directory(), e);
    } finally {
      shutDown.complete(null);
    }
  }
}
