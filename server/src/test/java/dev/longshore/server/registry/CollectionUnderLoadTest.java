package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes, deletions and pulls of many at once, by HTTP, while all that nobody wants is collected
 * without any time of grace. A push may then lose what it has sent and must begin again; but what
 * was acknowledged is there until somebody deletes it.
 */
class CollectionUnderLoadTest {
  private static final int WORKERS = 4;
  private static final int ROUNDS = 15;
  private static final int ATTEMPTS = 200;

  /** What workers share, so that one deletes what another has sent again just now. */
  private static final int SHARED = 3;

  @TempDir private Path directory;

  /** Images by digest: acknowledged, and not asked to be deleted. */
  private final Map<String, String> kept = new ConcurrentHashMap<>();

  /** One for each attempt to push, to be spent on a collection beside the next ones. */
  private final Semaphore turns = new Semaphore(0);

  @Test
  void nothing_acknowledged_is_lost_and_no_leftover_stays() throws Exception {
    try (var wharf = new Wharf(directory)) {
      var dock = new Dock(wharf, Version.HTTP_1_1, Algorithm.SHA256);
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
          var worker = new Worker(dock, i);
          workers.add(threads.submit(() -> worker.work()));
        }
        while (workers.stream().anyMatch(worker -> !worker.isDone())) {
          // Without end, it would leave nobody the time to push anything.
          var _ = turns.tryAcquire(1, TimeUnit.SECONDS);
          assertThat(wharf.call("POST", "/v2/_collect?unused=0").statusCode()).isEqualTo(200);
        }
        for (Future<?> worker : workers) {
          worker.get();
        }
      }
      assertThat(kept).isNotEmpty();
      for (String digest : kept.keySet()) {
        assertWhole(dock, digest);
        assertThat(dock.call("DELETE", "manifests/" + digest).statusCode()).isEqualTo(202);
      }
      wharf.call("POST", "/v2/_collect?unused=0");
      assertThat(files()).isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("registry"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void assertWhole(Dock dock, String digest) throws Exception {
    HttpResponse<byte[]> manifest = dock.call("GET", "manifests/" + digest);
    assertThat(manifest.statusCode()).isEqualTo(200);
    assertThat(dock.digest(manifest.body())).isEqualTo(digest);
    for (var layer : Wharf.json(manifest).at("layers").elements()) {
      String wanted = layer.at("digest").text();
      HttpResponse<byte[]> blob = dock.call("GET", "blobs/" + wanted);
      assertThat(blob.statusCode()).as("a layer of an image that is kept").isEqualTo(200);
      assertThat(dock.digest(blob.body())).isEqualTo(wanted);
    }
  }

  /** Pushes images of a layer of its own and of one that others have, and deletes every other. */
  private final class Worker {
    private final Dock dock;
    private final int number;
    private final Random random;

    Worker(Dock dock, int number) {
      this.dock = dock;
      this.number = number;
      this.random = new Random(number);
    }

    Void work() throws Exception {
      for (int round = 0; round < ROUNDS; round++) {
        String digest = push(round);
        kept.put(digest, digest);
        look();
        if (round % 2 == 0) {
          kept.remove(digest);
          int status = dock.call("DELETE", "manifests/" + digest).statusCode();
          assertThat(status).isEqualTo(202);
        }
      }
      return null;
    }

    private String push(int round) throws Exception {
      String own = "worker " + number + " round " + round;
      String shared = "shared " + random.nextInt(SHARED);
      String layers =
          '['
              + dock.descriptor(Dock.LAYER, own, "")
              + ','
              + dock.descriptor(Dock.LAYER, shared, "")
              + ']';
      String manifest = Dock.manifest(dock.descriptor(Dock.CONFIG, "{}", ""), layers, "");
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        turns.release();
        boolean sent = sends("{}") && sends(own) && sends(shared);
        HttpResponse<byte[]> answer = sent ? dock.put(dock.digest(manifest), manifest) : null;
        if (answer != null && answer.statusCode() == 201) {
          return dock.digest(manifest);
        }
        if (answer != null) {
          assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(400);
        }
      }
      throw new AssertionError("An image could not be pushed in " + ATTEMPTS + " attempts.");
    }

    /** Whether a blob was taken; its upload may have been collected before it came. */
    private boolean sends(String text) throws Exception {
      HttpResponse<byte[]> answer =
          dock.call("POST", "blobs/uploads/?digest=" + dock.digest(text), text.getBytes(UTF_8));
      assertThat(answer.statusCode()).isIn(201, 404, 409);
      return answer.statusCode() == 201;
    }

    /** Pulls some image: one that is kept before and after is whole. */
    private void look() throws Exception {
      List<String> all = List.copyOf(kept.keySet());
      if (all.isEmpty()) {
        return;
      }
      String digest = all.get(random.nextInt(all.size()));
      HttpResponse<byte[]> manifest = dock.call("GET", "manifests/" + digest);
      assertThat(manifest.statusCode()).isIn(200, 404);
      boolean whole = manifest.statusCode() == 200;
      if (whole) {
        for (var layer : Wharf.json(manifest).at("layers").elements()) {
          int status = dock.call("GET", "blobs/" + layer.at("digest").text()).statusCode();
          assertThat(status).isIn(200, 404);
          whole &= status == 200;
        }
      }
      if (kept.containsKey(digest)) {
        assertThat(whole).isTrue();
      }
    }
  }
}
