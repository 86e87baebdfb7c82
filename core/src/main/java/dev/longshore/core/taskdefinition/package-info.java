/**
 * For: task definitions, the recipes of tasks.
 *
 * <p>Holds: the actions on task definitions; the rules a definition must meet; what follows from a
 * definition (defaults, compatibilities, required attributes); the end of deleted revisions.
 *
 * <p>Doors: {@link dev.longshore.core.taskdefinition.TaskDefinitionRoom} registers the actions;
 * {@link dev.longshore.core.taskdefinition.TaskDefinitions} finds the revision that a request
 * means; {@link dev.longshore.core.taskdefinition.Roles} says what names a role.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.taskdefinition;

import org.jspecify.annotations.NullMarked;
