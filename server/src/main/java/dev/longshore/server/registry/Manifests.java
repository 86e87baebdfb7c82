package dev.longshore.server.registry;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.DropImage;
import dev.longshore.core.repository.PushImage;
import dev.longshore.core.repository.PushedImage;
import dev.longshore.core.repository.RecordPull;
import dev.longshore.core.repository.Repositories;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.Response.Header;
import dev.longshore.server.registry.ManifestReader.InvalidManifestException;
import dev.longshore.server.registry.ManifestReader.UnsupportedManifestException;
import dev.longshore.shapes.ecr.ImageNotFoundException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Manifests and indexes: read, put and delete them by digest or tag. */
final class Manifests {
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
  private static final int MOST_TAGS = 32;

  private final Registry registry;

  private final PullThrough pullThrough;
  private final Scans scans;

  Manifests(Registry registry) {
    this.registry = registry;
    pullThrough = new PullThrough(registry, this);
    scans = new Scans(registry, this);
  }

  Response get(Call call) throws IOException {
    boolean byDigest = isDigest(call.reference());
    StoredImage image =
        Repositories.find(
            registry.state(),
            call.repository(),
            byDigest ? call.digest().toString() : null,
            byDigest ? null : call.reference());
    image =
        pullThrough.image(
            new PullThrough.Wanted(
                call.repository(), call.reference(), call.caller(), call.rights(registry)),
            image);
    if (image == null) {
      throw RefusedException.manifestUnknown();
    }
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", image.mediaType()));
    headers.add(new Header("docker-content-digest", image.digest()));
    headers.add(new Header("etag", '"' + image.digest() + '"'));
    if (call.method().equals("HEAD")) {
      headers.add(new Header("content-length", Long.toString(image.manifestSize())));
      return Response.of(200, headers, new byte[0]);
    }
    byte[] bytes = bytes(image);
    recordPull(image, call.caller());
    return Response.of(200, headers, bytes);
  }

  /**
   * The bytes of a manifest, as they were pushed.
   *
   * @throws ImageNotFoundException it was deleted since it was found
   */
  byte[] bytes(StoredImage image) throws IOException {
    Digest digest = Digest.parse(image.digest()).orElseThrow();
    try (StoredBlob blob =
        registry.open(digest, image, () -> registry.state().find(StoredImage.KIND, image.key()))) {
      if (blob == null) {
        throw new ImageNotFoundException("Requested image not found");
      }
      return blob.all();
    }
  }

  private void recordPull(StoredImage image, Caller caller) {
    if (RecordPull.due(image, registry.now()) && RecordPull.counts(registry.state(), caller)) {
      registry.decide(new RecordPull(), image.key(), caller);
    }
  }

  private static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }

  Response put(Call call) throws IOException {
    List<String> tags = tags(call);
    byte[] bytes = body(call);
    Digest digest;
    if (isDigest(call.reference())) {
      digest = call.digest();
      if (!Digest.of(digest.algorithm(), bytes).equals(digest)) {
        throw RefusedException.digestInvalid("provided digest did not match uploaded content");
      }
    } else {
      digest = Digest.of(Algorithm.SHA256, bytes);
    }
    Manifest manifest = read(bytes, call.header("content-type"));
    boolean copied = call.isReplication(registry);
    StoredImage image =
        push(null, call.repository(), digest, tags, false, copied, manifest, bytes, call.caller());
    List<Header> headers = new ArrayList<>();
    headers.add(
        new Header("location", "/v2/" + call.repository() + "/manifests/" + image.digest()));
    headers.add(DistributionRoute.digestHeader(digest));
    if (manifest.subject() != null) {
      headers.add(new Header("oci-subject", manifest.subject()));
    }
    if (isDigest(call.reference())) {
      tags.forEach(tag -> headers.add(new Header("oci-tag", tag)));
    }
    return Response.of(201, headers, new byte[0]);
  }

  /** What has images scanned. */
  Scans scans() {
    return scans;
  }

  /** What fetches from other registries. */
  PullThrough pullThrough() {
    return pullThrough;
  }

  private static Manifest read(byte[] bytes, @Nullable String type) {
    try {
      return ManifestReader.read(bytes, type);
    } catch (InvalidManifestException | UnsupportedManifestException e) {
      throw RefusedException.manifestInvalid(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Stores a manifest's bytes and takes it into a repository.
   *
   * @param copied whether another registry copies it here
   */
  StoredImage push(
      @Nullable String registryId,
      String repository,
      Digest digest,
      List<String> tags,
      boolean novel,
      boolean copied,
      Manifest manifest,
      byte[] bytes,
      Caller caller)
      throws IOException {
    StoredImage image =
        kept(registryId, repository, digest, tags, novel, false, copied, manifest, bytes, caller);
    scans.pushed(image);
    return image;
  }

  /** The same with what came from another registry, where an index comes before its images. */
  StoredImage cache(
      String repository,
      Digest digest,
      List<String> tags,
      Manifest manifest,
      byte[] bytes,
      Caller caller)
      throws IOException {
    return kept(null, repository, digest, tags, false, true, true, manifest, bytes, caller);
  }

  private StoredImage kept(
      @Nullable String registryId,
      String repository,
      Digest digest,
      List<String> tags,
      boolean novel,
      boolean sparse,
      boolean copied,
      Manifest manifest,
      byte[] bytes,
      Caller caller)
      throws IOException {
    try (Lease lease = registry.store().put(digest, bytes)) {
      return registry.decide(
          new PushImage(registry.quota()),
          new PushedImage(
              registryId,
              repository,
              lease.digest().toString(),
              tags,
              novel,
              sparse,
              copied,
              manifest.mediaType(),
              manifest.artifactType(),
              manifest.configType(),
              bytes.length,
              manifest.subject(),
              manifest.layers(),
              manifest.children(),
              manifest.annotations()),
          caller);
    }
  }

  private static List<String> tags(Call call) {
    List<String> tags =
        isDigest(call.reference())
            ? call.query().getOrDefault("tag", List.of())
            : List.of(call.reference());
    if (tags.size() > MOST_TAGS) {
      throw new RefusedException(
          414, "TAG_INVALID", "No more than " + MOST_TAGS + " tags can be given at once.");
    }
    for (String tag : tags) {
      if (!TAG.matcher(tag).matches()) {
        throw new RefusedException(400, "TAG_INVALID", "invalid tag: " + tag);
      }
    }
    return tags;
  }

  private static byte[] body(Call call) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (WritableByteChannel channel = Channels.newChannel(bytes)) {
      call.body(piece -> {
        if (bytes.size() + piece.remaining() > ManifestReader.MOST_BYTES) {
          throw new RefusedException(
              413,
              "MANIFEST_INVALID",
              "A manifest may not have more than " + ManifestReader.MOST_BYTES + " bytes.");
        }
        channel.write(piece);
      });
    }
    return bytes.toByteArray();
  }

  Response delete(Call call) {
    boolean byDigest = isDigest(call.reference());
    registry.decide(
        new DropImage(),
        new DropImage.Reference(
            call.repository(),
            byDigest ? call.digest().toString() : null,
            byDigest ? null : call.reference()),
        call.caller());
    return Response.empty(202);
  }
}
