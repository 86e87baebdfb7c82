package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traffic that goes from one group to another, whose targets come and go in the same breath. */
@Timeout(60)
class MovingTest {
  private static final int MOVES = 300;
  private static final int CLIENTS = 4;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "TCP"})
  void nobody_is_refused_while_all_targets_of_a_group_give_way_to_anothers(Protocol protocol)
      throws Exception {
    try (Backend blue = Backend.saying("blue");
        Backend green = Backend.saying("green");
        Scene scene = new Scene().protocol(protocol)) {
      move(scene, green, blue);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofVirtual().start(() -> ask(scene)));
      }
      for (int i = 0; i < MOVES; i++) {
        move(scene, blue, green);
        move(scene, green, blue);
      }
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(faults).isEmpty();
    assertThat(answered.get()).isGreaterThan(CLIENTS);
  }

  /** All traffic goes to the second's group now, and the first drains. */
  private static void move(Scene scene, Backend from, Backend to) {
    group(scene, from, Target.State.DRAINING);
    group(scene, to, Target.State.REGISTERED);
    scene.to(name(to)).apply();
  }

  private static void group(Scene scene, Backend backend, Target.State state) {
    String here = "127.0.0.1";
    List<Target> targets = List.of(new Target(here, here, backend.port(), state));
    scene.group(
        TargetGroup.http(name(backend), "targetgroup/" + name(backend) + "/1", targets)
            .withHealthCheck(HealthCheck.none()));
  }

  private static String name(Backend backend) {
    return "of-" + backend.port();
  }

  private void ask(Scene scene) {
    while (!over.get()) {
      try {
        Wire.Answer answer = scene.ask(Wire.get("/"));
        if (answer.status() == 200) {
          answered.incrementAndGet();
        } else {
          faults.add(answer.toString());
        }
      } catch (IOException e) {
        faults.add(e.toString());
      }
    }
  }
}
