package dev.longshore.server.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The few calls of S3 that the store needs, on keys below its prefix; each blocks. */
final class Bucket implements AutoCloseable {
  private static final int ABSENT = 404;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /** Ids of what this process puts together from parts just now. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * An object.
   *
   * @param etag changes with its bytes
   */
  record Entry(String key, long size, Instant modified, String etag) {}

  private Bucket(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  static Bucket open(ObjectStore place) {
    return open(place, DefaultCredentialsProvider.builder().build());
  }

  static Bucket open(ObjectStore place, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(credentials)
            .region(region(place))
            // Checksums in trailers are Amazon's own: other stores refuse them.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(options ->
                options.pathStyleAccessEnabled(place.pathStyle()).chunkedEncodingEnabled(false));
    if (place.endpoint() != null) {
      builder.endpointOverride(place.endpoint());
    }
    return new Bucket(builder.build(), place.bucket(), place.prefix());
  }

  private static Region region(ObjectStore place) {
    if (place.region() != null) {
      return Region.of(place.region());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException nowhereSaid) {
      return Region.US_EAST_1;
    }
  }

  private static <T> T asked(Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new IOException("The object store failed: " + e.getMessage(), e);
    }
  }

  private static <T> @Nullable T found(Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (S3Exception e) {
      if (e.statusCode() == ABSENT) {
        return null;
      }
      throw new IOException("The object store failed: " + e.getMessage(), e);
    } catch (SdkException e) {
      throw new IOException("The object store failed: " + e.getMessage(), e);
    }
  }

  /** What is known of an object; null where there is none. */
  @Nullable Entry head(String key) throws IOException {
    HeadObjectResponse head =
        found(() -> s3.headObject(request -> request.bucket(bucket).key(prefix + key)));
    return head == null
        ? null
        : new Entry(key, head.contentLength(), head.lastModified(), head.eTag());
  }

  /** Puts an object whole; answers its ETag. */
  String put(String key, byte[] bytes, int length) throws IOException {
    return asked(() ->
            s3.putObject(request -> request.bucket(bucket).key(prefix + key), body(bytes, length)))
        .eTag();
  }

  private static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  /**
   * An object's bytes from one on; null where there is none. To be cut or read to its end.
   *
   * @throws IOException the store failed, or answered with other bytes than it was asked for
   */
  @Nullable Bytes get(String key, long from) throws IOException {
    ResponseInputStream<GetObjectResponse> stream =
        found(() ->
            s3.getObject(request ->
                request
                    .bucket(bucket)
                    .key(prefix + key)
                    .range(from == 0 ? null : "bytes=" + from + '-')));
    if (stream == null) {
      return null;
    }
    String range = stream.response().contentRange();
    if (from > 0 && (range == null || !range.startsWith("bytes " + from + '-'))) {
      stream.abort();
      throw new IOException("The object store does not answer with the range it is asked for.");
    }
    return new Bytes(stream, stream.response().eTag(), stream::abort);
  }

  /**
   * An object on its way here.
   *
   * @param cut ends it at once, wherever it is
   */
  record Bytes(InputStream stream, String etag, Runnable cut) {}

  /** Tells of all objects whose keys begin so, in their order. */
  void list(String beginning, Consumer<Entry> each) throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix + beginning).build();
    asked(() -> {
      for (S3Object object : s3.listObjectsV2Paginator(request).contents()) {
        String key = object.key().substring(prefix.length());
        each.accept(new Entry(key, object.size(), object.lastModified(), object.eTag()));
      }
      return true;
    });
  }

  void delete(String key) throws IOException {
    asked(() -> s3.deleteObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  /** Begins an object of several parts, which nobody sees before it is complete. */
  String beginParts(String key) throws IOException {
    String upload =
        asked(() -> s3.createMultipartUpload(request -> request.bucket(bucket).key(prefix + key)))
            .uploadId();
    underWay.add(upload);
    return upload;
  }

  /** Sends a part; answers its ETag. */
  String part(String key, String upload, int number, byte[] bytes, int length) throws IOException {
    return asked(() ->
            s3.uploadPart(
                request ->
                    request.bucket(bucket).key(prefix + key).uploadId(upload).partNumber(number),
                body(bytes, length)))
        .eTag();
  }

  /** Has another object copied as a part, if it has that ETag still; answers the part's. */
  String copyPart(String key, String upload, int number, String source, String etag)
      throws IOException {
    return asked(() ->
            s3.uploadPartCopy(request ->
                request
                    .sourceBucket(bucket)
                    .sourceKey(prefix + source)
                    .copySourceIfMatch(etag)
                    .destinationBucket(bucket)
                    .destinationKey(prefix + key)
                    .uploadId(upload)
                    .partNumber(number)))
        .copyPartResult()
        .eTag();
  }

  void complete(String key, String upload, List<String> etags) throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (String etag : etags) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(etag).build());
    }
    asked(() ->
        s3.completeMultipartUpload(request ->
            request
                .bucket(bucket)
                .key(prefix + key)
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts))));
    underWay.remove(upload);
  }

  /** Gives up what was begun in parts; it may be over already. */
  void abort(String key, String upload) throws IOException {
    underWay.remove(upload);
    var _ =
        found(() ->
            s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(prefix + key).uploadId(upload)));
  }

  /** Ends what was begun in parts before that time and never completed. */
  void abortBefore(Instant deadline) throws IOException {
    List<MultipartUpload> begun =
        asked(() ->
            s3
                .listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix))
                .uploads()
                .stream()
                .toList());
    for (MultipartUpload upload : begun) {
      if (upload.initiated().isBefore(deadline) && !underWay.contains(upload.uploadId())) {
        abort(upload.key().substring(prefix.length()), upload.uploadId());
      }
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
