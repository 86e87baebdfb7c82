package dev.longshore.core.repository;

import dev.longshore.core.model.LifecycleRule;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Says which images of a repository a lifecycle policy lets expire. Every rule is evaluated on all
 * images; the first rule, by priority, that an image matches decides about it, and shields it from
 * the rules behind even if it lets the image be.
 */
final class Expiry {
  private Expiry() {}

  /** An image that expires, and the rule that says so. */
  record Expiring(StoredImage image, List<String> tags, int priority) {}

  private record Candidate(StoredImage image, List<String> tags) {}

  /**
   * What expires, the youngest first within a rule.
   *
   * @param rules sorted by priority
   */
  static List<Expiring> of(View view, String repository, List<LifecycleRule> rules, Instant now) {
    List<Candidate> all = new ArrayList<>();
    for (StoredImage image : view.by(StoredImage.BY_REPOSITORY, repository)) {
      // What an index lists lives as long as the index, what is about an image as long as that.
      if (image.subject() == null && Deletion.parents(view, image).isEmpty()) {
        all.add(new Candidate(image, Repositories.tags(view, image)));
      }
    }
    all.sort(
        Comparator.comparing((Candidate each) -> each.image.pushedAt())
            .thenComparing(each -> each.image.digest())
            .reversed());
    List<Expiring> expiring = new ArrayList<>();
    for (int at = 0; at < rules.size(); at++) {
      LifecycleRule rule = rules.get(at);
      List<LifecycleRule> before = rules.subList(0, at);
      for (Candidate each : beyond(rule, all, now)) {
        if (before.stream().noneMatch(earlier -> matches(earlier, each))) {
          expiring.add(new Expiring(each.image, each.tags, rule.priority()));
        }
      }
    }
    return expiring;
  }

  private static List<Candidate> beyond(LifecycleRule rule, List<Candidate> all, Instant now) {
    List<Candidate> matching = all.stream().filter(each -> matches(rule, each)).toList();
    if (rule.countType().equals("imageCountMoreThan")) {
      return matching.subList(Math.min(rule.countNumber(), matching.size()), matching.size());
    }
    Instant deadline = now.minus(Duration.ofDays(rule.countNumber()));
    boolean pulled = rule.countType().equals("sinceImagePulled");
    return matching.stream().filter(each -> since(each.image, pulled).isBefore(deadline)).toList();
  }

  private static Instant since(StoredImage image, boolean pulled) {
    return pulled
        ? Objects.requireNonNullElse(image.pulledAt(), image.pushedAt())
        : image.pushedAt();
  }

  private static boolean matches(LifecycleRule rule, Candidate each) {
    return switch (rule.tagStatus()) {
      case "untagged" -> each.tags.isEmpty();
      case "tagged" ->
          !each.tags.isEmpty()
              && rule.patterns().stream()
                  .allMatch(pattern ->
                      each.tags.stream().anyMatch(tag -> TagMutability.matches(pattern, tag)))
              && rule.prefixes().stream()
                  .allMatch(prefix -> each.tags.stream().anyMatch(tag -> tag.startsWith(prefix)));
      default -> true;
    };
  }
}
