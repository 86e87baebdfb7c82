package dev.longshore.core.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An event of {@code aws.ecs}, but for id, account and region, which whoever carries it adds.
 *
 * @param detailType for example {@code ECS Task State Change}
 * @param resources one ARN: of the task, the container instance or the service
 * @param time shown in whole seconds
 * @param detail by member: texts, whole numbers, truth values, lists and maps of such; times are
 *     texts already
 */
public record EcsEvent(
    String detailType, List<String> resources, Instant time, Map<String, Object> detail) {
  public static final String TASK = "ECS Task State Change";
  public static final String CONTAINER_INSTANCE = "ECS Container Instance State Change";
  public static final String SERVICE_ACTION = "ECS Service Action";
  public static final String DEPLOYMENT = "ECS Deployment State Change";
}
