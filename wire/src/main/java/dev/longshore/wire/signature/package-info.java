/**
 * For: AWS Signature Version 4, both ends of it.
 *
 * <p>Holds: signing and presigning, verification with AWS's order of checks and texts, the cache of
 * signing keys. Knows no protocol: each maps the reasons of refusal to its own codes.
 *
 * <p>Doors: Signer, Verifier, Verification, ChunkedBody, BadChunkException, SignableRequest,
 * Credentials, CredentialsLookup.
 *
 * <p>Threads: any; everything is immutable but for the cache, which is lock-free.
 */
@NullMarked
package dev.longshore.wire.signature;

import org.jspecify.annotations.NullMarked;
