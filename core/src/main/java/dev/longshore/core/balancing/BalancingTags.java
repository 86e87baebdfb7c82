package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DuplicateTagKeysException;
import dev.longshore.shapes.elbv2.Tag;
import dev.longshore.shapes.elbv2.TooManyTagsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tags of load balancers, listeners, rules and target groups. */
final class BalancingTags {
  private static final int MOST = 50;

  private BalancingTags() {}

  /**
   * Puts tags onto others: a value of the same key is replaced.
   *
   * @throws dev.longshore.shapes.ServiceException a key stands there twice or is reserved, or there
   *     would be too many
   */
  static List<Tag> put(List<Tag> tags, @Nullable List<Tag> more) {
    Map<String, Tag> byKey = new TreeMap<>();
    tags.forEach(tag -> byKey.put(tag.key(), tag));
    TreeSet<String> seen = new TreeSet<>();
    for (Tag tag : Given.list(more)) {
      if (!seen.add(tag.key())) {
        throw new DuplicateTagKeysException("Duplicate tag keys found in request");
      }
      Faults.demand(
          !tag.key().toLowerCase(Locale.ROOT).startsWith("aws:"),
          "aws: prefixed tag key names are not allowed for external use");
      byKey.put(tag.key(), tag);
    }
    if (byKey.size() > MOST) {
      throw new TooManyTagsException(
          "The maximum number of tags ('" + MOST + "') that can be assigned has been reached");
    }
    return List.copyOf(byKey.values());
  }

  /** The tags that are left without those keys. */
  static List<Tag> without(List<Tag> tags, List<String> keys) {
    List<Tag> left = new ArrayList<>(tags);
    left.removeIf(tag -> keys.contains(tag.key()));
    return List.copyOf(left);
  }

  /**
   * The tags of whatever the ARN names.
   *
   * @throws dev.longshore.shapes.ServiceException it names nothing
   */
  static List<Tag> of(View view, String arn) {
    return switch (Names.type(arn)) {
      case "loadbalancer" -> LoadBalancers.existing(view, arn).tags();
      case "targetgroup" -> TargetGroups.existing(view, arn).tags();
      case "listener" -> Listeners.existing(view, arn).tags();
      case "listener-rule" -> Rules.existing(view, arn).tags();
      default -> throw unknown(arn);
    };
  }

  /** Changes the tags of whatever the ARN names. */
  static void change(Draft draft, String arn, UnaryOperator<List<Tag>> change) {
    List<Tag> tags = change.apply(of(draft, arn));
    switch (Names.type(arn)) {
      case "loadbalancer" ->
          draft.put(LoadBalancer.KIND, LoadBalancers.existing(draft, arn).withTags(tags));
      case "targetgroup" ->
          draft.put(TargetGroup.KIND, TargetGroups.existing(draft, arn).withTags(tags));
      case "listener" -> draft.put(Listener.KIND, Listeners.existing(draft, arn).withTags(tags));
      case "listener-rule" ->
          draft.put(ListenerRule.KIND, Rules.existing(draft, arn).withTags(tags));
      default -> throw unknown(arn);
    }
  }

  private static RuntimeException unknown(String arn) {
    return Faults.invalid("'" + arn + "' is not a valid load balancer ARN");
  }
}
