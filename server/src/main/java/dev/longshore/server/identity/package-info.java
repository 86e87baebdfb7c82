/**
 * For: who callers are, and what they may do.
 *
 * <p>Holds: temporary keys and who holds which key, the policies that count for a caller, the keys
 * of conditions that every call has, STS, the reader of certificates.
 *
 * <p>Doors: {@link dev.longshore.server.identity.RoleSessions}, {@link
 * dev.longshore.server.identity.TokenService}, {@link dev.longshore.server.identity.KeyHolders},
 * {@link dev.longshore.server.identity.KeyUses}, {@link
 * dev.longshore.server.identity.InstanceSessions}, {@link
 * dev.longshore.server.identity.PolicyPermissions}, {@link
 * dev.longshore.server.identity.PemCertificates}.
 *
 * <p>Threads: keys are issued on the fleet's thread; callers are looked up on event loops; changes
 * are told by the log's thread. What is remembered can be forgotten at any time.
 */
@NullMarked
package dev.longshore.server.identity;

import org.jspecify.annotations.NullMarked;
