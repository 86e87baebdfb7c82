package dev.longshore.server.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a {@link RaftLog} keeps its files and with whom it shares them.
 *
 * @param directory this node's own directory, made if it is missing; never shared with another node
 * @param self this node's name among the peers
 * @param peers everyone in the group, this node included; empty for a node that is alone. An odd
 *     number: three peers survive the loss of one, five of two. Fixed when the directory is made
 * @param electionTimeout how long a silent leader is believed in, at most twice that; the loss of a
 *     leader costs about as much. Without meaning for a node that is alone
 * @param snapshotAfterBytes how much may be appended before the log takes a snapshot by itself.
 *     Where half the latest snapshot is more than this, that counts instead, so that writing
 *     snapshots stays in proportion
 */
public record RaftLogConfig(
    Path directory,
    String self,
    List<Peer> peers,
    Duration electionTimeout,
    long snapshotAfterBytes) {

  private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(500);

  /** How much is appended before a log takes a snapshot unless it is told otherwise. */
  public static final long SNAPSHOT_AFTER_BYTES = 32L << 20;

  /** One node of a group and where the others reach it; the address has to be the same to all. */
  public record Peer(String name, String host, int port) {}

  /** Checks that the node is one of its peers. */
  public RaftLogConfig {
    peers = List.copyOf(peers);
    if (!peers.isEmpty() && peers.stream().filter(peer -> peer.name().equals(self)).count() != 1) {
      throw new IllegalArgumentException("\"" + self + "\" is not exactly one of " + peers);
    }
    if (snapshotAfterBytes <= 0 || electionTimeout.toMillis() <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** A node that is alone: durable on its own disk, no port, ready at once. */
  public static RaftLogConfig alone(Path directory) {
    return new RaftLogConfig(directory, "alone", List.of(), ELECTION_TIMEOUT, SNAPSHOT_AFTER_BYTES);
  }

  /** A node of a group. */
  public static RaftLogConfig member(Path directory, String self, List<Peer> peers) {
    return new RaftLogConfig(directory, self, peers, ELECTION_TIMEOUT, SNAPSHOT_AFTER_BYTES);
  }

  /** With snapshots after so many bytes. */
  public RaftLogConfig withSnapshotAfter(long bytes) {
    return new RaftLogConfig(directory, self, peers, electionTimeout, bytes);
  }

  boolean isAlone() {
    return peers.isEmpty();
  }

  Peer address() {
    return peers.stream().filter(peer -> peer.name().equals(self)).findFirst().orElseThrow();
  }
}
