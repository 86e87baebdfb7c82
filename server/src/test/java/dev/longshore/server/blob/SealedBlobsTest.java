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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that are sealed on the disk. */
class SealedBlobsTest {
  private static final int CHUNK = SealedFile.CHUNK;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final BlobLimits LIMITS = new BlobLimits(10L << 20, 9, Duration.ofHours(1), 0);

  @TempDir private Path directory;
  private final MasterKey key = new MasterKey("k".repeat(MasterKey.BYTES).getBytes(UTF_8));

  private DiskBlobStore store(BlobFiles files) throws IOException {
    return DiskBlobStore.in(directory, files, LIMITS, () -> NOW);
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Uploads in pieces, each by a writer of its own. */
  private static Digest stored(DiskBlobStore store, byte[] bytes, int piece) throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    for (int at = 0; at < bytes.length; at += piece) {
      try (var writing = requireNonNull(upload.write())) {
        writing.append(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
      }
    }
    Digest digest = Digest.of(Algorithm.SHA256, bytes);
    try (var writing = requireNonNull(upload.write());
        Lease lease = requireNonNull(writing.commit(digest))) {
      return lease.digest();
    }
  }

  private static byte[] read(DiskBlobStore store, Digest digest) throws IOException {
    try (StoredBlob blob = requireNonNull(store.open(digest))) {
      return blob.all();
    }
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 777})
  void what_was_sealed_comes_out_again_whatever_its_length(int length) throws IOException {
    DiskBlobStore store = store(BlobFiles.sealed(key));
    byte[] bytes = random(length, length);
    Digest digest = stored(store, bytes, 50_001);
    try (StoredBlob blob = requireNonNull(store.open(digest))) {
      assertThat(blob.length()).isEqualTo(length);
      assertThat(blob.file()).isNull();
      assertThat(blob.all()).isEqualTo(bytes);
    }
  }

  @Test
  void any_part_can_be_read_alone() throws IOException {
    DiskBlobStore store = store(BlobFiles.sealed(key));
    byte[] bytes = random(4 * CHUNK + 5, 1);
    Digest digest = stored(store, bytes, 100_000);
    Random random = new Random(2);
    try (StoredBlob blob = requireNonNull(store.open(digest))) {
      for (int turn = 0; turn < 200; turn++) {
        int from = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - from, random.nextInt(2 * CHUNK));
        ByteBuffer part = ByteBuffer.allocate(count);
        blob.read(from, part);
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(bytes, from, from + count));
      }
    }
  }

  @Test
  void nothing_of_a_blob_or_an_upload_stands_on_the_disk_as_it_came() throws IOException {
    DiskBlobStore store = store(BlobFiles.sealed(key));
    byte[] text = "a sentence that nobody should find ".repeat(5_000).getBytes(UTF_8);
    Upload open = store.begin("r", Algorithm.SHA256);
    try (var writing = requireNonNull(open.write())) {
      writing.append(ByteBuffer.wrap(text, 0, 100_000));
    }
    stored(store, text, 9_999);
    store.put(Digest.of(Algorithm.SHA256, new byte[] {1}), new byte[] {1}).close();
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      assertThat(files).hasSize(3);
      for (Path file : files) {
        assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("nobody");
      }
    }
  }

  @Test
  void an_upload_is_gone_on_with_after_a_restart() throws IOException {
    byte[] bytes = random(CHUNK + 1_000, 3);
    Upload begun = store(BlobFiles.sealed(key)).begin("r", Algorithm.SHA256);
    try (var writing = requireNonNull(begun.write())) {
      writing.append(ByteBuffer.wrap(bytes, 0, CHUNK + 10));
    }
    DiskBlobStore later = store(BlobFiles.opening(key));
    Upload found = requireNonNull(later.upload("r", begun.id()));
    assertThat(found.size()).isEqualTo(CHUNK + 10);
    Digest digest = Digest.of(Algorithm.SHA256, bytes);
    try (var writing = requireNonNull(found.write())) {
      writing.append(ByteBuffer.wrap(bytes, CHUNK + 10, 990));
      requireNonNull(writing.commit(digest)).close();
    }
    assertThat(read(later, digest)).isEqualTo(bytes);
  }

  @Test
  void sealed_and_plain_blobs_stand_side_by_side_and_each_once() throws IOException {
    byte[] early = random(100, 4);
    byte[] late = random(100, 5);
    Digest plain = stored(store(BlobFiles.PLAIN), early, 100);
    DiskBlobStore sealing = store(BlobFiles.sealed(key));
    Digest sealed = stored(sealing, late, 100);
    assertThat(stored(sealing, early, 100)).isEqualTo(plain);
    assertThat(blobs()).hasSize(2);
    DiskBlobStore opening = store(BlobFiles.opening(key));
    assertThat(read(opening, plain)).isEqualTo(early);
    assertThat(read(opening, sealed)).isEqualTo(late);
    assertThat(opening.sweep(digest -> digest.equals(plain), Duration.ofHours(1)).blobs())
        .isEqualTo(1);
    assertThat(opening.open(sealed)).isNull();
  }

  @Test
  void without_the_right_key_nothing_is_read() throws IOException {
    Digest digest = stored(store(BlobFiles.sealed(key)), random(100, 6), 100);
    MasterKey other = new MasterKey(new byte[MasterKey.BYTES]);
    assertThatThrownBy(() -> store(BlobFiles.sealed(other)).open(digest))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("master key");
    assertThatThrownBy(() -> store(BlobFiles.PLAIN).open(digest))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no master key");
  }

  @Test
  void a_changed_byte_and_a_moved_chunk_are_noticed() throws IOException {
    DiskBlobStore store = store(BlobFiles.sealed(key));
    Digest digest = stored(store, random(3 * CHUNK, 7), CHUNK);
    Path file = blobs().getFirst();
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[whole.length - 20]++;
    Files.write(file, changed);
    assertThatThrownBy(() -> read(store, digest)).hasMessageContaining("changed or is damaged");
    byte[] moved = whole.clone();
    int sealed = CHUNK + MasterKey.NONCE + MasterKey.TAG;
    int header = whole.length - 3 * sealed;
    System.arraycopy(whole, header, moved, header + sealed, sealed);
    Files.write(file, moved);
    assertThatThrownBy(() -> read(store, digest)).hasMessageContaining("changed or is damaged");
  }
}
