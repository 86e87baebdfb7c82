/**
 * For: load balancers, their listeners and rules, and the targets that they send to.
 *
 * <p>Holds: one class per action of Elastic Load Balancing; the rules of what may be asked; what
 * keeps targets registered and drains them.
 *
 * <p>Doors: BalancingRoom; TaskTargets and RuleWeights, through which services use target groups;
 * the reports of the data plane.
 *
 * <p>Threads: commands and reconcilers run on the engine's thread, queries on any.
 */
@NullMarked
package dev.longshore.core.balancing;

import org.jspecify.annotations.NullMarked;
