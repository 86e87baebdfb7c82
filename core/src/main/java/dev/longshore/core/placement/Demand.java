package dev.longshore.core.placement;

import dev.longshore.core.model.HostPort;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.Attribute;
import java.util.List;

/**
 * What one task asks of the container instance it goes to.
 *
 * @param launchType only instances of this launch type are looked at
 * @param cpu CPU units
 * @param memory MiB
 * @param ports static host ports
 * @param gpus how many
 * @param networkInterfaces 1 where the task has one of its own, else 0
 * @param attributes must be there by name, and with the value where one is given
 * @param memberOf the instance must be one of those that each expression means
 * @param distinctInstance whether another task of its group on the instance is an obstacle
 * @param preferences in the order of their weight; none: any instance is as good as another
 */
public record Demand(
    String launchType,
    int cpu,
    int memory,
    List<HostPort> ports,
    int gpus,
    int networkInterfaces,
    List<Attribute> attributes,
    List<Expression> memberOf,
    boolean distinctInstance,
    List<Preference> preferences) {}
