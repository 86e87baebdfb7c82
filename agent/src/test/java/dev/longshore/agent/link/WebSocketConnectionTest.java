package dev.longshore.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Sockets;
import dev.longshore.wire.signature.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketConnectionTest {
  private static final int THREADS = 8;
  private static final int EACH = 100;

  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  /** Whatever the order in which its threads come to run, a connection that opened can send. */
  @Test
  void every_one_of_many_connections_opened_at_once_can_send() throws Exception {
    try (FakeControlPlane fake = new FakeControlPlane();
        Sockets sockets = Sockets.open("test")) {
      Transport transport = Transport.of(sockets, null, false);
      SessionUrl url =
          SessionUrl.of(fake.uri() + "/acs/", new LinkedHashMap<>(Map.of("seqNum", "1")));
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        threads.add(Thread.ofVirtual().start(() -> openAndSend(transport, url)));
      }
      for (int i = 0; i < THREADS * EACH; i++) {
        assertThat(fake.acs().frame()).isEqualTo("hello");
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
    }
  }

  private void openAndSend(Transport transport, SessionUrl url) {
    Signer signer = new Signer(FakeControlPlane.KEYS, "us-east-1", LinkConfig.SERVICE);
    try {
      for (int i = 0; i < EACH; i++) {
        Map<String, String> headers = url.signature(signer, new byte[0], Instant.now());
        WebSocketConnection.open(transport, url, headers).send("hello");
      }
    } catch (WebSocketConnection.RejectedException
        | UnreachableException
        | InterruptedException e) {
      failures.add(String.valueOf(e));
    }
  }
}
