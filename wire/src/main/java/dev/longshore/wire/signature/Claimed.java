package dev.longshore.wire.signature;

/** What reading the signature's parameters yields: a {@link Claim}, or the refusal. */
sealed interface Claimed permits Claim, Verification.Refused {}
