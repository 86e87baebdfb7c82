package dev.longshore.server;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.Audit;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.blob.BlobFiles;
import dev.longshore.server.blob.BlobLimits;
import dev.longshore.server.blob.BlobStore;
import dev.longshore.server.blob.DiskBlobStore;
import dev.longshore.server.blob.ObjectBlobStore;
import dev.longshore.server.blob.ObjectStore;
import dev.longshore.server.http.HttpRoute;
import dev.longshore.server.registry.Collector;
import dev.longshore.server.registry.DistributionRoute;
import dev.longshore.server.registry.EcrEndpoint;
import dev.longshore.server.registry.EcrPublicEndpoint;
import dev.longshore.server.registry.Registry;
import dev.longshore.server.registry.RegistryTokens;
import dev.longshore.server.registry.Replicator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The registry of a process; it is to be made before the engine is opened. */
final class RunningRegistry implements AutoCloseable {
  /** How long a layer may wait for the image that it was sent for. */
  private static final Duration LAYER_GRACE = Duration.ofDays(1);

  private static final Duration REPLICATION_PAUSE = Duration.ofSeconds(2);

  private final BlobStore store;
  private final Registry registry;
  private final Replicator replicator;
  private final ServedApi ecr;
  private final Collector collector;
  private final @Nullable Caller everyone;
  private final Audit audit;

  /**
   * @param endpoint where clients reach it
   */
  RunningRegistry(
      Works works, ControlPlaneSettings settings, InstantSource clock, Supplier<URI> endpoint)
      throws IOException {
    this.store = store(settings, clock);
    registry =
        new Registry(
            works.engine(),
            store,
            RegistryTokens.in(settings.dataDirectory()),
            works.permissions(),
            settings.registry().scanner(),
            settings.place(),
            clock,
            settings.registry().quota(),
            endpoint);
    RegistrySettings how = settings.registry();
    replicator = new Replicator(registry, how.targets(), how.trust(), REPLICATION_PAUSE);
    works.engine().watch(replicator);
    ecr = EcrEndpoint.served(registry, works.ecr());
    collector = new Collector(registry, LAYER_GRACE, BlobLimits.USUAL.expiry());
    audit = works.audit();
    everyone = settings.authenticate() ? null : Caller.root(settings.place().accountId());
  }

  private static BlobStore store(ControlPlaneSettings settings, InstantSource clock)
      throws IOException {
    BlobFiles files = ImageKey.files(settings.dataDirectory(), settings.registry().sealed());
    ObjectStore objects = settings.registry().objects();
    return objects == null
        ? DiskBlobStore.in(
            settings.dataDirectory().resolve("registry"), files, BlobLimits.USUAL, clock)
        : ObjectBlobStore.at(objects, files, BlobLimits.USUAL, clock);
  }

  /** The API of ECR, whole. */
  ServedApi ecr() {
    return ecr;
  }

  /** The API of the public registry. */
  ServedApi ecrPublic() {
    return EcrPublicEndpoint.served(registry, ecr);
  }

  /** Serves the registry's paths, and has another route serve the others. */
  HttpRoute before(HttpRoute others) {
    return new DistributionRoute(registry, everyone, audit, others);
  }

  /** Collects from now on what nobody wants, and copies what others are to have. */
  void start() {
    collector.start();
    replicator.start();
  }

  @Override
  public void close() {
    replicator.close();
    collector.close();
    store.close();
  }
}
