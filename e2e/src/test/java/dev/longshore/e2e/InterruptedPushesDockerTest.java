package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the server in the middle of a hundred pushes. */
@Tag("docker")
class InterruptedPushesDockerTest {
  private static final int PUSHES = 100;
  private static final int AT_ONCE = 16;
  private static final int BEFORE_THE_KILL = 35;
  private static final String AT = "/v2/push/";

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);

  /** An image of two layers and a configuration, whose tag is its number. */
  private record Image(int number, List<byte[]> blobs, String manifest) {
    static Image of(int number) {
      Random random = new Random(number);
      List<byte[]> blobs = new ArrayList<>();
      blobs.add(("{\"number\":" + number + '}').getBytes(UTF_8));
      for (int i = 0; i < 2; i++) {
        byte[] layer = new byte[(1 << 20) + random.nextInt(1 << 20)];
        random.nextBytes(layer);
        blobs.add(layer);
      }
      String manifest =
          "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s,%s]}"
              .formatted(
                  descriptor("config.v1+json", blobs.get(0)),
                  descriptor("layer.v1.tar", blobs.get(1)),
                  descriptor("layer.v1.tar", blobs.get(2)));
      return new Image(number, blobs, manifest);
    }

    private static String descriptor(String type, byte[] blob) {
      return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
          .formatted(type, digest(blob), blob.length);
    }

    String digest() {
      return digest(manifest.getBytes(UTF_8));
    }

    static String digest(byte[] bytes) {
      return "sha256:" + HexFormat.of().formatHex(ImageLayout.sha256().digest(bytes));
    }
  }

  @Test
  void what_was_acknowledged_is_whole_and_what_was_not_is_collected() throws Exception {
    List<Image> images = Stream.iterate(0, i -> i + 1).limit(PUSHES).map(Image::of).toList();
    try (Site site = Site.simulated(0)) {
      site.aws.ok("ecr", "create-repository", "--repository-name", "push");
      try (Quay quay = new Quay(site);
          ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
        List<Future<?>> pushes = new ArrayList<>();
        images.forEach(image -> pushes.add(threads.submit(() -> push(quay, image))));
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        site.kill();
        for (Future<?> push : pushes) {
          push.get();
        }
      }
      site.startAgain();
      try (Quay quay = new Quay(site)) {
        Set<String> wanted = assertWhole(quay, images);
        assertThat(wanted.size()).isBetween(4 * BEFORE_THE_KILL, 4 * PUSHES - 1);
        Json collected = Json.parse(text(quay.call("POST", "/v2/_collect?unused=0", new byte[0])));
        assertThat(collected.at("blobs").number() + collected.at("uploads").number()).isPositive();
        assertThat(files(site.data.resolve("registry/uploads"))).isEmpty();
        assertThat(files(site.data.resolve("registry/blobs"))).isEqualTo(wanted);
        assertThat(assertWhole(quay, images)).isEqualTo(wanted);
        // Every push that was cut off can be made again.
        images.forEach(image -> push(quay, image));
        assertThat(assertWhole(quay, images)).hasSize(4 * PUSHES);
      }
    }
  }

  /** Pushes an image, and notes what was acknowledged; the server may go away at any point. */
  private void push(Quay quay, Image image) {
    try {
      for (byte[] blob : image.blobs) {
        String digest = Image.digest(blob);
        if (image.number % 2 == 0) {
          note(digest, quay.call("POST", AT + "blobs/uploads/?digest=" + digest, blob));
        } else {
          var begun = quay.call("POST", AT + "blobs/uploads/", new byte[0]);
          String at = begun.headers().firstValue("location").orElseThrow();
          quay.call("PATCH", at, blob);
          note(digest, quay.call("PUT", at + "?digest=" + digest, new byte[0]));
        }
      }
      byte[] manifest = image.manifest.getBytes(UTF_8);
      String type = "application/vnd.oci.image.manifest.v1+json";
      note(
          image.digest(),
          quay.call("PUT", AT + "manifests/t" + image.number, manifest, "Content-Type", type));
      enough.countDown();
    } catch (IOException e) {
      // That is the kill.
      assertThat(enough.getCount()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String digest, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.uri() + " was answered with " + text(answer));
    }
    acknowledged.add(digest);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  /** Looks at all that could be there; returns the digests of images that are, and their parts. */
  private Set<String> assertWhole(Quay quay, List<Image> images) throws Exception {
    Set<String> wanted = new HashSet<>();
    for (Image image : images) {
      String served = quay.served(AT + "manifests/t" + image.number);
      assertThat(served).isIn(image.digest(), "");
      boolean there = !served.isEmpty();
      if (acknowledged.contains(image.digest())) {
        assertThat(there).as("image %s", image.number).isTrue();
      }
      for (byte[] blob : image.blobs) {
        String digest = Image.digest(blob);
        String content = quay.served(AT + "blobs/" + digest);
        assertThat(content).isIn(digest, "");
        if (there) {
          assertThat(content).isEqualTo(digest);
          wanted.add(digest);
        }
      }
      if (there) {
        wanted.add(image.digest());
      }
    }
    return wanted;
  }

  private static Set<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      Set<String> names = new HashSet<>();
      all.filter(Files::isRegularFile).forEach(f -> names.add("sha256:" + f.getFileName()));
      return names;
    }
  }
}
