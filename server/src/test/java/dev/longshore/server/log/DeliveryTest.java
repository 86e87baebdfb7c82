package dev.longshore.server.log;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final int THREADS = 4;
  private static final int EACH = 20_000;

  private final Delivery delivery = new Delivery();
  private final List<String> delivered = new ArrayList<>();

  @Test
  void nothing_is_delivered_before_someone_asks_and_then_on_that_thread() throws Exception {
    Thread here = Thread.currentThread();
    List<Thread> on = new ArrayList<>();
    Thread other =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 200; i++) {
                delivery.entry(() -> on.add(Thread.currentThread()));
              }
            });

    assertThat(delivery.deliverUntil(() -> on.size() == 200, 30, SECONDS)).isTrue();
    other.join();

    assertThat(on).containsOnly(here);
    delivery.release();
    delivery.event(() -> delivered.add("later"));
    assertThat(delivered).containsExactly("later");
  }

  @Test
  void waiting_for_what_never_comes_ends() throws Exception {
    assertThat(delivery.deliverUntil(() -> false, 1, MILLISECONDS)).isFalse();
  }

  @Test
  void what_was_held_back_is_delivered_on_release() {
    delivery.event(() -> delivered.add("a"));
    delivery.event(() -> delivered.add("b"));
    assertThat(delivered).isEmpty();

    delivery.release();

    assertThat(delivered).containsExactly("a", "b");
  }

  @Test
  void what_a_delivery_brings_comes_after_it() {
    delivery.release();
    delivery.event(() -> {
      delivery.event(() -> delivered.add("inner"));
      assertThat(delivery.isDelivering()).isTrue();
      delivered.add("outer");
    });

    assertThat(delivered).containsExactly("outer", "inner");
    assertThat(delivery.isDelivering()).isFalse();
  }

  @Test
  void many_threads_deliver_one_at_a_time_and_each_in_its_own_order() throws Exception {
    delivery.release();
    int[] next = new int[THREADS];
    AtomicInteger inside = new AtomicInteger();
    List<String> wrong = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < EACH; i++) {
                  int number = i;
                  delivery.entry(() -> {
                    if (inside.incrementAndGet() != 1 || next[thread]++ != number) {
                      wrong.add(thread + ":" + number);
                    }
                    inside.decrementAndGet();
                  });
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    delivery.event(() -> delivered.add("end"));

    assertThat(delivered).containsExactly("end");
    assertThat(wrong).isEmpty();
    assertThat(next).containsOnly(EACH);
  }
}
