package dev.longshore.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a user, a group or a role.
 *
 * @param attached ARNs of managed policies, in the order in which they were attached
 * @param inline documents by name
 * @param boundary ARN of the managed policy that is the most they can be allowed; null: none
 */
public record Grants(List<String> attached, Map<String, String> inline, @Nullable String boundary) {
  /** No policies. */
  public static final Grants NONE = new Grants(List.of(), Collections.emptyMap(), null);

  public Grants withAttached(String policyArn) {
    List<String> more = new ArrayList<>(attached);
    more.add(policyArn);
    return new Grants(more, inline, boundary);
  }

  public Grants withoutAttached(String policyArn) {
    List<String> less = new ArrayList<>(attached);
    less.remove(policyArn);
    return new Grants(less, inline, boundary);
  }

  public Grants withInline(String name, String document) {
    Map<String, String> more = new TreeMap<>(inline);
    more.put(name, document);
    return new Grants(attached, more, boundary);
  }

  public Grants withoutInline(String name) {
    Map<String, String> less = new TreeMap<>(inline);
    less.remove(name);
    return new Grants(attached, less, boundary);
  }

  public Grants withBoundary(@Nullable String policyArn) {
    return new Grants(attached, inline, policyArn);
  }
}
