package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand lives, or as many as {@code -Dlongshore.seeds=} says; each on one thread, as many at
 * once as there are processors.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("longshore.seed", 1);
  private static final long COUNT = Long.getLong("longshore.seeds", 1_000);

  @Test
  void whatever_befalls_the_system_every_promise_is_kept() throws Exception {
    AtomicLong next = new AtomicLong(FIRST);
    int processors = Runtime.getRuntime().availableProcessors();
    List<Simulation.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      List<Future<List<Simulation.Outcome>>> parts = new ArrayList<>();
      for (int at = 0; at < processors; at++) {
        parts.add(threads.submit(lives(next)));
      }
      for (Future<List<Simulation.Outcome>> part : parts) {
        outcomes.addAll(part.get());
      }
    } catch (ExecutionException e) {
      // The failure itself says which seed it was and how to replay it.
      throw e.getCause() instanceof SimulationFailure failure ? failure : e;
    }
    assertThat(outcomes).hasSize((int) COUNT);
    // Lives in which nothing happens would keep every promise, too.
    assertThat(sum(outcomes.stream().mapToLong(Simulation.Outcome::commits)))
        .isGreaterThan(100 * COUNT);
    assertThat(sum(outcomes.stream().mapToLong(Simulation.Outcome::containersStarted)))
        .isGreaterThan(20 * COUNT);
  }

  private static long sum(LongStream numbers) {
    return numbers.sum();
  }

  private static Callable<List<Simulation.Outcome>> lives(AtomicLong next) {
    return () -> {
      List<Simulation.Outcome> outcomes = new ArrayList<>();
      for (long seed = next.getAndIncrement();
          seed < FIRST + COUNT;
          seed = next.getAndIncrement()) {
        outcomes.add(Simulation.run(seed, null));
      }
      return outcomes;
    };
  }

  @Test
  void a_seed_repeats_every_moment_of_a_life() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    assertThat(Simulation.run(7, first::add)).isEqualTo(Simulation.run(7, second::add));
    assertThat(first).hasSizeGreaterThan(500);
    assertThat(second).isEqualTo(first);
    assertThat(Simulation.run(7, null)).isEqualTo(Simulation.run(7, null));
  }
}
