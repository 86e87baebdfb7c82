package dev.longshore.bench.load;

import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Thousands of services on a simulated fleet: what they cost while nothing happens, and how fast
 * the tasks of a lost instance are replaced.
 */
public final class ServicesRun {
  private static final int CONNECTIONS = 16;
  private static final Duration CALM = Duration.ofSeconds(15);
  private static final Duration WATCHED = Duration.ofSeconds(30);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
  private static final long LOOK_NANOS = 2_000_000;

  private final Report report;
  private final ServerProcess server;
  private final Connection connection;
  private final Signer signer;
  private final int tasks;

  private ServicesRun(Report report, ServerProcess server, Connection connection, int tasks) {
    this.report = report;
    this.server = server;
    this.connection = connection;
    this.tasks = tasks;
    this.signer = new Signer(server.rootKeys(), "us-east-1", "ecs");
  }

  /**
   * Runs it and adds the table.
   *
   * @param instances simulated container instances
   * @param each how many tasks each service has
   * @param losses how many instances are lost, one after the other
   */
  public static void run(Report report, int instances, int services, int each, int losses)
      throws IOException, InterruptedException {
    report.line("| what | |");
    report.line("|---|---|");
    try (ServerProcess server = new ServerProcess(0, instances);
        Connection connection = new Connection(server.endpoint())) {
      ServicesRun run = new ServicesRun(report, server, connection, services * each);
      run.fill(services, each);
      run.watchCalm();
      run.lose(losses);
      run.watchCalm();
    }
  }

  private void fill(int services, int each) throws IOException, InterruptedException {
    connection.call(
        call(
            "RegisterTaskDefinition",
            "{\"family\":\"load\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":"
                + "\"load\",\"cpu\":10,\"memory\":16,\"essential\":true}]}"));
    Burst burst =
        Burst.run(
            server.endpoint(),
            CONNECTIONS,
            services,
            number ->
                call(
                    "CreateService",
                    "{\"serviceName\":\"s"
                        + number
                        + "\",\"taskDefinition\":\"load\",\"desiredCount\":"
                        + each
                        + ",\"placementStrategy\":[{\"type\":\"spread\",\"field\":"
                        + "\"instanceId\"}]}"),
            answer -> {});
    row(
        String.format(Locale.ROOT, "CreateService of %,d services of %d tasks", services, each),
        String.format(Locale.ROOT, "%,.0f calls/s, %s", burst.perSecond(), burst.latencies()));
    double seconds = awaitRunning();
    row(
        String.format(Locale.ROOT, "until %,d tasks are RUNNING, after the last answer", tasks),
        String.format(Locale.ROOT, "%.0f ms", seconds * 1e3));
  }

  private ApiCall call(String operation, String json) {
    return ApiCall.of(server.endpoint(), signer, operation, json);
  }

  private Json ask(String operation, Members request) throws IOException {
    return Json.parse(connection.call(call(operation, request.json().write())));
  }

  /** Waits until all tasks run, and tells the seconds that took. */
  private double awaitRunning() throws IOException {
    long start = System.nanoTime();
    ApiCall question = call("DescribeClusters", "{}");
    while (running(question) != tasks) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException("of " + tasks + " tasks run " + running(question));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private long running(ApiCall question) throws IOException {
    Json clusters = Json.parse(connection.call(question)).at("clusters");
    return clusters.elements().getFirst().at("runningTasksCount").number();
  }

  private void watchCalm() throws IOException {
    pass(CALM);
    Duration before = server.processorTime();
    long start = System.nanoTime();
    pass(WATCHED);
    double seconds = (System.nanoTime() - start) / 1e9;
    double used = server.processorTime().minus(before).toNanos() / 1e9;
    row(
        String.format(Locale.ROOT, "nothing happens for %.0f s", seconds),
        String.format(
            Locale.ROOT,
            "**%.2f %%** of a core; resident %d MiB",
            100 * used / seconds,
            server.residentMiB()));
  }

  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void lose(int losses) throws IOException {
    List<String> arns =
        ask("ListContainerInstances", new Members().put("maxResults", losses))
            .at("containerInstanceArns")
            .texts();
    long[] nanos = new long[arns.size()];
    long lost = 0;
    for (int at = 0; at < nanos.length; at++) {
      Members request = new Members().put("containerInstance", arns.get(at)).put("force", true);
      ApiCall deregister = call("DeregisterContainerInstance", request.json().write());
      Json described =
          ask(
              "DescribeContainerInstances",
              new Members().put("containerInstances", List.of(arns.get(at))));
      lost +=
          described.at("containerInstances").elements().getFirst().at("runningTasksCount").number();
      long start = System.nanoTime();
      connection.call(deregister);
      awaitRunning();
      nanos[at] = System.nanoTime() - start;
    }
    row(
        String.format(
            Locale.ROOT,
            "an instance is lost (%d of them, with %d tasks in all) → all tasks RUNNING again",
            nanos.length,
            lost),
        new Latencies(nanos).toString());
  }

  private void row(String what, String value) {
    report.line("| " + what + " | " + value + " |");
  }
}
