package dev.longshore.core.model;

/**
 * The policy of a repository, or of the registry.
 *
 * @param text as it was set
 */
public record RepositoryPolicy(String text) {}
