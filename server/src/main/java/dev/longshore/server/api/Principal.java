package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.wire.signature.Credentials;

/** A key pair and whom it stands for. */
public record Principal(Credentials credentials, Caller caller) {}
