package dev.longshore.server.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three peers in one process. */
class RaftGroupTest {
  private record Node(String name, Log log, Diary diary) {}

  @TempDir private Path directory = Path.of("");

  private final Map<String, Node> nodes = new TreeMap<>();
  private final LinkedBlockingQueue<Node> leaders = new LinkedBlockingQueue<>();
  private List<RaftLogConfig.Peer> peers = List.of();

  @BeforeEach
  void startAll() throws Exception {
    List<RaftLogConfig.Peer> free = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      free.add(new RaftLogConfig.Peer(name, "127.0.0.1", freePort()));
    }
    peers = free;
    for (RaftLogConfig.Peer peer : peers) {
      start(peer.name());
    }
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    List<Thread> closing =
        nodes.values().stream().map(node -> Thread.ofPlatform().start(node.log()::close)).toList();
    for (Thread thread : closing) {
      thread.join();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Node start(String name) throws IOException {
    RaftLogConfig config =
        new RaftLogConfig(
            directory.resolve(name), name, peers, Duration.ofMillis(300), Long.MAX_VALUE);
    Log log = new RaftLog(config);
    Diary diary = new Diary();
    Node node = new Node(name, log, diary);
    diary.onLead(() -> leaders.add(node));
    nodes.put(name, node);
    log.open(diary);
    return node;
  }

  private void stop(Node node) {
    node.log().close();
    nodes.remove(node.name());
  }

  /** The node that leads now, as soon as one does. */
  private Node leader() throws InterruptedException {
    while (true) {
      Node leader = leaders.poll(30, SECONDS);
      assertThat(leader).as("a leader within 30 s").isNotNull();
      if (leader.equals(nodes.get(leader.name())) && leader.log().leader()) {
        return leader;
      }
    }
  }

  private static void write(Node leader, int from, int to) throws Exception {
    List<CompletableFuture<Long>> appended = new ArrayList<>();
    for (int i = from; i < to; i++) {
      appended.add(leader.diary().write(leader.log(), "" + i));
    }
    for (CompletableFuture<Long> future : appended) {
      future.get(30, SECONDS);
    }
  }

  @Test
  void every_node_hears_every_entry_once_and_in_order() throws Exception {
    Node leader = leader();
    write(leader, 0, 500);

    for (Node node : nodes.values()) {
      node.diary().await(diary -> diary.words().size() == 500);
      assertThat(node.diary().words()).isEqualTo(leader.diary().words());
      assertThat(node.diary().index()).isEqualTo(leader.diary().index());
      if (!node.equals(leader)) {
        assertThat(node.log().leader()).isFalse();
        assertThat(node.log().append(new byte[1])).isCompletedExceptionally();
      }
    }
  }

  @Test
  void a_lost_leader_takes_no_acknowledged_entry_with_it_and_catches_up_later() throws Exception {
    Node first = leader();
    write(first, 0, 100);
    for (int i = 0; i < 50; i++) {
      first.diary().jot(first.log(), "in flight " + i);
    }
    stop(first);
    List<String> acknowledged = first.diary().words();

    Node second = leader();
    assertThat(second.diary().words()).startsWith(acknowledged.toArray(String[]::new));
    write(second, 1000, 1100);
    Node again = start(first.name());
    again.diary().await(diary -> diary.words().contains("1099"));

    assertThat(again.diary().words()).isEqualTo(second.diary().words());
  }

  @Test
  void a_leader_without_a_quorum_gives_up_and_hears_what_became_of_its_entries() throws Exception {
    Node first = leader();
    write(first, 0, 10);
    List<Thread> stopping = new ArrayList<>();
    for (Node node : List.copyOf(nodes.values())) {
      if (!node.equals(first)) {
        nodes.remove(node.name());
        stopping.add(Thread.ofPlatform().start(node.log()::close));
      }
    }
    for (int i = 0; first.log().leader(); i++) {
      first.diary().jot(first.log(), "pending " + i); // Waits when too many are in flight.
    }
    first.diary().await(diary -> diary.events().contains("follows"));

    List<String> events = first.diary().events();
    int firstLost = first.diary().words().size() + 1;
    assertThat(events.get(firstLost)).startsWith("lost pending ");
    assertThat(events.subList(firstLost, events.indexOf("follows")))
        .allMatch(event -> event.startsWith("lost pending "));

    for (Thread thread : stopping) {
      thread.join();
    }
    for (RaftLogConfig.Peer peer : peers) {
      if (!peer.name().equals(first.name())) {
        start(peer.name());
      }
    }
    Node second = leader();
    write(second, 10, 20);
    for (Node node : nodes.values()) {
      node.diary().await(diary -> diary.words().contains("19"));
      assertThat(node.diary().words()).isEqualTo(second.diary().words());
      assertThat(node.diary().words()).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_follower_that_was_away_too_long_is_sent_a_snapshot() throws Exception {
    Node leader = leader();
    write(leader, 0, 10);
    Node follower =
        nodes.values().stream().filter(node -> !node.equals(leader)).findFirst().orElseThrow();
    follower.diary().await(diary -> diary.words().size() == 10);
    stop(follower);
    // Whole segments of 8 MiB are dropped once a snapshot holds what they hold.
    String big = "x".repeat(1 << 20);
    for (int i = 0; i < 20; i++) {
      leader.diary().write(leader.log(), big + i).get(30, SECONDS);
    }
    leader.log().snapshot().get(30, SECONDS);
    write(leader, 10, 20);

    Node again = start(follower.name());
    again.diary().await(diary -> diary.words().contains("19"));

    assertThat(again.diary().words().equals(leader.diary().words())).isTrue();
    assertThat(again.diary().events()).contains("restore 30");
    stop(again);
    Node third = start(follower.name());
    third.diary().await(diary -> diary.words().contains("19"));
    assertThat(third.diary().words().equals(leader.diary().words())).isTrue();
  }
}
