package dev.longshore.server;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.blob.BlobLimits;
import dev.longshore.server.blob.DiskBlobStore;
import dev.longshore.server.http.HttpRoute;
import dev.longshore.server.registry.Collector;
import dev.longshore.server.registry.DistributionRoute;
import dev.longshore.server.registry.EcrEndpoint;
import dev.longshore.server.registry.EcrPublicEndpoint;
import dev.longshore.server.registry.Registry;
import dev.longshore.server.registry.RegistryTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The registry of a process, whose blobs stand in the data directory. */
final class RunningRegistry implements AutoCloseable {
  /** How long a layer may wait for the image that it was sent for. */
  private static final Duration LAYER_GRACE = Duration.ofDays(1);

  private final Registry registry;
  private final ServedApi ecr;
  private final Collector collector;
  private final @Nullable Caller everyone;

  /**
   * @param address host and port of the registry, as clients reach it
   */
  RunningRegistry(
      Works works, ControlPlaneSettings settings, InstantSource clock, Supplier<String> address)
      throws IOException {
    registry =
        new Registry(
            works.engine(),
            DiskBlobStore.in(
                settings.dataDirectory().resolve("registry"),
                ImageKey.files(settings.dataDirectory(), settings.encryptImages()),
                BlobLimits.USUAL,
                clock),
            RegistryTokens.in(settings.dataDirectory()),
            works.permissions(),
            settings.imageScanner(),
            settings.place(),
            clock,
            address);
    ecr = EcrEndpoint.served(registry, works.ecr());
    collector = new Collector(registry, LAYER_GRACE, BlobLimits.USUAL.expiry());
    everyone = settings.authenticate() ? null : Caller.root(settings.place().accountId());
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
    return new DistributionRoute(registry, everyone, others);
  }

  /** Collects from now on what nobody wants. */
  void start() {
    collector.start();
  }

  @Override
  public void close() {
    collector.close();
  }
}
