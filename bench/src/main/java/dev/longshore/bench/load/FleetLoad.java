package dev.longshore.bench.load;

import dev.longshore.bench.report.Report;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills a simulated fleet with tasks through the public, signed API, then asks about them: how many
 * tasks a second become RUNNING, and how long calls take.
 */
public final class FleetLoad {
  private static final Pattern TASK = Pattern.compile("\"taskArn\":\"([^\"]*)\"");
  private static final Pattern RUNNING = Pattern.compile("\"runningTasksCount\":(\\d+)");
  private static final int COPIES = 10;
  private static final int SINGLE_CALLS = 30_000;
  private static final int QUESTIONS = 20_000;
  private static final int FEW_QUESTIONS = 2_000;

  private final Report report;
  private final ServerProcess server;
  private final int connections;
  private final ConcurrentLinkedQueue<String> tasks = new ConcurrentLinkedQueue<>();
  private final Signer signer;

  private FleetLoad(Report report, ServerProcess server, int connections) {
    this.report = report;
    this.server = server;
    this.connections = connections;
    this.signer = new Signer(server.rootKeys(), "us-east-1", "ecs");
  }

  /**
   * Runs it and adds the table.
   *
   * @param instances simulated container instances
   * @param tasks how many tasks are to run at once before single calls are measured
   */
  public static void run(Report report, int instances, int tasks, int connections)
      throws IOException, InterruptedException {
    report.line("| what | rate | times or memory |");
    report.line("|---|---|---|");
    try (ServerProcess server = new ServerProcess(0, instances)) {
      new FleetLoad(report, server, connections).run(instances, tasks);
    }
  }

  private void run(int instances, int count) throws IOException, InterruptedException {
    row("idle, " + instances + " container instances", "", memory());
    try (Connection connection = new Connection(server.endpoint())) {
      connection.call(
          call(
              "RegisterTaskDefinition",
              "{\"family\":\"load\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":"
                  + "\"load\",\"cpu\":10,\"memory\":16,\"essential\":true}]}"));
      fill("RunTask, 10 copies", "{\"taskDefinition\":\"load\",\"count\":10}", COPIES, count);
      awaitRunning(connection, count);
    }
    row("after a full collection", "", memory());
    fill("RunTask, 1 copy", "{\"taskDefinition\":\"load\"}", 1, SINGLE_CALLS);
    fill(
        "RunTask, 10 copies, spread over zones, then instances",
        "{\"taskDefinition\":\"load\",\"count\":10,\"placementStrategy\":[{\"type\":\"spread\","
            + "\"field\":\"attribute:ecs.availability-zone\"},{\"type\":\"spread\",\"field\":"
            + "\"instanceId\"}]}",
        COPIES,
        COPIES * FEW_QUESTIONS);
    describe("DescribeTasks, 1 task, 1 connection", 1, 1, QUESTIONS);
    describe("DescribeTasks, 1 task", 1, connections, QUESTIONS);
    describe("DescribeTasks, 100 tasks, 1 connection", 100, 1, FEW_QUESTIONS);
    row("at the end", "", memory() + ", log " + server.logMiB() + " MiB");
  }

  private ApiCall call(String operation, String json) {
    return ApiCall.of(server.endpoint(), signer, operation, json);
  }

  private void fill(String what, String request, int copies, int count)
      throws IOException, InterruptedException {
    ApiCall call = call("RunTask", request);
    AtomicInteger started = new AtomicInteger();
    Burst burst =
        Burst.run(
            server.endpoint(),
            connections,
            count / copies,
            number -> call,
            answer -> started.addAndGet(keep(answer)));
    if (started.get() != count) {
      throw new IOException("asked for " + count + " tasks and got " + started);
    }
    row(
        what + ", " + connections + " connections",
        String.format(
            Locale.ROOT, "%.0f calls/s, %.0f tasks/s", burst.perSecond(), count / burst.seconds()),
        burst.latencies().toString());
  }

  private int keep(String answer) {
    int found = 0;
    Matcher matcher = TASK.matcher(answer);
    String last = "";
    while (matcher.find()) {
      // A task's ARN stands in each of its containers, too.
      if (!matcher.group(1).equals(last)) {
        last = matcher.group(1);
        found++;
      }
    }
    tasks.add(last);
    return found;
  }

  private void awaitRunning(Connection connection, int count) throws IOException {
    long start = System.nanoTime();
    ApiCall question = call("DescribeClusters", "{}");
    int running = 0;
    while (running < count) {
      Matcher matcher = RUNNING.matcher(connection.call(question));
      running = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
    row(
        "until " + count + " tasks are RUNNING, after the last answer",
        String.format(Locale.ROOT, "%.0f ms", (System.nanoTime() - start) / 1e6),
        "");
  }

  private void describe(String what, int each, int from, int count)
      throws IOException, InterruptedException {
    Iterator<String> arns = tasks.iterator();
    List<ApiCall> calls =
        java.util.stream.IntStream.range(0, Math.min(count, tasks.size() / each))
            .mapToObj(number -> question(arns, each))
            .toList();
    Burst burst =
        Burst.run(server.endpoint(), from, count, at -> calls.get(at % calls.size()), answer -> {});
    row(
        what,
        String.format(Locale.ROOT, "%.0f calls/s", burst.perSecond()),
        burst.latencies().toString());
  }

  private ApiCall question(Iterator<String> arns, int each) {
    StringBuilder request = new StringBuilder("{\"tasks\":[");
    for (int at = 0; at < each; at++) {
      request.append(at == 0 ? "\"" : ",\"").append(arns.next()).append('"');
    }
    return call("DescribeTasks", request.append("]}").toString());
  }

  private String memory() throws IOException {
    long heap = server.heapMiB();
    return "heap " + heap + " MiB, resident " + server.residentMiB() + " MiB";
  }

  private void row(String what, String rate, String more) {
    report.line("| " + what + " | " + rate + " | " + more + " |");
  }
}
