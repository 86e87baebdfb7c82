package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;

/**
 * Where a task goes.
 *
 * @param share what it holds there from now on
 */
public record Choice(ContainerInstance instance, InstanceUsage share) {}
