package dev.longshore.server;

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
 */
public record RegistrySettings(
    boolean sealed,
    @Nullable ImageScanner scanner,
    @Nullable ObjectStore objects,
    List<ReplicationTarget> targets,
    @Nullable SSLContext trust) {
  /** Blobs stand in the data directory as they are, nobody scans them, and none is copied. */
  public static final RegistrySettings USUAL =
      new RegistrySettings(false, null, null, List.of(), null);

  public RegistrySettings withSealed(boolean wanted) {
    return new RegistrySettings(wanted, scanner, objects, targets, trust);
  }

  public RegistrySettings withScanner(@Nullable ImageScanner value) {
    return new RegistrySettings(sealed, value, objects, targets, trust);
  }

  public RegistrySettings withObjects(@Nullable ObjectStore place) {
    return new RegistrySettings(sealed, scanner, place, targets, trust);
  }

  /** Copies images to those servers. */
  public RegistrySettings withTargets(
      List<ReplicationTarget> servers, @Nullable SSLContext trusted) {
    return new RegistrySettings(sealed, scanner, objects, List.copyOf(servers), trusted);
  }
}
