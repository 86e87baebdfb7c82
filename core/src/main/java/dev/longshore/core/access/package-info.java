/**
 * For: what callers of ECS and ECR need to be allowed, call by call.
 *
 * <p>Holds: the resources of each action, and the condition keys that its request gives a value.
 *
 * <p>Doors: EcsNeeds.
 *
 * <p>Threads: any; asked before each call, so it reads rows and nothing else.
 */
@NullMarked
package dev.longshore.core.access;

import org.jspecify.annotations.NullMarked;
