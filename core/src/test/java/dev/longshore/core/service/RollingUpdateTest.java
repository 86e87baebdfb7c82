package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdateTest {
  /** What the service did in each round, the agents having done all they were told between. */
  private static List<String> course(int desired, int minimum, int maximum) {
    Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
    String first = quay.definition("app");
    quay.create(first, desired, minimum, maximum);
    quay.settle();
    String second = quay.definition("app");
    HealthyBounds bounds = HealthyBounds.of(desired, minimum, maximum);
    List<String> course = new ArrayList<>();
    Set<String> started = new LinkedHashSet<>();
    Set<String> stopped = new LinkedHashSet<>();
    quay.update(request -> request.taskDefinition(second));
    for (int round = 0; round < 50; round++) {
      String step = step(quay, second, started, stopped);
      assertThat(quay.live().size()).isLessThanOrEqualTo(bounds.most());
      assertThat(healthy(quay)).isGreaterThanOrEqualTo(bounds.least());
      if (step.isEmpty()) {
        return course;
      }
      course.add(step);
      quay.act();
    }
    throw new AssertionError("The deployment does not end: " + course);
  }

  private static String step(
      Quay quay, String definition, Set<String> started, Set<String> stopped) {
    int starts = 0;
    for (Task task : quay.wanted(definition)) {
      starts += started.add(task.arn()) ? 1 : 0;
    }
    int stops = 0;
    for (Task task : quay.stopping()) {
      stops += stopped.add(task.arn()) ? 1 : 0;
    }
    return ((starts > 0 ? "start " + starts : "") + (stops > 0 ? " stop " + stops : "")).strip();
  }

  private static long healthy(Quay quay) {
    return quay.live().stream()
        .filter(task -> task.isWanted() && task.lastStatus() == TaskStatus.RUNNING)
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    "4,  100, 200, start 4|stop 4",
    "4,  50,  100, stop 2|start 2|stop 2|start 2",
    "4,  50,  150, start 2 stop 2|start 2 stop 2",
    "3,  50,  100, stop 1|start 1|stop 1|start 1|stop 1|start 1",
    "3,  100, 150, start 1|stop 1|start 1|stop 1|start 1|stop 1",
    "1,  0,   100, stop 1|start 1",
    "1,  100, 200, start 1|stop 1",
    "7,  60,  130, start 2 stop 2|start 2 stop 2|start 2 stop 2|start 1 stop 1",
    "10, 100, 110, start 1|stop 1|start 1|stop 1|start 1|stop 1|start 1|stop 1|start 1|stop 1"
        + "|start 1|stop 1|start 1|stop 1|start 1|stop 1|start 1|stop 1|start 1|stop 1",
    "2,  100, 125, ''",
    "1,  50,  100, ''",
    "0,  100, 200, ''",
  })
  void an_update_takes_its_course(int desired, int minimum, int maximum, String steps) {
    List<String> expected = steps.isEmpty() ? List.of() : List.of(steps.split("\\|"));
    assertThat(course(desired, minimum, maximum)).isEqualTo(expected);
  }
}
