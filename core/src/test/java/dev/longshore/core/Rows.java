package dev.longshore.core;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of other rooms, as plain as can be, for tests that only need them to be there. */
public final class Rows {
  private static final Instant WHEN = Harbour.OPENING;
  private static final String PREFIX = "arn:aws:ecs:us-east-1:123456789012:";

  private Rows() {}

  public static ContainerInstance instance(String cluster, String id, String status) {
    return new ContainerInstance(
        PREFIX + "container-instance/" + cluster + '/' + id,
        id,
        PREFIX + "cluster/" + cluster,
        null,
        status,
        null,
        true,
        WHEN,
        List.of(),
        List.of(),
        2048,
        4096,
        List.of(),
        List.of(),
        0,
        null,
        "EC2",
        WHEN,
        List.of(),
        List.of(),
        null,
        1);
  }

  public static Task task(String cluster, String id, String launchType, TaskStatus status) {
    return task(cluster, id, launchType, status, PREFIX + "task-definition/web:1", null);
  }

  public static Task task(
      String cluster,
      String id,
      String launchType,
      TaskStatus status,
      String taskDefinitionArn,
      @Nullable String capacityProvider) {
    return new Task(
        PREFIX + "task/" + cluster + '/' + id,
        id,
        PREFIX + "cluster/" + cluster,
        taskDefinitionArn,
        null,
        null,
        launchType,
        capacityProvider,
        null,
        "family:web",
        null,
        null,
        status,
        false,
        "UNKNOWN",
        256,
        512,
        List.of(),
        0,
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        TaskTimeline.createdAt(WHEN),
        null,
        null,
        1);
  }

  public static Service service(String cluster, String name, String status) {
    return service(cluster, name, status, dev.longshore.shapes.ecs.Service.builder().build());
  }

  public static Service service(
      String cluster, String name, String status, dev.longshore.shapes.ecs.Service specification) {
    return new Service(
        PREFIX + "service/" + cluster + '/' + name,
        name,
        PREFIX + "cluster/" + cluster,
        status,
        specification,
        0,
        List.of(
            Deployment.begun(
                "ecs-svc/1000000000000000001", PREFIX + "task-definition/web:1", WHEN)),
        0,
        null,
        List.of(),
        List.of(),
        WHEN,
        "arn:aws:iam::123456789012:root",
        null,
        null);
  }
}
