/**
 * For: the tags that users put on clusters, services, tasks and the like.
 *
 * <p>Holds: the rules for tags and the three actions on them; the rows themselves hold their tags.
 *
 * <p>Doors: {@link dev.longshore.core.tag.TagRoom} registers the actions; {@link
 * dev.longshore.core.tag.Tags} checks and joins tags for whoever creates something.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls.
 */
@NullMarked
package dev.longshore.core.tag;

import org.jspecify.annotations.NullMarked;
