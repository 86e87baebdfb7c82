/**
 * For: the machines that a cluster consists of.
 *
 * <p>Holds: registration and deregistration, draining, attributes, what the API shows of an
 * instance, and what its agent tells of its link and its health.
 *
 * <p>Doors: {@link dev.longshore.core.instance.InstanceRoom} for the wiring; {@link
 * dev.longshore.core.instance.ContainerInstances} finds the instance that a request means; {@link
 * dev.longshore.core.instance.ReportConnectivity} and {@link
 * dev.longshore.core.instance.ReportInstanceHealth} are the fleet's.
 *
 * <p>Threads: commands and reconcilers on the engine's thread, queries on any.
 */
@NullMarked
package dev.longshore.core.instance;

import org.jspecify.annotations.NullMarked;
