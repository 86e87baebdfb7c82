package dev.longshore.server.registry;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.repository.KeepLayer;
import dev.longshore.core.repository.Repositories;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.blob.BlobStore;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.engine.Engine;
import dev.longshore.shapes.ecr.ImageIdentifier;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all endpoints of the registry share: the rows, the bytes, the time and the tokens.
 *
 * @param scanner null where nobody configured one: every scan fails then, saying so
 * @param endpoint where clients reach the registry, without a path
 */
public record Registry(
    Engine engine,
    BlobStore store,
    RegistryTokens tokens,
    Permissions permissions,
    @Nullable ImageScanner scanner,
    Place place,
    InstantSource clock,
    Supplier<URI> endpoint) {
  /** Host and port, as names of images begin with them. */
  String address() {
    return endpoint.get().getAuthority();
  }

  /** What clients speak, as addresses begin with it. */
  String scheme() {
    return endpoint.get().getScheme() + "://";
  }

  Rights rights() {
    return new Rights(permissions, place, this::state, clock);
  }

  State state() {
    return engine.state();
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Has the engine decide, and waits until that is durable.
   *
   * @throws dev.longshore.shapes.ServiceException the caller's fault
   */
  <I, O> O decide(Command<I, O> command, I input, Caller caller) {
    try {
      return engine.submit(command, input, caller).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * The image that an identifier names.
   *
   * @throws dev.longshore.shapes.ServiceException there is none
   */
  StoredImage image(
      @Nullable String registryId, String repository, ImageIdentifier id, Caller caller) {
    Repositories.existing(state(), registryId, repository, place);
    return Repositories.image(state(), repository, id, context(caller));
  }

  Context context(Caller caller) {
    return new Context(now(), caller, place, () -> ThreadLocalRandom.current().nextLong());
  }

  /** Records that a repository has a layer that is leased, and lets go of the lease. */
  void keep(String repository, Lease lease, long size, Caller caller) {
    try (lease) {
      decide(
          new KeepLayer(),
          new KeepLayer.Layer(null, repository, lease.digest().toString(), size),
          caller);
    }
  }

  /** The layer of a repository; null where it has none of that digest. */
  @Nullable StoredLayer layer(String repository, Digest digest) {
    return state().find(StoredLayer.KIND, StoredImage.key(repository, digest.toString()));
  }

  /** Whether any row still names a blob. */
  boolean wants(Digest digest) {
    State now = state();
    return now.count(StoredLayer.BY_DIGEST, digest.toString()) > 0
        || now.count(StoredImage.BY_DIGEST, digest.toString()) > 0;
  }
}
