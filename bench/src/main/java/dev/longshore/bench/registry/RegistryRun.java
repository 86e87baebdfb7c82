package dev.longshore.bench.registry;

import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Pushes to, and pulls from, two registries by turns. */
public final class RegistryRun {
  private static final String REPOSITORY = "bench";
  private static final int BLOB_MIB = 256;
  private static final int SMALL_MIB = 64;
  private static final int LAYERS = 4;
  private static final int PARALLEL = 64;
  private static final int HEADS = 4_000;
  private static final int PUSHES = 8;
  private static final int PUSH_MIB = 1024;
  private static final long LOOK_MILLIS = 20;

  /** Rounds that count for nothing: both contenders compile, or grow, what a push needs. */
  private static final int WARM_UPS = 2;

  /** More than any go takes of the kernel's memory for files. */
  private static final int SCRATCH_MIB = 320;

  private final Report report;
  private final int rounds;
  private final ByteBuffer noise = Blob.noise();
  private final List<Contender> contenders;
  private long number;

  private RegistryRun(Report report, int rounds, List<Contender> contenders) {
    this.report = report;
    this.rounds = rounds;
    this.contenders = contenders;
  }

  /** Runs it and adds the table. */
  public static void run(Report report, int rounds) throws IOException, InterruptedException {
    try (Contender longshore = new Longshore();
        Contender peer = new DockerRegistry()) {
      new RegistryRun(report, rounds, List.of(longshore, peer)).compare();
      report.line("");
    }
    try (Contender longshore = new Longshore()) {
      new RegistryRun(report, rounds, List.of(longshore)).memory(longshore);
    }
  }

  /** What sealing blobs on the disk costs: the same work with and without it. */
  public static void sealing(Report report, int rounds) throws IOException, InterruptedException {
    try (Contender sealed = new Longshore("--encrypt-images");
        Contender plain = new Longshore()) {
      var run = new RegistryRun(report, rounds, List.of(sealed, plain));
      report.line("| | sealed | plain | ratio | |");
      report.line("|---|---|---|---|---|");
      run.compareSealing();
    }
  }

  private void compareSealing() throws IOException, InterruptedException {
    for (Contender each : contenders) {
      each.create(REPOSITORY);
    }
    rates("PUT of a blob of 256 MiB", "", this::fresh, this::put);
    pushes("");
    Blob large = Blob.of(number++, BLOB_MIB);
    Blob small = Blob.of(number++, SMALL_MIB);
    for (Contender each : contenders) {
      push(each, large);
      push(each, small);
    }
    rates("GET of a blob of 256 MiB", "", () -> {}, each -> get(each, large));
    rates("64 GETs at once of a blob of 64 MiB", "", () -> {}, each -> gets(each, small));
    pulls();
  }

  /** The image that was pushed last, into a directory. */
  private void pulls() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("longshore-bench-pull");
    long size = (LAYERS * (long) SMALL_MIB) << 20;
    try {
      rates(
          "skopeo copy of that image to a directory",
          "",
          () -> empty(directory),
          each -> pull(each, directory, size));
    } finally {
      empty(directory);
      Files.delete(directory);
    }
  }

  private static long pull(Contender contender, Path directory, long size)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("skopeo", "copy", "--quiet"));
    words.addAll(List.of("--src-tls-verify=false", "--src-creds", contender.credentials()));
    String from = contender.endpoint().getAuthority() + '/' + REPOSITORY + ":v1";
    words.addAll(List.of("docker://" + from, "dir:" + directory.resolve(contender.name())));
    return ran(words, size);
  }

  private static long ran(List<String> words, long size) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("skopeo failed");
    }
    return size;
  }

  /** One go at something; answers bytes moved. */
  private interface Go {
    long run(Contender contender) throws IOException, InterruptedException;
  }

  private void compare() throws IOException, InterruptedException {
    for (Contender each : contenders) {
      each.create(REPOSITORY);
    }
    report.line("| | Longshore | docker-registry | ratio | goal |");
    report.line("|---|---|---|---|---|");
    rates("PUT of a blob of 256 MiB", "≥ 3", this::fresh, this::put);
    pushes("≥ 1.3");
    Blob large = Blob.of(number++, BLOB_MIB);
    Blob small = Blob.of(number++, SMALL_MIB);
    for (Contender each : contenders) {
      push(each, large);
      push(each, small);
    }
    rates("GET of a blob of 256 MiB", "≥ 1.0", () -> {}, each -> get(each, large));
    rates("64 GETs at once of a blob of 64 MiB", "≥ 1.1", () -> {}, each -> gets(each, small));
    heads();
  }

  /** Prepares a go that all contenders then make. */
  private interface Preparation {
    void prepare() throws IOException;
  }

  private Blob next = Blob.of(0, 16);

  private void fresh() {
    next = Blob.of(number++, BLOB_MIB);
  }

  private long put(Contender contender) throws IOException {
    push(contender, next);
    return next.length();
  }

  private void push(Contender contender, Blob blob) throws IOException {
    try (Line line = new Line(contender, noise.duplicate())) {
      line.push(REPOSITORY, blob);
    }
  }

  private static String path(Blob blob) {
    return "/v2/" + REPOSITORY + "/blobs/" + blob.digest();
  }

  private long get(Contender contender, Blob blob) throws IOException {
    try (Line line = new Line(contender, noise.duplicate())) {
      return line.get(path(blob));
    }
  }

  private long gets(Contender contender, Blob blob) throws IOException, InterruptedException {
    AtomicLong bytes = new AtomicLong();
    atOnce(PARALLEL, i -> bytes.addAndGet(get(contender, blob)));
    return bytes.get();
  }

  private interface Part {
    void run(int number) throws IOException;
  }

  private static void atOnce(int count, Part part) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int one = i;
        all.add(
            threads.submit(() -> {
              part.run(one);
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a transfer failed", e.getCause());
    }
  }

  private void rates(String what, String goal, Preparation preparation, Go go)
      throws IOException, InterruptedException {
    report.progress(what);
    double[][] rates = new double[contenders.size()][rounds];
    for (int round = -WARM_UPS; round < rounds; round++) {
      preparation.prepare();
      for (int turn = 0; turn < contenders.size(); turn++) {
        int one = Math.floorMod(turn + round, contenders.size());
        Scratch.use(SCRATCH_MIB);
        long start = System.nanoTime();
        long bytes = go.run(contenders.get(one));
        double rate = bytes * 1e3 / (System.nanoTime() - start);
        if (round >= 0) {
          rates[one][round] = rate;
        }
      }
    }
    Arrays.stream(rates).forEach(Arrays::sort);
    double ratio = rates[0][rounds / 2] / rates[1][rounds / 2];
    row(what, shown(rates[0]), shown(rates[1]), ratio, goal);
  }

  /** The median, and the least and the most. */
  private static String shown(double[] sorted) {
    return String.format(
        Locale.ROOT,
        "**%.0f** MB/s (%.0f to %.0f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private void row(String what, String ours, String theirs, double ratio, String goal) {
    report.line(
        String.format(
            Locale.ROOT, "| %s | %s | %s | %.2f | %s |", what, ours, theirs, ratio, goal));
  }

  private void pushes(String goal) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("longshore-bench-image");
    try {
      long[] size = {0};
      rates(
          "skopeo copy of 4 layers of 64 MiB",
          goal,
          () -> {
            empty(directory);
            size[0] = new Layout(directory).write(number++, LAYERS, SMALL_MIB);
          },
          each -> skopeo(each, directory, size[0]));
    } finally {
      empty(directory);
      Files.delete(directory);
    }
  }

  private static long skopeo(Contender contender, Path image, long size)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("skopeo", "copy", "--quiet", "--dest-tls-verify=false"));
    if (!contender.credentials().isEmpty()) {
      words.addAll(List.of("--dest-creds", contender.credentials()));
    }
    String to = contender.endpoint().getAuthority() + '/' + REPOSITORY + ":v1";
    words.addAll(List.of("oci:" + image, "docker://" + to));
    return ran(words, size);
  }

  private static void empty(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        if (!file.equals(directory)) {
          Files.delete(file);
        }
      }
    }
  }

  private void heads() throws IOException {
    String path = "/v2/" + REPOSITORY + "/manifests/v1";
    double[] median = new double[contenders.size()];
    List<Line> lines = new ArrayList<>();
    for (Contender each : contenders) {
      lines.add(new Line(each, noise.duplicate()));
    }
    for (int round = -1; round < 1; round++) {
      for (int one = 0; one < contenders.size(); one++) {
        long[] nanos = new long[HEADS];
        for (int i = 0; i < HEADS; i++) {
          long start = System.nanoTime();
          lines.get(one).head(path);
          nanos[i] = System.nanoTime() - start;
        }
        median[one] = new Latencies(nanos).millis(50);
      }
    }
    for (Line line : lines) {
      line.close();
    }
    String format = "%.3f ms";
    row(
        "HEAD of a manifest, p50",
        format.formatted(median[0]),
        format.formatted(median[1]),
        median[0] / median[1],
        "≤ 0.33");
  }

  /** How much memory pushing takes, above what the idle process has. */
  private void memory(Contender contender) throws IOException, InterruptedException {
    report.progress("memory");
    contender.create(REPOSITORY);
    List<Blob> blobs = new ArrayList<>();
    for (int i = 0; i < PUSHES; i++) {
      blobs.add(Blob.of(number++, PUSH_MIB));
    }
    long idle = contender.residentMiB();
    AtomicLong most = new AtomicLong(idle);
    CountDownLatch over = new CountDownLatch(1);
    Thread watch = Thread.ofPlatform().start(() -> watch(contender, most, over));
    long start = System.nanoTime();
    atOnce(PUSHES, i -> push(contender, blobs.get(i)));
    double seconds = (System.nanoTime() - start) / 1e9;
    over.countDown();
    watch.join();
    report.line(
        String.format(
            Locale.ROOT,
            "Eight pushes of 1 GiB at once took %.0f s (%.0f MB/s); the process had %d MiB resident"
                + " when idle and at most %d MiB meanwhile: %d MiB more (goal: ≤ 128).",
            seconds,
            PUSHES * (double) blobs.getFirst().length() / 1e6 / seconds,
            idle,
            most.get(),
            most.get() - idle));
  }

  private static void watch(Contender contender, AtomicLong most, CountDownLatch over) {
    try {
      while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        most.accumulateAndGet(contender.residentMiB(), Math::max);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the memory could not be watched", e);
    }
  }
}
