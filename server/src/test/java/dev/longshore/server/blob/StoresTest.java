package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every store of blobs, on the disk and in objects, plain and sealed. */
class StoresTest {
  private static final int PIECE = 2 * Seal.CHUNK;
  private static final BlobLimits LIMITS = new BlobLimits(1 << 20, 3, Duration.ofHours(1), 0);

  enum Kind {
    DISK,
    SEALED_DISK,
    OBJECTS,
    SEALED_OBJECTS
  }

  @TempDir private Path directory;
  private final MasterKey key = new MasterKey("k".repeat(MasterKey.BYTES).getBytes(UTF_8));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private FakeObjects objects;
  private @Nullable Bucket bucket;

  @BeforeEach
  void open() throws IOException {
    objects = new FakeObjects(() -> now, PIECE);
  }

  @AfterEach
  void close() {
    if (bucket != null) {
      bucket.close();
    }
    objects.close();
  }

  /** A store that knows what is stored, as after a restart, or on another server. */
  private BlobStore store(Kind kind) throws IOException {
    BlobFiles files =
        kind == Kind.SEALED_DISK || kind == Kind.SEALED_OBJECTS
            ? BlobFiles.sealed(key)
            : BlobFiles.PLAIN;
    if (kind == Kind.DISK || kind == Kind.SEALED_DISK) {
      return DiskBlobStore.in(directory, files, LIMITS, () -> now);
    }
    bucket = objects.bucket();
    return new ObjectBlobStore(bucket, files, LIMITS, () -> now, PIECE);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Digest sha256(byte[] bytes) {
    return Digest.of(Algorithm.SHA256, bytes);
  }

  private static void append(Upload upload, byte[] bytes) throws IOException {
    try (var writing = requireNonNull(upload.write())) {
      writing.append(ByteBuffer.wrap(bytes));
    }
  }

  private static Digest commit(Upload upload, Digest digest) throws IOException {
    try (var writing = requireNonNull(upload.write());
        Lease lease = requireNonNull(writing.commit(digest))) {
      return lease.digest();
    }
  }

  private static byte[] read(BlobStore store, Digest digest) throws IOException {
    try (StoredBlob blob = store.open(digest)) {
      return blob == null ? new byte[0] : blob.all();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_blob_of_any_length_sent_in_any_pieces_comes_out_again(Kind kind) throws IOException {
    BlobStore store = store(kind);
    for (int length : new int[] {0, 1, Seal.CHUNK, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 77}) {
      byte[] bytes = random(length);
      Upload upload = store.begin("r", Algorithm.SHA256);
      for (int at = 0; at < length; at += 100_001) {
        append(upload, Arrays.copyOfRange(bytes, at, Math.min(length, at + 100_001)));
      }
      assertThat(upload.size()).isEqualTo(length);
      Digest digest = commit(upload, sha256(bytes));
      assertThat(read(store, digest)).isEqualTo(bytes);
      assertThat(store.upload("r", upload.id())).isNull();
      try (StoredBlob blob = requireNonNull(store.open(digest))) {
        assertThat(blob.length()).isEqualTo(length);
        ByteBuffer part = ByteBuffer.allocate(length / 3);
        blob.read(length / 2, part);
        assertThat(part.array())
            .isEqualTo(Arrays.copyOfRange(bytes, length / 2, length / 2 + length / 3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void at_once_in_one_turn_it_is_the_same(Kind kind) throws IOException {
    BlobStore store = store(kind);
    byte[] bytes = random(3 * PIECE + 5);
    Upload upload = store.begin("r", Algorithm.SHA256);
    try (var writing = requireNonNull(upload.write())) {
      writing.append(ByteBuffer.wrap(bytes));
      try (Lease lease = requireNonNull(writing.commit(sha256(bytes)))) {
        assertThat(read(store, lease.digest())).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void another_process_goes_on_with_an_upload(Kind kind) throws IOException {
    byte[] bytes = random(3 * PIECE + 500);
    Upload upload = store(kind).begin("r", Algorithm.SHA256);
    append(upload, Arrays.copyOf(bytes, PIECE + 300));
    BlobStore store = store(kind);
    Upload again = requireNonNull(store.upload("r", upload.id()));
    assertThat(again.size()).isEqualTo(PIECE + 300);
    append(again, Arrays.copyOfRange(bytes, PIECE + 300, bytes.length));
    assertThat(read(store, commit(again, sha256(bytes)))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void another_algorithm_than_expected_is_hashed_from_what_is_stored(Kind kind) throws IOException {
    BlobStore store = store(kind);
    byte[] bytes = random(2 * PIECE + 9);
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, bytes);
    Digest digest = Digest.of(Algorithm.SHA512, bytes);
    assertThat(read(store, commit(upload, digest))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_digest_ends_the_upload_and_stores_nothing(Kind kind) throws IOException {
    BlobStore store = store(kind);
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, random(PIECE + 1));
    Digest other = sha256(random(7));
    try (var writing = requireNonNull(upload.write())) {
      assertThat(writing.commit(other)).isNull();
    }
    assertThat(store.upload("r", upload.id())).isNull();
    assertThat(store.open(other)).isNull();
    assertThat(objects.keys()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void an_upload_is_nobody_elses_and_has_one_writer(Kind kind) throws IOException {
    BlobStore store = store(kind);
    Upload upload = store.begin("r", Algorithm.SHA256);
    assertThat(store.upload("other", upload.id())).isNull();
    assertThat(store.upload("r", "../" + upload.id())).isNull();
    try (var writing = requireNonNull(upload.write())) {
      assertThat(upload.write()).isNull();
      writing.cancel();
    }
    assertThat(upload.write()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void the_limits_hold(Kind kind) throws IOException {
    BlobStore store = store(kind);
    Upload upload = store.begin("r", Algorithm.SHA256);
    assertThatThrownBy(() -> append(upload, random((1 << 20) + 1)))
        .isInstanceOf(Upload.BlobTooLargeException.class);
    assertThat(upload.size()).isZero();
    store.begin("r", Algorithm.SHA256);
    store.begin("r", Algorithm.SHA256);
    assertThatThrownBy(() -> store.begin("r", Algorithm.SHA256))
        .isInstanceOf(BlobStore.TooManyUploadsException.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_sweep_takes_what_nobody_wants_and_what_rested_too_long(Kind kind) throws IOException {
    BlobStore store = store(kind);
    byte[] wanted = random(10);
    byte[] unwanted = random(PIECE + 11);
    byte[] leased = random(12);
    for (byte[] each : new byte[][] {wanted, unwanted, leased}) {
      store.put(sha256(each), each).close();
    }
    try (Lease lease = store.lease(sha256(leased))) {
      assertThat(store.sweep(sha256(wanted)::equals, LIMITS.expiry()).blobs()).isEqualTo(1);
      assertThat(read(store, lease.digest())).isEqualTo(leased);
    }
    assertThat(store.open(sha256(unwanted))).isNull();
    assertThat(store.sweep(sha256(wanted)::equals, LIMITS.expiry()).blobs()).isEqualTo(1);
    assertThat(read(store, sha256(wanted))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource(names = {"OBJECTS", "SEALED_OBJECTS"})
  void uploads_that_rest_are_swept_with_all_that_they_brought(Kind kind) throws IOException {
    store(kind);
    // Of a process that was killed since.
    requireNonNull(bucket).beginParts("blobs/sha256/0");
    BlobStore store = store(kind);
    Upload old = store.begin("r", Algorithm.SHA256);
    append(old, random(PIECE + 3));
    now = now.plus(Duration.ofMinutes(61));
    Upload young = store.begin("r", Algorithm.SHA256);
    assertThat(store.sweep(digest -> true, LIMITS.expiry()).uploads()).isEqualTo(1);
    assertThat(store.upload("r", old.id())).isNull();
    assertThat(store.upload("r", young.id())).isSameAs(young);
    assertThat(objects.keys()).hasSize(1);
    assertThat(objects.begun()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_sweep_never_takes_a_blob_from_one_who_stores_it_meanwhile(Kind kind) throws Exception {
    BlobStore store = store(kind);
    Set<Digest> wanted = ConcurrentHashMap.newKeySet();
    AtomicBoolean done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(1)) {
      Future<?> sweeping =
          threads.submit(() -> {
            while (!done.get()) {
              store.sweep(wanted::contains, LIMITS.expiry());
            }
            return null;
          });
      for (int round = 0; round < 40; round++) {
        byte[] bytes = ("text " + round % 7).getBytes(UTF_8);
        try (Lease lease = store.put(sha256(bytes), bytes)) {
          wanted.add(lease.digest());
        }
        assertThat(read(store, sha256(bytes))).isEqualTo(bytes);
        wanted.remove(sha256(bytes));
      }
      done.set(true);
      sweeping.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void two_servers_at_one_upload_can_spoil_it_but_no_blob() throws IOException {
    byte[] bytes = random(3 * PIECE);
    BlobStore one = store(Kind.OBJECTS);
    Upload upload = one.begin("r", Algorithm.SHA256);
    Upload same = requireNonNull(store(Kind.OBJECTS).upload("r", upload.id()));
    try (var writing = requireNonNull(upload.write())) {
      try (var other = requireNonNull(same.write())) {
        writing.append(ByteBuffer.wrap(bytes));
        other.append(ByteBuffer.wrap(new byte[2 * PIECE]));
      }
      assertThatThrownBy(() -> writing.commit(sha256(bytes))).isInstanceOf(IOException.class);
    }
    assertThat(one.open(sha256(bytes))).isNull();
    assertThat(objects.begun()).isZero();
  }

  @Test
  void what_is_sealed_tells_nothing_in_the_object_store() throws IOException {
    byte[] bytes = "a secret, ".repeat(30_000).getBytes(UTF_8);
    BlobStore store = store(Kind.SEALED_OBJECTS);
    Upload upload = store.begin("r", Algorithm.SHA256);
    append(upload, bytes);
    String folder = objects.keys().getFirst();
    assertThat(new String(objects.bytes(folder), UTF_8)).doesNotContain("secret");
    commit(upload, sha256(bytes));
    assertThat(objects.keys()).hasSize(1);
    assertThat(new String(objects.bytes(objects.keys().getFirst()), UTF_8))
        .doesNotContain("secret");
    assertThat(read(store(Kind.OBJECTS), sha256(random(1)))).isEmpty();
  }

  @Test
  void a_wrong_key_or_a_failing_store_is_told() throws IOException {
    try (Bucket stranger = objects.bucket("guessed")) {
      assertThatThrownBy(() -> stranger.list("", entry -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SignatureDoesNotMatch");
    }
    BlobStore store = store(Kind.OBJECTS);
    byte[] bytes = random(PIECE + 5);
    Upload upload = store.begin("r", Algorithm.SHA256);
    objects.fail(403, call -> true);
    assertThatThrownBy(() -> append(upload, bytes)).isInstanceOf(IOException.class);
    objects.heal();
    append(requireNonNull(store.upload("r", upload.id())), bytes);
    assertThat(read(store, commit(upload, sha256(bytes)))).isEqualTo(bytes);
  }
}
