package dev.longshore.core.model;

import java.util.List;

/**
 * One rule of a lifecycle policy: which images expire.
 *
 * @param priority lower ones come first
 * @param tagStatus {@code tagged}, {@code untagged} or {@code any}
 * @param patterns wildcards, all of which some tag of an image must match
 * @param prefixes beginnings, all of which some tag of an image must have
 * @param countType {@code imageCountMoreThan}, {@code sinceImagePushed} or {@code sinceImagePulled}
 * @param countNumber images to keep, or days
 */
public record LifecycleRule(
    int priority,
    String tagStatus,
    List<String> patterns,
    List<String> prefixes,
    String countType,
    int countNumber) {}
