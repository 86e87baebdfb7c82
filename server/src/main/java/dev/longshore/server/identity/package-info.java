/**
 * For: who callers are besides root: sessions of the roles that tasks are given.
 *
 * <p>Holds: the temporary keys of role sessions, what their holders may do, STS.
 *
 * <p>Doors: {@link dev.longshore.server.identity.RoleSessions}, {@link
 * dev.longshore.server.identity.TokenService}.
 *
 * <p>Threads: keys are issued on the fleet's thread and looked up on event loops; nothing is kept.
 */
@NullMarked
package dev.longshore.server.identity;

import org.jspecify.annotations.NullMarked;
