package dev.longshore.server.registry;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.blob.Upload;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.Response.Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Layers on their way in: at once, in chunks, as a stream, or from another repository. */
final class Uploads {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("(?:bytes[ =])?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

  private final Registry registry;

  Uploads(Registry registry) {
    this.registry = registry;
  }

  Response begin(Call call) throws IOException {
    String mounted = call.parameter("mount");
    if (mounted != null) {
      Response response = mount(call, Call.digest(mounted));
      if (response != null) {
        return response;
      }
    }
    if (call.parameter("digest") != null) {
      return atOnce(call, Call.digest(call.parameter("digest")));
    }
    Upload upload = registry.store().begin(call.repository(), algorithm(call));
    return accepted(call, upload);
  }

  private static Algorithm algorithm(Call call) {
    String label = call.parameter("digest-algorithm");
    return label == null
        ? Algorithm.SHA256
        : Algorithm.labelled(label)
            .orElseThrow(() -> RefusedException.digestInvalid("unsupported algorithm: " + label));
  }

  /** Takes a layer that another repository has; null where that cannot be. */
  private @Nullable Response mount(Call call, Digest digest) throws IOException {
    StoredLayer source = source(call, digest);
    if (source == null) {
      return null;
    }
    Lease lease = registry.store().lease(digest);
    try (StoredBlob blob = registry.store().open(digest)) {
      if (blob == null) {
        lease.close();
        return null;
      }
    }
    registry.keep(call.repository(), lease, source.size(), call.caller());
    return created(call, digest);
  }

  private @Nullable StoredLayer source(Call call, Digest digest) {
    RegistrySetting setting = registry.state().find(RegistrySetting.KIND, "BLOB_MOUNTING");
    if (setting != null && setting.value().equals("DISABLED")) {
      return null;
    }
    String from = call.parameter("from");
    for (StoredLayer layer : registry.state().by(StoredLayer.BY_DIGEST, digest.toString())) {
      if (from == null || from.isEmpty() || from.equals(layer.repository())) {
        ImageRepository row = registry.state().find(ImageRepository.KIND, layer.repository());
        if (row != null && mayPull(row, call)) {
          return layer;
        }
      }
    }
    return null;
  }

  private boolean mayPull(ImageRepository from, Call call) {
    return call.rights(registry).denial(from, call.caller(), "GetDownloadUrlForLayer") == null;
  }

  private Response atOnce(Call call, Digest digest) throws IOException {
    checkRoom(call, 0);
    Upload upload = registry.store().begin(call.repository(), digest.algorithm());
    try (Upload.Writing writing = taken(upload)) {
      try {
        call.lend(writing::append);
      } catch (IOException e) {
        writing.cancel();
        throw e;
      }
      return finished(call, writing, upload, digest);
    }
  }

  /** A body that says how long it is need not come first to be refused. */
  private void checkRoom(Call call, long before) {
    String length = call.header("content-length");
    registry.checkRoom(call.repository(), before + (length == null ? 0 : Long.parseLong(length)));
  }

  private Response finished(Call call, Upload.Writing writing, Upload upload, Digest digest)
      throws IOException {
    Lease lease = writing.commit(digest);
    if (lease == null) {
      throw RefusedException.digestInvalid("provided digest did not match uploaded content");
    }
    registry.keep(call.repository(), lease, upload.size(), call.caller());
    return created(call, digest);
  }

  Response status(Call call) throws IOException {
    Upload upload = found(call);
    return Response.of(204, progress(call, upload), new byte[0]);
  }

  Response append(Call call) throws IOException {
    Upload upload = found(call);
    try (Upload.Writing writing = taken(upload)) {
      receive(call, upload, writing);
    }
    return accepted(call, upload);
  }

  Response complete(Call call) throws IOException {
    Digest digest = Call.digest(call.parameter("digest"));
    Upload upload = found(call);
    try (Upload.Writing writing = taken(upload)) {
      writing.expect(digest.algorithm());
      receive(call, upload, writing);
      return finished(call, writing, upload, digest);
    }
  }

  Response cancel(Call call) throws IOException {
    try (Upload.Writing writing = taken(found(call))) {
      writing.cancel();
    }
    return Response.empty(204);
  }

  /** Takes the request's body, which must begin where the upload ends. */
  private void receive(Call call, Upload upload, Upload.Writing writing) throws IOException {
    String header = call.header("content-range");
    long before = upload.size();
    long expected = -1;
    if (header != null) {
      Matcher range = CONTENT_RANGE.matcher(header.strip());
      if (!range.matches() || Long.parseLong(range.group(1)) != before) {
        throw outOfOrder(call, upload, "The chunk does not begin where the upload ends.");
      }
      expected = Long.parseLong(range.group(2)) - before + 1;
      String length = call.header("content-length");
      if (expected < 0 || (length != null && !length.equals(Long.toString(expected)))) {
        throw outOfOrder(call, upload, "The chunk's length is not that of its range.");
      }
    }
    checkRoom(call, before);
    call.lend(writing::append);
    if (expected >= 0 && upload.size() - before != expected) {
      throw new RefusedException(
          400, "SIZE_INVALID", "The chunk's length is not that of its range.");
    }
  }

  private RefusedException outOfOrder(Call call, Upload upload, String message) {
    var refused = new RefusedException(416, "BLOB_UPLOAD_INVALID", message);
    progress(call, upload).forEach(header -> refused.with(header.name(), header.value()));
    return refused;
  }

  private Upload found(Call call) throws IOException {
    Upload upload = registry.store().upload(call.repository(), call.reference());
    if (upload == null) {
      throw RefusedException.uploadUnknown();
    }
    return upload;
  }

  private static Upload.Writing taken(Upload upload) throws IOException {
    Upload.Writing writing = upload.write();
    if (writing == null) {
      throw new RefusedException(
          409, "BLOB_UPLOAD_INVALID", "Another request is writing to this upload.");
    }
    return writing;
  }

  private Response accepted(Call call, Upload upload) {
    return Response.of(202, progress(call, upload), new byte[0]);
  }

  private static List<Header> progress(Call call, Upload upload) {
    List<Header> headers = new ArrayList<>();
    headers.add(
        new Header("location", "/v2/" + call.repository() + "/blobs/uploads/" + upload.id()));
    headers.add(new Header("range", "0-" + Math.max(0, upload.size() - 1)));
    headers.add(new Header("docker-upload-uuid", upload.id()));
    return headers;
  }

  private static Response created(Call call, Digest digest) {
    return Response.empty(201)
        .with("location", "/v2/" + call.repository() + "/blobs/" + digest)
        .with("docker-content-digest", digest.toString());
  }
}
