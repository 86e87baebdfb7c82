package dev.longshore.server.registry;

import dev.longshore.wire.signature.Credentials;
import java.net.URI;

/**
 * Another Longshore server that images may be copied to.
 *
 * @param region as rules name it
 * @param endpoint its address, without a path
 * @param keys of somebody who may push there
 */
public record ReplicationTarget(String region, URI endpoint, Credentials keys) {}
