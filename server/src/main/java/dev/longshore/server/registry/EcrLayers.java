package dev.longshore.server.registry;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.Repositories;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.server.blob.Upload;
import dev.longshore.shapes.ecr.CompleteLayerUploadRequest;
import dev.longshore.shapes.ecr.CompleteLayerUploadResponse;
import dev.longshore.shapes.ecr.EmptyUploadException;
import dev.longshore.shapes.ecr.GetDownloadUrlForLayerRequest;
import dev.longshore.shapes.ecr.GetDownloadUrlForLayerResponse;
import dev.longshore.shapes.ecr.InitiateLayerUploadRequest;
import dev.longshore.shapes.ecr.InitiateLayerUploadResponse;
import dev.longshore.shapes.ecr.InvalidLayerException;
import dev.longshore.shapes.ecr.InvalidLayerPartException;
import dev.longshore.shapes.ecr.InvalidParameterException;
import dev.longshore.shapes.ecr.LayerAlreadyExistsException;
import dev.longshore.shapes.ecr.LayersNotFoundException;
import dev.longshore.shapes.ecr.UploadLayerPartRequest;
import dev.longshore.shapes.ecr.UploadLayerPartResponse;
import dev.longshore.shapes.ecr.UploadNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions of ECR that move layers part by part. */
final class EcrLayers {
  private static final long PART = 10_485_760;
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration URL_LIFE = Duration.ofHours(1);

  private final Registry registry;
  private final LayerParts parts = new LayerParts(MOST_REMEMBERED);

  EcrLayers(Registry registry) {
    this.registry = registry;
  }

  private void check(@Nullable String id, String repository) {
    Repositories.existing(registry.state(), id, repository, registry.place());
  }

  InitiateLayerUploadResponse initiate(InitiateLayerUploadRequest request) throws IOException {
    check(request.registryId(), request.repositoryName());
    Upload upload = registry.store().begin(request.repositoryName(), Algorithm.SHA256);
    return new InitiateLayerUploadResponse(shown(upload), PART);
  }

  UploadLayerPartResponse upload(UploadLayerPartRequest request) throws IOException {
    check(request.registryId(), request.repositoryName());
    byte[] bytes = request.layerPartBlob().toBytes();
    Upload upload = found(request.repositoryName(), request.uploadId());
    try (Upload.Writing writing = taken(upload, request.repositoryName())) {
      if (request.partFirstByte() != upload.size()
          || request.partLastByte() - request.partFirstByte() + 1 != bytes.length) {
        throw InvalidLayerPartException.builder()
            .registryId(registry.place().accountId())
            .repositoryName(request.repositoryName())
            .uploadId(shown(upload))
            .lastValidByteReceived(upload.size() - 1)
            .message(
                "Layer part is invalid: it must begin after the last byte received and have as"
                    + " many bytes as it says")
            .build();
      }
      registry.checkRoom(request.repositoryName(), upload.size() + bytes.length);
      parts.came(upload.id(), bytes.length);
      writing.append(ByteBuffer.wrap(bytes));
    }
    return new UploadLayerPartResponse(
        registry.place().accountId(), request.repositoryName(), upload.id(), upload.size() - 1);
  }

  CompleteLayerUploadResponse complete(CompleteLayerUploadRequest request, Caller caller)
      throws IOException {
    check(request.registryId(), request.repositoryName());
    List<String> digests = request.layerDigests();
    Digest digest =
        digests.stream()
            .map(text -> Digest.parse(text).orElse(null))
            .filter(parsed -> parsed != null)
            .findFirst()
            .orElseThrow(() ->
                new InvalidParameterException(
                    "Invalid parameter at 'layerDigests' failed to satisfy constraint: 'must have"
                        + " a digest of a known algorithm'"));
    Upload upload = found(request.repositoryName(), request.uploadId());
    try (Upload.Writing writing = taken(upload, request.repositoryName())) {
      if (upload.size() == 0) {
        throw new EmptyUploadException("Upload '" + shown(upload) + "' has no layer parts");
      }
      parts.end(upload.id());
      if (registry.layer(request.repositoryName(), digest) != null) {
        writing.cancel();
        throw new LayerAlreadyExistsException(
            "Layer with digest '"
                + digest
                + "' already exists in the repository with name '"
                + request.repositoryName()
                + "'");
      }
      Lease lease = writing.commit(digest);
      if (lease == null) {
        throw new InvalidLayerException(
            "The layer digest '" + digest + "' does not match the uploaded bytes");
      }
      registry.keep(request.repositoryName(), lease, upload.size(), caller);
    }
    return new CompleteLayerUploadResponse(
        registry.place().accountId(), request.repositoryName(), shown(upload), digest.toString());
  }

  GetDownloadUrlForLayerResponse url(GetDownloadUrlForLayerRequest request) {
    check(request.registryId(), request.repositoryName());
    String repository = request.repositoryName();
    Digest digest = Digest.parse(request.layerDigest()).orElse(null);
    if (digest == null || registry.layer(repository, digest) == null) {
      throw new LayersNotFoundException(
          "Layer with digest '"
              + request.layerDigest()
              + "' does not exist in the repository with name '"
              + repository
              + "'");
    }
    String permit =
        registry.tokens().permit(repository, digest.toString(), registry.now().plus(URL_LIFE));
    String url =
        registry.scheme()
            + registry.address()
            + "/v2/"
            + repository
            + "/blobs/"
            + digest
            + "?permit="
            + permit;
    return new GetDownloadUrlForLayerResponse(url, digest.toString());
  }

  /** ECR's ids of uploads have the form of a UUID. */
  private static String shown(Upload upload) {
    return upload.id().replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private Upload found(String repository, String id) throws IOException {
    Upload upload = registry.store().upload(repository, id.replace("-", ""));
    if (upload == null) {
      throw missing(repository, id);
    }
    return upload;
  }

  private Upload.Writing taken(Upload upload, String repository) throws IOException {
    Upload.Writing writing = upload.write();
    if (writing == null) {
      throw missing(repository, shown(upload));
    }
    return writing;
  }

  private UploadNotFoundException missing(String repository, String id) {
    return new UploadNotFoundException(
        "Upload '"
            + id
            + "' does not exist in the repository with name '"
            + repository
            + "' in the registry with id '"
            + registry.place().accountId()
            + "'");
  }
}
