package dev.longshore.core.placement.language;

import java.util.List;
import java.util.stream.IntStream;

/** Expressions, with the numbers of the instances of {@link Machine#EXAMPLES} that they mean. */
public final class Examples {
  /** An expression and the numbers of the instances that it means, counted from 1. */
  public record Example(String expression, List<Integer> instances) {}

  public static final List<Example> ALL =
      List.of(
          example("attribute:ecs.instance-type == t2.small", 1),
          example("attribute:ecs.instance-type equals t2.small", 1),
          example("attribute:ecs.instance-type != t2.small", 2, 3, 4),
          example("attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", 1, 2, 4),
          example("attribute:ecs.availability-zone !in [us-east-1a, us-east-1b]", 3),
          example("attribute:ecs.availability-zone not_in [us-east-1d]", 1, 2, 4),
          example(
              "attribute:ecs.instance-type =~ g2.*"
                  + " and attribute:ecs.availability-zone != us-east-1d",
              2),
          example("attribute:ecs.instance-type =~ g2.*", 2, 3),
          example("attribute:ecs.instance-type !~ g2.*", 1, 4),
          example("attribute:ecs.instance-type matches m6g\\..*", 4),
          example("task:group == service:production", 2),
          example("not(task:group == database)", 1, 2),
          example("!(task:group == database)", 1, 2),
          example("task:group == database", 3, 4),
          example("runningTasksCount == 1", 2),
          example("runningTasksCount < 1", 1),
          example("runningTasksCount >= 2", 3, 4),
          example("runningTasksCount greater_than 1 and agentConnected == true", 4),
          example("agentVersion < 1.14.5", 1, 4),
          example("agentVersion >= 1.14.5", 2, 3),
          example("agentVersion == 1.9.0", 4),
          example("registeredAt < 2018-02-13", 1),
          example("registeredAt >= 2018-02-13", 2, 3, 4),
          example("registeredAt == 2018-06-18T22:28:28+00:00", 3),
          example("registeredAt > 2018-06-18T22:28:28", 4),
          example("ec2InstanceId in ['i-aaa1', 'i-ddd4']", 1, 4),
          example("ec2InstanceId =~ i-[ab].*", 1, 2),
          example("agentConnected == false", 3),
          example("agentConnected != false", 1, 2, 4),
          example("attribute:stack exists", 1, 2, 4),
          example("attribute:stack !exists", 3),
          example("attribute:stack not_exists", 3),
          example("attribute:stack == prod", 1, 4),
          example("attribute:stack != prod", 2),
          example("not(attribute:stack == prod)", 2, 3),
          example(
              "(attribute:stack == prod or attribute:disk == ssd)"
                  + " and attribute:ecs.cpu-architecture == x86_64",
              1,
              2),
          example(
              "attribute:stack == prod or attribute:disk == ssd"
                  + " and attribute:ecs.cpu-architecture == arm64",
              1,
              4),
          example("attribute:rack == r/1", 4),
          example("attribute:stack == prod && !(attribute:ecs.instance-type == t2.small)", 4),
          example("attribute:ecs.os-family == LINUX", 1, 2, 3, 4));

  private Examples() {}

  private static Example example(String expression, int... instances) {
    return new Example(expression, IntStream.of(instances).boxed().toList());
  }
}
