package dev.longshore.server;

import dev.longshore.server.blob.ObjectStore;
import dev.longshore.server.registry.ImageScanner;
import dev.longshore.server.registry.ReplicationTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane's registry is to run.
 *
 * @param sealed whether layers and manifests that come are sealed where they are stored
 * @param scanner looks for weaknesses in images; null: nobody does
 * @param objects where blobs stand; null for the data directory
 * @param targets the servers that images may be copied to
 */
public record RegistrySettings(
    boolean sealed,
    @Nullable ImageScanner scanner,
    @Nullable ObjectStore objects,
    List<ReplicationTarget> targets) {
  /** Blobs stand in the data directory as they are, nobody scans them, and none is copied. */
  public static final RegistrySettings USUAL = new RegistrySettings(false, null, null, List.of());

  public RegistrySettings withSealed(boolean wanted) {
    return new RegistrySettings(wanted, scanner, objects, targets);
  }

  public RegistrySettings withScanner(@Nullable ImageScanner value) {
    return new RegistrySettings(sealed, value, objects, targets);
  }

  public RegistrySettings withObjects(@Nullable ObjectStore place) {
    return new RegistrySettings(sealed, scanner, place, targets);
  }

  public RegistrySettings withTargets(List<ReplicationTarget> servers) {
    return new RegistrySettings(sealed, scanner, objects, List.copyOf(servers));
  }
}
