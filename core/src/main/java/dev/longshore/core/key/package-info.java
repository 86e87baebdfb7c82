/**
 * For: keys of the key management service, their aliases, and the actions on them.
 *
 * <p>Holds: symmetric keys, what they encrypt, and the reconciler that deletes those that are due
 * and makes the keys that services have for themselves. There are no other kinds of key.
 *
 * <p>Doors: {@link dev.longshore.core.key.KeyRoom} registers the actions.
 *
 * <p>Threads: commands on the engine's thread, queries on any; nothing is kept between calls. A
 * key's bytes are opened where they are used and stand in no row in the plain.
 */
@NullMarked
package dev.longshore.core.key;

import org.jspecify.annotations.NullMarked;
