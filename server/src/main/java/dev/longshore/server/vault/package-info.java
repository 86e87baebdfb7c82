/**
 * For: keeping what is secret sealed wherever rows go: in the log, in snapshots, on other peers.
 *
 * <p>Holds: envelopes of AES-GCM, and the keys that they are sealed under.
 *
 * <p>Doors: {@link dev.longshore.server.vault.SealingVault}, {@link
 * dev.longshore.server.vault.Keyring}.
 *
 * <p>Threads: any; nothing changes after construction.
 */
@NullMarked
package dev.longshore.server.vault;

import org.jspecify.annotations.NullMarked;
