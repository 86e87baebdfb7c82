package dev.longshore.core.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller must be allowed to do before a call is carried out: one action on one resource.
 *
 * @param action as policies name it, for example {@code ecs:RunTask}
 * @param resource an ARN, or {@code *} where the action is on no resource that can be named
 * @param keys condition keys that this call gives a value, their names in lower case; those that
 *     every call has (caller, time, address) are added at the door
 * @param policies the texts of the policies that stand on the resource
 * @param policyDecides whether they must let the caller or the account in before policies of the
 *     account count at all, as with keys of KMS and the trust of roles
 * @param denial what a caller is told who may not; null: AWS's usual sentence
 */
public record Need(
    String action,
    String resource,
    Map<String, List<String>> keys,
    List<String> policies,
    boolean policyDecides,
    @Nullable String denial) {
  /** The resource of actions that are on none. */
  public static final String EVERYTHING = "*";

  /** That action on that resource, without keys of its own. */
  public static Need of(String action, String resource) {
    return new Need(action, resource, Collections.emptyMap(), List.of(), false, null);
  }

  /** Gives a condition key one value; null leaves it absent. */
  public Need with(String key, @Nullable String value) {
    return value == null ? this : with(key, List.of(value));
  }

  /** Gives a condition key several values, for {@code ForAnyValue} and {@code ForAllValues}. */
  public Need with(String key, List<String> values) {
    Map<String, List<String>> more = new TreeMap<>(keys);
    more.put(key.toLowerCase(Locale.ROOT), List.copyOf(values));
    return new Need(action, resource, more, policies, policyDecides, denial);
  }

  /** With the tags that the call would put: {@code aws:RequestTag/k} and {@code aws:TagKeys}. */
  public Need withRequestTags(Map<String, String> tags) {
    Need need = tags.isEmpty() ? this : with("aws:TagKeys", List.copyOf(tags.keySet()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      need = need.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return need;
  }

  /** With the keys of tags that the call would take away: {@code aws:TagKeys}. */
  public Need withTagKeys(List<String> tagKeys) {
    return tagKeys.isEmpty() ? this : with("aws:TagKeys", tagKeys);
  }

  /**
   * With the tags that the resource has: {@code aws:ResourceTag/k}, and the same under the
   * service's own prefix, for example {@code ecs:ResourceTag/k}.
   */
  public Need withResourceTags(Map<String, String> tags) {
    String service = action.substring(0, Math.max(0, action.indexOf(':')));
    Need need = this;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      need = need.with("aws:ResourceTag/" + tag.getKey(), tag.getValue());
      need = need.with(service + ":ResourceTag/" + tag.getKey(), tag.getValue());
    }
    return need;
  }

  /** On a resource with a policy of its own, which may allow, and may deny; null: it has none. */
  public Need under(@Nullable String policyText) {
    if (policyText == null) {
      return this;
    }
    List<String> more = new ArrayList<>(policies);
    more.add(policyText);
    return new Need(action, resource, keys, more, policyDecides, denial);
  }

  /** On a resource whose own policy must let the account in before the account's policies count. */
  public Need decidedBy(String policyText) {
    return new Need(action, resource, keys, List.of(policyText), true, denial);
  }

  /** Told in these words to whom it is denied. */
  public Need deniedAs(String text) {
    return new Need(action, resource, keys, policies, policyDecides, text);
  }
}
