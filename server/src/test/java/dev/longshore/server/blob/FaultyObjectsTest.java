package dev.longshore.server.blob;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object store that fails, lies, breaks off or dawdles. */
class FaultyObjectsTest {
  private static final int PIECE = 2 * Seal.CHUNK;
  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final BlobLimits LIMITS = new BlobLimits(1 << 20, 3, EXPIRY, 0);

  private final byte[] bytes = new byte[3 * PIECE + 5];
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private FakeObjects objects;
  private Bucket bucket;
  private ObjectBlobStore store;

  @BeforeEach
  void open() throws IOException {
    new Random(1).nextBytes(bytes);
    objects = new FakeObjects(() -> now, PIECE);
    bucket = objects.bucket();
    store = new ObjectBlobStore(bucket, BlobFiles.PLAIN, LIMITS, () -> now, PIECE);
  }

  @AfterEach
  void close() {
    bucket.close();
    objects.close();
  }

  private Digest digest() {
    return Digest.of(Algorithm.SHA256, bytes);
  }

  private Upload uploaded() throws IOException {
    Upload upload = store.begin("r", Algorithm.SHA256);
    try (var writing = requireNonNull(upload.write())) {
      writing.append(ByteBuffer.wrap(bytes));
    }
    return upload;
  }

  private void commit(Upload upload) throws IOException {
    try (var writing = requireNonNull(upload.write());
        Lease lease = requireNonNull(writing.commit(digest()))) {
      assertThat(lease.digest()).isEqualTo(digest());
    }
  }

  private byte[] read() throws IOException {
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      return blob.all();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 503})
  void a_copy_that_fails_in_the_middle_leaves_nothing_and_is_tried_again(int status)
      throws IOException {
    Upload upload = uploaded();
    objects.fail(status, call -> call.startsWith("PUT") && call.contains("partNumber=2"));
    assertThatThrownBy(() -> commit(upload))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("The object store failed: Fault" + status);
    assertThat(objects.begun()).as("what was begun in parts").isZero();
    assertThat(store.open(digest())).isNull();
    objects.heal();
    commit(requireNonNull(store.upload("r", upload.id())));
    assertThat(read()).isEqualTo(bytes);
  }

  @Test
  void a_fault_that_passes_is_not_noticed() throws IOException {
    AtomicInteger faults = new AtomicInteger();
    objects.fail(503, call -> faults.incrementAndGet() % 2 == 1);
    commit(uploaded());
    assertThat(read()).isEqualTo(bytes);
    assertThat(faults.get()).isGreaterThan(10);
  }

  @Test
  void a_fault_in_an_answer_of_200_is_one() throws IOException {
    Upload upload = uploaded();
    objects.fail(200, call -> call.startsWith("POST") && call.contains("uploadId="));
    assertThatThrownBy(() -> commit(upload)).isInstanceOf(IOException.class);
    assertThat(store.open(digest())).isNull();
    assertThat(objects.begun()).isZero();
  }

  @Test
  void what_could_not_be_given_up_is_swept_once_it_rested() throws IOException {
    Upload upload = uploaded();
    objects.fail(
        403,
        call ->
            call.contains("partNumber=2")
                || (call.startsWith("DELETE") && call.contains("uploadId=")));
    assertThatThrownBy(() -> commit(upload))
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    objects.heal();
    assertThat(objects.begun()).isEqualTo(1);
    store.sweep(digest -> true, EXPIRY);
    assertThat(objects.begun()).as("before it rested").isEqualTo(1);
    now = now.plus(EXPIRY).plusSeconds(1);
    store.sweep(digest -> true, EXPIRY);
    assertThat(objects.begun()).isZero();
    assertThat(objects.keys()).isEmpty();
  }

  @Test
  void a_reader_who_begins_in_the_middle_asks_for_no_more() throws IOException {
    commit(uploaded());
    int from = PIECE + 7;
    ByteBuffer part = ByteBuffer.allocate(100);
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      blob.read(from, part);
      assertThat(part.array()).isEqualTo(Arrays.copyOfRange(bytes, from, from + 100));
      assertThat(objects.calls().getLast()).endsWith(" bytes=" + from + '-');
      int calls = objects.calls().size();
      blob.read(from + 100, part.clear());
      assertThat(objects.calls()).as("who reads on asks nothing").hasSize(calls);
    }
    objects.ignoreRanges();
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      assertThatThrownBy(() -> blob.read(from, part.clear()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not answer with the range");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 503})
  void a_store_that_fails_is_no_store_without_the_blob(int status) throws IOException {
    commit(uploaded());
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      objects.fail(status, call -> true);
      assertThatThrownBy(blob::all)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("The object store failed: Fault" + status);
      assertThatThrownBy(() -> store.open(digest())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_blob_that_was_deleted_under_a_reader_is_told_so() throws IOException {
    commit(uploaded());
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      store.sweep(digest -> false, EXPIRY);
      assertThatThrownBy(blob::all)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is no longer there");
    }
  }

  @Test
  void an_object_that_breaks_off_is_noticed_and_read_anew() throws IOException {
    commit(uploaded());
    try (StoredBlob blob = requireNonNull(store.open(digest()))) {
      objects.cut();
      assertThatThrownBy(blob::all).isInstanceOf(IOException.class);
      objects.heal();
      assertThat(blob.all()).isEqualTo(bytes);
    }
  }

  @Test
  void a_slow_store_holds_the_sender_back_and_loses_nothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch resumed = new CountDownLatch(1);
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      objects.fail(
          503,
          call -> {
            if (!call.startsWith("PUT") || call.contains("/begun")) {
              return false;
            }
            most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            asked.countDown();
            await(resumed);
            waiting.decrementAndGet();
            return false;
          });
      Future<Upload> uploading = threads.submit(this::uploaded);
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(uploading.isDone()).isFalse();
      resumed.countDown();
      commit(uploading.get(30, TimeUnit.SECONDS));
    }
    assertThat(most.get()).as("calls for one upload at once").isEqualTo(1);
    assertThat(read()).isEqualTo(bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
