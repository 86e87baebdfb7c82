package dev.longshore.server.api;

import dev.longshore.server.http.Request;
import dev.longshore.shapes.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Request bodies that arrive compressed: the CLI and boto3 do that to larger metric data. */
final class Gzip {
  private Gzip() {}

  /**
   * The request's body as its codec wants it.
   *
   * @param limit bytes that a body may have once it is inflated
   * @throws ServiceException where the encoding is another one, the data is corrupt or too large
   */
  static byte[] inflated(Request request, int limit) {
    String encoding = request.headers().joined("content-encoding");
    if (isPlain(encoding)) {
      return request.body();
    }
    if (!"gzip".equals(String.valueOf(encoding).strip().toLowerCase(Locale.ROOT))) {
      throw new ServiceException(
          "UnsupportedMediaTypeException", 415, "Unsupported content encoding: " + encoding);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] plain = in.readNBytes(limit + 1);
      if (plain.length > limit) {
        throw new ServiceException(
            "RequestEntityTooLargeException",
            413,
            "The request body is larger than " + limit + " bytes.");
      }
      return plain;
    } catch (IOException e) {
      throw new ServiceException("SerializationException", 400, "The body is not valid gzip.");
    }
  }

  /** The agent and some SDKs name no encoding, others say so in a word. */
  private static boolean isPlain(@Nullable String encoding) {
    return encoding == null || encoding.isBlank() || encoding.strip().equals("identity");
  }
}
