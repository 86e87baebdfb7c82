package dev.longshore.core.model;

import java.util.List;

/**
 * The policy of a repository, or of the registry.
 *
 * @param text as it was set
 * @param statements what the text says
 */
public record RepositoryPolicy(String text, List<Statement> statements) {
  /**
   * Allows or denies.
   *
   * @param deny whether it denies
   * @param principals account ids, ARNs of principals, or {@code *}
   * @param actions wildcards
   * @param resources wildcards for ARNs; none: whatever the policy stands on
   */
  public record Statement(
      boolean deny, List<String> principals, List<String> actions, List<String> resources) {}
}
