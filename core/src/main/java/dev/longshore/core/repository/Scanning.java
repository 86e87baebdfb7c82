package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.RegistryScanningConfiguration;
import dev.longshore.shapes.ecr.RegistryScanningRule;
import dev.longshore.shapes.ecr.RepositoryScanningConfiguration;
import dev.longshore.shapes.ecr.ScanningRepositoryFilter;
import java.util.List;

/** Which repositories are scanned, and when. */
public final class Scanning {
  private static final String ON_PUSH = "SCAN_ON_PUSH";

  private Scanning() {}

  static RegistryScanningConfiguration shown(RegistryConfiguration row) {
    return new RegistryScanningConfiguration(row.scanType(), row.scanning());
  }

  /** Whether what is pushed to a repository is scanned at once. */
  public static boolean onPush(View view, ImageRepository row) {
    return ON_PUSH.equals(rule(view, row).scanFrequency());
  }

  /** What holds for one repository: the registry's rules, else its own setting. */
  static RepositoryScanningConfiguration of(View view, ImageRepository row, Context context) {
    RegistryScanningRule rule = rule(view, row);
    return RepositoryScanningConfiguration.builder()
        .repositoryArn(Repositories.arn(context.place(), row.name()))
        .repositoryName(row.name())
        .scanOnPush(ON_PUSH.equals(rule.scanFrequency()))
        .scanFrequency(rule.scanFrequency())
        .appliedScanFilters(rule.repositoryFilters())
        .build();
  }

  private static RegistryScanningRule rule(View view, ImageRepository row) {
    for (RegistryScanningRule rule : RegistryConfiguration.of(view).scanning()) {
      List<ScanningRepositoryFilter> matching =
          rule.repositoryFilters().stream().filter(each -> matches(each, row.name())).toList();
      if (!matching.isEmpty()) {
        return new RegistryScanningRule(rule.scanFrequency(), matching);
      }
    }
    return new RegistryScanningRule(row.scanOnPush() ? ON_PUSH : "MANUAL", List.of());
  }

  /** A filter without a wildcard matches all names that contain it. */
  private static boolean matches(ScanningRepositoryFilter filter, String name) {
    String wildcard = filter.filter();
    return wildcard.contains("*") ? TagMutability.matches(wildcard, name) : name.contains(wildcard);
  }
}
