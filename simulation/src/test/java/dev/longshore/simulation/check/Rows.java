package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.Tables;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.PortMapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A small, sound control plane to break promises in, and what a checker says to that. */
final class Rows {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final String HERE = "arn:aws:ecs:us-east-1:123456789012:container-instance/default/here";
  static final String THERE = "arn:aws:ecs:us-east-1:123456789012:container-instance/default/there";
  static final String TASK = "arn:aws:ecs:us-east-1:123456789012:task/default/t1";
  private static final String CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/default";
  private static final String DEFINITION =
      "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1";

  /** One RUNNING task on the first of two instances of 1,024 CPU units. */
  static final State SOUND =
      edited(
          Tables.empty(),
          draft -> {
            draft.put(TaskDefinition.KIND, definition());
            draft.put(ContainerInstance.KIND, instance(HERE));
            draft.put(ContainerInstance.KIND, instance(THERE));
            draft.put(Task.KIND, task(TASK, HERE));
          });

  private Rows() {}

  static State edited(State state, Consumer<Draft> edit) {
    Draft draft = Draft.on(state);
    edit.accept(draft);
    return draft.state();
  }

  /** What the checker finds where the sound State is followed by an edited one. */
  static List<String> found(Checker checker, Consumer<Draft> edit) {
    List<String> found = new ArrayList<>();
    State after = edited(SOUND, edit);
    checker.committed(Tables.empty(), Difference.between(Tables.empty(), SOUND), SOUND, found::add);
    if (!found.isEmpty()) {
      throw new AssertionError("the sound State is found fault with: " + found);
    }
    checker.committed(SOUND, Difference.between(SOUND, after), after, found::add);
    return found;
  }

  static List<String> seen(Checker checker, State state, Sighting... running) {
    List<String> found = new ArrayList<>();
    checker.committed(Tables.empty(), Difference.between(Tables.empty(), state), state, found::add);
    checker.seen(state, List.of(running), found::add);
    return found;
  }

  static List<String> settled(Checker checker, State state, Sighting... running) {
    List<String> found = new ArrayList<>();
    checker.settled(state, List.of(running), found::add);
    return found;
  }

  static Sighting sighting(String machine, String instanceArn, String taskArn, String dockerId) {
    return new Sighting(machine, instanceArn, taskArn, "app", dockerId, List.of("tcp8080"));
  }

  static TaskDefinition definition() {
    return new TaskDefinition(
        DEFINITION,
        "web",
        1,
        TaskDefinition.ACTIVE,
        dev.longshore.shapes.ecs.TaskDefinition.builder()
            .containerDefinitions(
                List.of(
                    ContainerDefinition.builder()
                        .name("app")
                        .cpu(600)
                        .memory(512)
                        .portMappings(
                            List.of(PortMapping.builder().containerPort(80).hostPort(8080).build()))
                        .build()))
            .build(),
        List.of(),
        NOW,
        "root",
        null,
        null);
  }

  static ContainerInstance instance(String arn) {
    return new ContainerInstance(
        arn,
        arn.substring(arn.lastIndexOf('/') + 1),
        CLUSTER,
        null,
        ContainerInstance.ACTIVE,
        null,
        true,
        NOW,
        List.of(),
        List.of(),
        1024,
        1024,
        List.of(new HostPort("tcp", 22)),
        List.of("gpu0"),
        0,
        null,
        "EC2",
        NOW,
        List.of(),
        List.of(),
        null,
        1);
  }

  static Task task(String arn, @Nullable String instanceArn) {
    return task(arn, instanceArn, null, null, List.of());
  }

  static Task task(
      String arn,
      @Nullable String instanceArn,
      @Nullable String serviceArn,
      @Nullable String startedBy,
      List<String> gpus) {
    return new Task(
        arn,
        arn.substring(arn.lastIndexOf('/') + 1),
        CLUSTER,
        DEFINITION,
        instanceArn,
        null,
        "EC2",
        null,
        null,
        "family:web",
        startedBy,
        serviceArn,
        TaskStatus.RUNNING,
        false,
        "UNKNOWN",
        0,
        0,
        List.of(),
        0,
        List.of(container(gpus)),
        null,
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        TaskTimeline.createdAt(NOW).withStartedAt(NOW),
        null,
        null,
        1);
  }

  private static TaskContainer container(List<String> gpus) {
    return new TaskContainer(
        "arn:container",
        "app",
        "image",
        true,
        "RUNNING",
        null,
        null,
        null,
        null,
        "UNKNOWN",
        false,
        List.of(),
        600,
        512,
        null,
        gpus);
  }

  /** The task, stopped as it should be. */
  static Task stopped() {
    return task(TASK, HERE)
        .edit()
        .stopping()
        .lastStatus(TaskStatus.STOPPED)
        .stopCode("UserInitiated")
        .stoppedReason("Task stopped by user")
        .timeline(
            task(TASK, HERE)
                .timeline()
                .withStoppingAt(NOW.plusSeconds(1))
                .withStoppedAt(NOW.plusSeconds(2)))
        .build();
  }
}
