package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest to be taken into a repository, as its reader understood it.
 *
 * @param registry the registry's id where the request names one
 * @param tags to point at it; may be empty
 * @param novel whether it is an error that the same image is there under the same tag
 * @param layers digests of configuration and layers that the registry must have
 * @param sparse whether images that an index lists may be missing
 * @param copied whether it comes from another registry, and so is not copied on
 */
public record PushedImage(
    @Nullable String registry,
    String repository,
    String digest,
    List<String> tags,
    boolean novel,
    boolean sparse,
    boolean copied,
    String mediaType,
    @Nullable String artifactType,
    @Nullable String configType,
    long manifestSize,
    @Nullable String subject,
    List<String> layers,
    List<String> children,
    Map<String, String> annotations) {
  StoredImage row(long size, List<String> ownLayers, List<String> ownChildren, Instant now) {
    return new StoredImage(
        repository,
        digest,
        mediaType,
        artifactType,
        configType,
        manifestSize,
        size,
        now,
        null,
        subject,
        ownLayers,
        ownChildren,
        annotations);
  }
}
