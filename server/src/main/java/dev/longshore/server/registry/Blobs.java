package dev.longshore.server.registry;

import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.repository.DropLayers;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.http.Content;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.Response.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers and configurations: read them, whole or in part, and delete them. */
final class Blobs {
  private final Registry registry;

  Blobs(Registry registry) {
    this.registry = registry;
  }

  Response get(Call call) throws IOException {
    Digest digest = call.digest();
    StoredLayer layer = registry.layer(call.repository(), digest);
    if (layer == null) {
      throw RefusedException.blobUnknown();
    }
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("content-type", "application/octet-stream"));
    headers.add(DistributionRoute.digestHeader(digest));
    headers.add(new Header("accept-ranges", "bytes"));
    headers.add(new Header("etag", '"' + digest.toString() + '"'));
    if (call.method().equals("HEAD")) {
      headers.add(new Header("content-length", Long.toString(layer.size())));
      return Response.of(200, headers, new byte[0]);
    }
    ByteRange range = ByteRange.asked(call.header("range"), layer.size());
    if (range.unsatisfiable()) {
      throw new RefusedException(416, "SIZE_INVALID", "The range lies beyond the blob's end.")
          .with("content-range", "bytes */" + layer.size());
    }
    StoredBlob blob = registry.open(digest, layer, () -> registry.layer(call.repository(), digest));
    if (blob == null) {
      throw RefusedException.blobUnknown();
    }
    if (range.whole()) {
      return Response.streamed(200, headers, new Part(blob, 0, blob.length()));
    }
    headers.add(new Header("content-range", range.header(layer.size())));
    return Response.streamed(206, headers, new Part(blob, range.first(), range.length()));
  }

  Response delete(Call call) {
    Digest digest = call.digest();
    StoredLayer layer = registry.layer(call.repository(), digest);
    if (layer == null) {
      throw RefusedException.blobUnknown();
    }
    int dropped =
        registry.decide(
            new DropLayers(),
            new DropLayers.Layers(List.of(layer.key()), Instant.MAX),
            call.caller());
    if (dropped == 0 && registry.layer(call.repository(), digest) != null) {
      throw new RefusedException(405, "UNSUPPORTED", "The blob belongs to an image.");
    }
    return Response.empty(202);
  }

  /** Some bytes of a blob. */
  private record Part(StoredBlob blob, long offset, long length) implements Content {
    @Override
    public void read(long from, ByteBuffer into) throws IOException {
      blob.read(offset + from, into);
    }

    @Override
    public boolean slow() {
      return blob.file() == null;
    }

    @Override
    public @Nullable FileChannel file() {
      return blob.file();
    }

    @Override
    public void close() throws IOException {
      blob.close();
    }
  }
}
