package dev.longshore.bench.load;

import dev.longshore.bench.report.Latencies;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A number of calls from a number of connections, each of which makes its next call when the last
 * was answered.
 *
 * @param seconds from the first call to the last answer
 */
record Burst(Latencies latencies, double seconds) {
  double perSecond() {
    return latencies.count() / seconds;
  }

  /**
   * Makes the calls.
   *
   * @param call gives the call of each number from 0 on
   * @param answers is given the body of each answer, on many threads
   */
  static Burst run(
      URI endpoint, int connections, int calls, IntFunction<ApiCall> call, Consumer<String> answers)
      throws IOException, InterruptedException {
    long[] nanos = new long[calls];
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> one =
        () -> {
          try (Connection connection = new Connection(endpoint)) {
            for (int at = next.getAndIncrement(); at < calls; at = next.getAndIncrement()) {
              ApiCall made = call.apply(at);
              long start = System.nanoTime();
              String body = connection.call(made);
              nanos[at] = System.nanoTime() - start;
              answers.accept(body);
            }
          }
          return true;
        };
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int at = 0; at < connections; at++) {
        all.add(threads.submit(one));
      }
      for (Future<Boolean> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a call failed", e.getCause());
    }
    return new Burst(new Latencies(nanos), (System.nanoTime() - start) / 1e9);
  }
}
