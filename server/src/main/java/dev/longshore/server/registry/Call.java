package dev.longshore.server.registry;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.Trail;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.http.BodyStream;
import dev.longshore.server.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the registry, authenticated.
 *
 * @param repository empty where the path names none
 * @param reference the path's last part: a tag, a digest or an upload's id
 * @param query decoded
 * @param trail told what is found out about the request
 */
record Call(
    Request request,
    Caller caller,
    String repository,
    String reference,
    Map<String, List<String>> query,
    Trail trail) {
  /** Says that another registry copies an image here, as its rules want it. */
  static final String REPLICATION = "x-longshore-replication";

  /** Whether the call is another registry's that copies an image, and may do that. */
  boolean isReplication(Registry registry) {
    return header(REPLICATION) != null
        && rights(registry).denial(repository, caller, "ReplicateImage") == null;
  }

  /** What callers may do who ask as this one does. */
  Rights rights(Registry registry) {
    return registry.rights(trail.circumstances(registry.now()));
  }

  String method() {
    return request.method();
  }

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.getFirst();
  }

  @Nullable String header(String name) {
    return request.headers().first(name);
  }

  /** Lends the body to one who works on with it. */
  void lend(BodyStream.Borrower borrower) throws IOException {
    BodyStream stream = request.stream();
    if (stream != null) {
      stream.lend(borrower);
    }
  }

  /** Hands the body to a sink as it comes. */
  void body(BodyStream.Sink sink) throws IOException {
    BodyStream stream = request.stream();
    if (stream != null) {
      stream.into(sink);
    }
  }

  /**
   * The digest that the path names.
   *
   * @throws RefusedException it is none
   */
  Digest digest() {
    return digest(reference);
  }

  static Digest digest(@Nullable String text) {
    if (text == null) {
      throw RefusedException.digestInvalid("provided digest is missing");
    }
    return Digest.parse(text)
        .orElseThrow(() -> RefusedException.digestInvalid("invalid digest: " + text));
  }
}
