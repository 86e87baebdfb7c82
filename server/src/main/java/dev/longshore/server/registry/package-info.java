/**
 * For: the registry as Docker and its kin speak to it (OCI distribution 1.1), and those actions of
 * Amazon ECR that need the bytes of layers and manifests.
 *
 * <p>Holds: the endpoints under {@code /v2/}, tokens, the reader of manifests, the collector of
 * what nobody wants any more. Rows are changed by core's commands, bytes are kept by server.blob.
 *
 * <p>Doors: {@link dev.longshore.server.registry.Registry}, {@link
 * dev.longshore.server.registry.DistributionRoute}, {@link
 * dev.longshore.server.registry.EcrEndpoint}, {@link dev.longshore.server.registry.Collector},
 * {@link dev.longshore.server.registry.RegistryTokens}, {@link
 * dev.longshore.server.registry.ImageScanner}.
 *
 * <p>Threads: a virtual thread per request, which may block; the collector has one of its own.
 */
@NullMarked
package dev.longshore.server.registry;

import org.jspecify.annotations.NullMarked;
