package dev.longshore.server;

import dev.longshore.core.repository.Quota;
import dev.longshore.server.blob.ObjectStore;
import dev.longshore.server.registry.ImageScanner;
import dev.longshore.server.registry.ReplicationTarget;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane's registry is to run.
 *
 * @param sealed whether layers and manifests that come are sealed where they are stored
 * @param scanner looks for weaknesses in images; null: nobody does
 * @param objects where blobs stand; null for the data directory
 * @param targets the servers that images may be copied to
 * @param trust what their certificates are held against; null for Java's own
 * @param quota how many bytes the registry may hold
 */
public record RegistrySettings(
    boolean sealed,
    @Nullable ImageScanner scanner,
    @Nullable ObjectStore objects,
    List<ReplicationTarget> targets,
    @Nullable SSLContext trust,
    Quota quota) {
  /** Blobs stand in the data directory as they are, nobody scans them, and none is copied. */
  public static final RegistrySettings USUAL =
      new RegistrySettings(false, null, null, List.of(), null, Quota.NONE);

  public RegistrySettings withSealed(boolean wanted) {
    return new RegistrySettings(wanted, scanner, objects, targets, trust, quota);
  }

  public RegistrySettings withScanner(@Nullable ImageScanner value) {
    return new RegistrySettings(sealed, value, objects, targets, trust, quota);
  }

  public RegistrySettings withObjects(@Nullable ObjectStore place) {
    return new RegistrySettings(sealed, scanner, place, targets, trust, quota);
  }

  /** Copies images to those servers. */
  public RegistrySettings withTargets(
      List<ReplicationTarget> servers, @Nullable SSLContext trusted) {
    return new RegistrySettings(sealed, scanner, objects, List.copyOf(servers), trusted, quota);
  }

  /** Holds no more than so many bytes in all, and in each repository. */
  public RegistrySettings withQuota(long all, long ofRepository) {
    Quota bytes = new Quota(all, ofRepository);
    return new RegistrySettings(sealed, scanner, objects, targets, trust, bytes);
  }
}
