package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.repository.ImageLookup;
import dev.longshore.core.repository.Repositories;
import dev.longshore.core.state.State;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.server.registry.ManifestReader.InvalidManifestException;
import dev.longshore.server.registry.ManifestReader.UnsupportedManifestException;
import dev.longshore.server.registry.PullThrough.Wanted;
import dev.longshore.shapes.ecr.AuthorizationData;
import dev.longshore.shapes.ecr.BatchGetImageRequest;
import dev.longshore.shapes.ecr.BatchGetImageResponse;
import dev.longshore.shapes.ecr.GetAuthorizationTokenRequest;
import dev.longshore.shapes.ecr.GetAuthorizationTokenResponse;
import dev.longshore.shapes.ecr.Image;
import dev.longshore.shapes.ecr.ImageDigestDoesNotMatchException;
import dev.longshore.shapes.ecr.ImageFailure;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.InvalidParameterException;
import dev.longshore.shapes.ecr.PutImageRequest;
import dev.longshore.shapes.ecr.PutImageResponse;
import dev.longshore.shapes.ecr.UnsupportedImageTypeException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions of ECR on manifests, and the one that hands out passwords. */
final class EcrImages {
  private final Registry registry;
  private final Manifests manifests;

  EcrImages(Registry registry) {
    this.registry = registry;
    this.manifests = new Manifests(registry);
  }

  Manifests manifests() {
    return manifests;
  }

  GetAuthorizationTokenResponse token(GetAuthorizationTokenRequest request, Caller caller) {
    Instant until = registry.now().plus(RegistryTokens.LIFE).truncatedTo(ChronoUnit.SECONDS);
    String pair = "AWS:" + registry.tokens().password(caller, until);
    AuthorizationData data =
        AuthorizationData.builder()
            .authorizationToken(Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
            .expiresAt(until)
            // Agents of AWS look for that scheme, and docker login tries plain HTTP after it.
            .proxyEndpoint("https://" + registry.address())
            .build();
    int count = request.registryIds() == null ? 1 : request.registryIds().size();
    return new GetAuthorizationTokenResponse(Collections.nCopies(count, data));
  }

  PutImageResponse put(PutImageRequest request, Caller caller) throws IOException {
    byte[] bytes = request.imageManifest().getBytes(UTF_8);
    Digest digest = digest(request, bytes);
    StoredImage image =
        manifests.push(
            request.registryId(),
            request.repositoryName(),
            digest,
            request.imageTag() == null ? List.of() : List.of(request.imageTag()),
            true,
            false,
            read(request, bytes),
            bytes,
            caller);
    ImageIdentifier id = new ImageIdentifier(image.digest(), request.imageTag());
    return new PutImageResponse(shown(image, id, request.imageManifest()));
  }

  private static Digest digest(PutImageRequest request, byte[] bytes) {
    String asked = request.imageDigest();
    Algorithm algorithm =
        asked == null
            ? Algorithm.SHA256
            : Digest.parse(asked).map(Digest::algorithm).orElse(Algorithm.SHA256);
    Digest digest = Digest.of(algorithm, bytes);
    if (asked != null && !asked.equals(digest.toString())) {
      throw new ImageDigestDoesNotMatchException(
          "The image digest '" + asked + "' does not match the calculated digest '" + digest + "'");
    }
    return digest;
  }

  private static Manifest read(PutImageRequest request, byte[] bytes) {
    try {
      return ManifestReader.read(bytes, request.imageManifestMediaType());
    } catch (InvalidManifestException e) {
      throw new InvalidParameterException(
          "Invalid parameter at 'ImageManifest' failed to satisfy constraint: '"
              + e.getMessage()
              + "'");
    } catch (UnsupportedManifestException e) {
      throw new UnsupportedImageTypeException(String.valueOf(e.getMessage()));
    }
  }

  BatchGetImageResponse get(BatchGetImageRequest request, Caller caller) throws IOException {
    String repository = request.repositoryName();
    if (CacheRule.covering(registry.state(), repository) == null) {
      Repositories.existing(registry.state(), request.registryId(), repository, registry.place());
    }
    List<Image> images = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      ImageFailure failure = fetch(repository, id, caller);
      State state = registry.state();
      failure = failure == null ? ImageLookup.failure(state, repository, id) : failure;
      StoredImage image = Repositories.find(state, repository, id.imageDigest(), id.imageTag());
      if (failure != null || image == null) {
        failures.add(
            failure == null
                ? new ImageFailure(id, "ImageNotFound", "Requested image not found")
                : failure);
      } else {
        ImageIdentifier found = new ImageIdentifier(image.digest(), id.imageTag());
        images.add(shown(image, found, new String(manifests.bytes(image), UTF_8)));
      }
    }
    return new BatchGetImageResponse(images, failures);
  }

  /** Has the image fetched where a rule wants that; answers why it could not be. */
  private @Nullable ImageFailure fetch(String repository, ImageIdentifier id, Caller caller) {
    String reference = id.imageDigest() == null ? id.imageTag() : id.imageDigest();
    if (reference == null || CacheRule.covering(registry.state(), repository) == null) {
      return null;
    }
    StoredImage known =
        Repositories.find(registry.state(), repository, id.imageDigest(), id.imageTag());
    Rights rights = registry.rights(Circumstances.within(registry.now()));
    try {
      manifests.pullThrough().image(new Wanted(repository, reference, caller, rights), known);
      return null;
    } catch (RefusedException e) {
      String code =
          switch (e.status()) {
            case 403 -> "UpstreamAccessDenied";
            case 429 -> "UpstreamTooManyRequests";
            case 400 -> "InvalidImageDigest";
            default -> "UpstreamUnavailable";
          };
      return new ImageFailure(id, code, e.getMessage());
    }
  }

  private Image shown(StoredImage image, ImageIdentifier id, String manifest) {
    return Image.builder()
        .registryId(registry.place().accountId())
        .repositoryName(image.repository())
        .imageId(id)
        .imageManifest(manifest)
        .imageManifestMediaType(image.mediaType())
        .build();
  }
}
