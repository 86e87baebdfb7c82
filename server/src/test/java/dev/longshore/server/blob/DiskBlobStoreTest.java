package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest {
  private static final BlobLimits LIMITS = new BlobLimits(100, 3, Duration.ofHours(1), 0);

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private DiskBlobStore store;

  @BeforeEach
  void open() throws IOException {
    store = DiskBlobStore.in(directory, LIMITS, () -> now);
  }

  private static Digest sha256(String text) {
    return Digest.of(Algorithm.SHA256, text.getBytes(UTF_8));
  }

  private static void append(Upload upload, String text) throws IOException {
    try (var writing = requireNonNull(upload.write())) {
      writing.append(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }

  private Digest stored(String text) throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, text);
    try (var writing = requireNonNull(upload.write());
        Lease lease = requireNonNull(writing.commit(sha256(text)))) {
      return lease.digest();
    }
  }

  private String read(Digest digest) throws IOException {
    try (StoredBlob blob = store.open(digest)) {
      return blob == null ? "" : new String(blob.all(), UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void what_was_committed_can_be_read_and_is_kept_once() throws IOException {
    Digest first = stored("hello");
    assertThat(stored("hello")).isEqualTo(first);
    assertThat(read(first)).isEqualTo("hello");
    assertThat(files()).hasSize(1);
  }

  @Test
  void an_upload_survives_a_restart_and_its_hash_is_made_anew() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, "hel");
    store = DiskBlobStore.in(directory, LIMITS, () -> now);
    Upload again = requireNonNull(store.upload("r", upload.id()));
    assertThat(again.size()).isEqualTo(3);
    append(again, "lo");
    try (var writing = requireNonNull(again.write());
        Lease lease = requireNonNull(writing.commit(sha256("hello")))) {
      assertThat(read(lease.digest())).isEqualTo("hello");
    }
    assertThat(store.upload("r", upload.id())).isNull();
  }

  @Test
  void an_upload_is_nobody_elses_and_no_path() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    assertThat(store.upload("other", upload.id())).isNull();
    assertThat(store.upload("r", "../" + upload.id())).isNull();
    assertThat(store.upload("r", upload.id())).isSameAs(upload);
  }

  @Test
  void a_wrong_digest_deletes_the_upload_and_stores_nothing() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, "hello");
    try (var writing = requireNonNull(upload.write())) {
      assertThat(writing.commit(sha256("other"))).isNull();
    }
    assertThat(files()).isEmpty();
    assertThat(store.upload("r", upload.id())).isNull();
  }

  @Test
  void a_digest_of_another_algorithm_than_expected_is_checked_from_the_file() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, "hello");
    Digest digest = Digest.of(Algorithm.SHA512, "hello".getBytes(UTF_8));
    try (var writing = requireNonNull(upload.write());
        Lease lease = requireNonNull(writing.commit(digest))) {
      assertThat(read(lease.digest())).isEqualTo("hello");
    }
  }

  @Test
  void one_writer_at_a_time() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    try (var writing = requireNonNull(upload.write())) {
      assertThat(upload.write()).isNull();
      writing.cancel();
    }
    assertThat(upload.write()).isNull();
  }

  @Test
  void the_limits_hold() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    assertThatThrownBy(() -> append(upload, "x".repeat(101)))
        .isInstanceOf(Upload.BlobTooLargeException.class);
    assertThat(upload.size()).isZero();
    store.begin("r", Algorithm.SHA256);
    store.begin("r", Algorithm.SHA256);
    assertThatThrownBy(() -> store.begin("r", Algorithm.SHA256))
        .isInstanceOf(BlobStore.TooManyUploadsException.class);
    var full =
        DiskBlobStore.in(
            directory, new BlobLimits(1, 1, Duration.ofHours(1), Long.MAX_VALUE), () -> now);
    assertThatThrownBy(() -> full.begin("r", Algorithm.SHA256))
        .isInstanceOf(BlobStore.StoreFullException.class);
  }

  @Test
  void a_sweep_deletes_what_nobody_wants_or_leases() throws IOException {
    Digest wanted = stored("wanted");
    Digest unwanted = stored("unwanted");
    Digest leased = stored("leased");
    try (Lease lease = store.lease(leased)) {
      assertThat(store.sweep(wanted::equals, LIMITS.expiry()).blobs()).isEqualTo(1);
      assertThat(read(lease.digest())).isEqualTo("leased");
    }
    assertThat(read(unwanted)).isEmpty();
    assertThat(store.sweep(wanted::equals, LIMITS.expiry()).bytes()).isEqualTo("leased".length());
    assertThat(read(wanted)).isEqualTo("wanted");
  }

  @Test
  void a_sweep_deletes_uploads_that_rested_too_long() throws IOException {
    Upload old = store.begin("r", Algorithm.SHA256);
    append(old, "x");
    now = now.plus(Duration.ofMinutes(61));
    Upload young = store.begin("r", Algorithm.SHA256);
    assertThat(store.sweep(digest -> true, LIMITS.expiry()).uploads()).isEqualTo(1);
    assertThat(store.upload("r", old.id())).isNull();
    assertThat(old.write()).isNull();
    assertThat(store.upload("r", young.id())).isSameAs(young);
  }

  /** What the registry does: lease, store, record that it is wanted, let the lease go. */
  @Test
  void an_upload_that_was_swept_since_it_was_found_has_ended() throws IOException {
    Upload old = store.begin("r", Algorithm.SHA256);
    append(old, "half");
    var other = DiskBlobStore.in(directory, LIMITS, () -> now);
    Upload found = requireNonNull(other.upload("r", old.id()));
    now = now.plus(Duration.ofMinutes(61));
    assertThat(store.sweep(digest -> true, LIMITS.expiry()).uploads()).isEqualTo(1);
    assertThat(found.write()).isNull();
    assertThat(other.upload("r", old.id())).isNull();
  }

  @Test
  void a_sweep_never_takes_a_blob_from_those_who_store_it_meanwhile() throws Exception {
    Set<Digest> wanted = ConcurrentHashMap.newKeySet();
    AtomicBoolean done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(3)) {
      Future<?> sweeping =
          threads.submit(() -> {
            while (!done.get()) {
              store.sweep(wanted::contains, LIMITS.expiry());
            }
            return null;
          });
      Callable<Void> storing =
          () -> {
            for (int round = 0; round < 300; round++) {
              Digest digest = sha256("text " + round % 7);
              try (Lease lease = store.put(digest, ("text " + round % 7).getBytes(UTF_8))) {
                wanted.add(lease.digest());
              }
              assertThat(read(digest)).isNotEmpty();
              wanted.remove(digest);
            }
            return null;
          };
      List<Future<Void>> storers = new ArrayList<>();
      storers.add(threads.submit(storing));
      for (Future<Void> storer : storers) {
        storer.get(60, TimeUnit.SECONDS);
      }
      done.set(true);
      sweeping.get(60, TimeUnit.SECONDS);
    }
  }
}
