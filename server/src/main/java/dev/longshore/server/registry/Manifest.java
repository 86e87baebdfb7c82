package dev.longshore.server.registry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says.
 *
 * @param layers digests of configuration and layers that must be in the registry
 * @param children digests of an index's manifests
 */
record Manifest(
    String mediaType,
    @Nullable String artifactType,
    @Nullable String configType,
    @Nullable String subject,
    List<String> layers,
    List<String> children,
    Map<String, String> annotations) {}
