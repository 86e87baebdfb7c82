package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.RegistryScanningRule;
import dev.longshore.shapes.ecr.ReplicationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the whole registry; there is one row, or none while nobody configured anything.
 *
 * @param policy who may do what; null where nobody set one
 * @param scanType which scanning is asked for
 * @param scanning which repositories are scanned, and when
 * @param replication where pushed images are copied to
 */
public record RegistryConfiguration(
    @Nullable RepositoryPolicy policy,
    String scanType,
    List<RegistryScanningRule> scanning,
    List<ReplicationRule> replication) {
  /** The key of the only row. */
  private static final String KEY = "registry";

  public static final Kind<RegistryConfiguration> KIND =
      Kind.of("registryConfiguration", RegistryConfiguration.class, row -> KEY);

  private static final RegistryConfiguration USUAL =
      new RegistryConfiguration(null, "BASIC", List.of(), List.of());

  /** What holds now. */
  public static RegistryConfiguration of(View view) {
    RegistryConfiguration row = view.find(KIND, KEY);
    return row == null ? USUAL : row;
  }

  public RegistryConfiguration withPolicy(@Nullable RepositoryPolicy value) {
    return new RegistryConfiguration(value, scanType, scanning, replication);
  }

  public RegistryConfiguration withScanning(String type, List<RegistryScanningRule> rules) {
    return new RegistryConfiguration(policy, type, rules, replication);
  }

  public RegistryConfiguration withReplication(List<ReplicationRule> rules) {
    return new RegistryConfiguration(policy, scanType, scanning, rules);
  }
}
