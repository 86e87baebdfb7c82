package dev.longshore.server.registry;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.repository.KeepLayer;
import dev.longshore.core.repository.Quota;
import dev.longshore.core.repository.Repositories;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.blob.BlobStore;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.engine.Engine;
import dev.longshore.shapes.ecr.ImageIdentifier;
import java.io.IOException;
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
 * @param quota how many bytes it may hold
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
    Quota quota,
    Supplier<URI> endpoint) {
  /** Host and port, as names of images begin with them. */
  String address() {
    return endpoint.get().getAuthority();
  }

  /** What clients speak, as addresses begin with it. */
  String scheme() {
    return endpoint.get().getScheme() + "://";
  }

  /** What callers may do as things stand; the circumstances are those of the request. */
  Rights rights(Circumstances circumstances) {
    return new Rights(permissions, place, this::state, circumstances);
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
          new KeepLayer(quota),
          new KeepLayer.Layer(null, repository, lease.digest().toString(), size),
          caller);
    }
  }

  /** The layer of a repository; null where it has none of that digest. */
  @Nullable StoredLayer layer(String repository, Digest digest) {
    return state().find(StoredLayer.KIND, StoredImage.key(repository, digest.toString()));
  }

  /**
   * Refuses early what would have too many bytes in the end.
   *
   * @throws dev.longshore.shapes.ServiceException there is no room for so many
   */
  void checkRoom(String repository, long more) {
    quota.check(state(), repository, more, place);
  }

  /**
   * Opens the blob of a row. Where the row was deleted since it was found, its blob may have been
   * collected.
   *
   * @param row what was found
   * @param again finds it now, or null
   * @return null where the row is no longer there
   */
  <R> @Nullable StoredBlob open(Digest digest, R row, Supplier<@Nullable R> again)
      throws IOException {
    R known = row;
    while (true) {
      StoredBlob blob = store.open(digest);
      R now = blob == null ? again.get() : known;
      if (blob != null || now == null) {
        return blob;
      }
      if (now.equals(known)) {
        throw new IOException("The row of " + digest + " is there, and its blob is not.");
      }
      known = now;
    }
  }

  /** Whether any row still names a blob. */
  boolean wants(Digest digest) {
    State now = state();
    return now.count(StoredLayer.BY_DIGEST, digest.toString()) > 0
        || now.count(StoredImage.BY_DIGEST, digest.toString()) > 0;
  }
}
