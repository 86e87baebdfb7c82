package dev.longshore.server.registry;

import dev.longshore.core.model.LifecycleRule;
import dev.longshore.shapes.ecr.InvalidParameterException;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the text of a lifecycle policy, and refuses one that ECR would refuse. */
final class LifecycleText {
  private static final int MOST_RULES = 50;
  private static final int MOST_WILDCARDS = 4;

  private LifecycleText() {}

  /**
   * The rules of a policy, sorted by priority.
   *
   * @throws InvalidParameterException it is none, with what is wrong
   */
  static List<LifecycleRule> read(String text) {
    Json json = parsed(text);
    if (!(json.at("rules") instanceof Json.Items(var items))) {
      throw failure("object has missing required properties ([\"rules\"])");
    }
    if (items.isEmpty() || items.size() > MOST_RULES) {
      throw failure("a policy must have between 1 and " + MOST_RULES + " rules");
    }
    List<LifecycleRule> rules = new ArrayList<>();
    items.forEach(item -> rules.add(rule(item)));
    rules.sort(Comparator.comparingInt(LifecycleRule::priority));
    checkTogether(rules);
    return rules;
  }

  private static Json parsed(String text) {
    try {
      Json json = Json.parse(text);
      if (json instanceof Json.Fields) {
        return json;
      }
    } catch (JsonSyntaxException e) {
      throw failure("Could not map policyString into LifecyclePolicy.");
    }
    throw failure("Could not map policyString into LifecyclePolicy.");
  }

  private static LifecycleRule rule(Json rule) {
    Json selection = rule.at("selection");
    LifecycleRule read =
        new LifecycleRule(
            (int) rule.at("rulePriority").number(),
            selection.at("tagStatus").text(),
            selection.at("tagPatternList").texts(),
            selection.at("tagPrefixList").texts(),
            selection.at("countType").text(),
            (int) Math.min(Integer.MAX_VALUE, selection.at("countNumber").number()));
    if (read.priority() < 1) {
      throw failure("rulePriority must be a positive integer");
    }
    if (!rule.at("action", "type").text().equals("expire")) {
      throw failure("the action's type must be expire");
    }
    checkTags(read);
    checkCount(read, selection.at("countUnit").text());
    return read;
  }

  private static void checkTags(LifecycleRule rule) {
    boolean lists = !rule.patterns().isEmpty() || !rule.prefixes().isEmpty();
    switch (rule.tagStatus()) {
      case "tagged" -> {
        if (rule.patterns().isEmpty() == rule.prefixes().isEmpty()) {
          throw failure(
              "exactly one of tagPatternList and tagPrefixList is required when tagStatus is"
                  + " tagged");
        }
      }
      case "untagged", "any" -> {
        if (lists) {
          throw failure(
              "tagPatternList and tagPrefixList must not be given when tagStatus is "
                  + rule.tagStatus());
        }
      }
      default -> throw failure("tagStatus must be one of tagged, untagged, any");
    }
    for (String pattern : rule.patterns()) {
      if (pattern.chars().filter(letter -> letter == '*').count() > MOST_WILDCARDS) {
        throw failure("a tag pattern must not have more than " + MOST_WILDCARDS + " wildcards");
      }
    }
  }

  private static void checkCount(LifecycleRule rule, String unit) {
    boolean counts = rule.countType().equals("imageCountMoreThan");
    boolean ages =
        rule.countType().equals("sinceImagePushed") || rule.countType().equals("sinceImagePulled");
    if (!counts && !ages) {
      throw failure(
          "countType must be one of imageCountMoreThan, sinceImagePushed, sinceImagePulled");
    }
    if (ages && !unit.equals("days")) {
      throw failure("countUnit must be days when countType is " + rule.countType());
    }
    if (counts && !unit.isEmpty()) {
      throw failure("countUnit must not be given when countType is imageCountMoreThan");
    }
    if (rule.countNumber() < 1) {
      throw failure("countNumber must be a positive integer");
    }
  }

  private static void checkTogether(List<LifecycleRule> rules) {
    Set<String> prefixes = new LinkedHashSet<>();
    int untagged = 0;
    for (int at = 0; at < rules.size(); at++) {
      LifecycleRule rule = rules.get(at);
      if (at > 0 && rules.get(at - 1).priority() == rule.priority()) {
        throw failure("rulePriority must be unique: " + rule.priority());
      }
      if (rule.tagStatus().equals("any") && at < rules.size() - 1) {
        throw failure("the rule with tagStatus any must have the highest rulePriority");
      }
      untagged += rule.tagStatus().equals("untagged") ? 1 : 0;
      for (String prefix : rule.prefixes()) {
        if (!prefixes.add(prefix)) {
          throw failure("tag prefixes must be unique across rules: " + prefix);
        }
      }
    }
    if (untagged > 1) {
      throw failure("only one rule may have tagStatus untagged");
    }
  }

  private static InvalidParameterException failure(String why) {
    return new InvalidParameterException(
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle"
            + " policy validation failure: "
            + why
            + "'");
  }
}
