package dev.longshore.server.api;

import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Request bodies that arrive compressed: the CLI and boto3 do that to larger metric data. */
final class Gzip {
  private static final Pattern CHUNKS = Pattern.compile("^\\s*aws-chunked\\s*,?");

  private Gzip() {}

  /**
   * The request with its body as codecs want it.
   *
   * @param limit bytes that a body may have once it is inflated
   * @throws ServiceException where the encoding is another one, the data is corrupt or too large
   */
  static WireRequest inflated(WireRequest request, int limit) {
    String encoding = request.headers().first("content-encoding");
    if (encoding == null) {
      return request;
    }
    // Chunks are gone by now, but the encoding still names them.
    String left = CHUNKS.matcher(encoding).replaceFirst("").strip().toLowerCase(Locale.ROOT);
    if (left.isEmpty() || left.equals("identity")) {
      return request;
    }
    if (!left.equals("gzip")) {
      throw malformed("Unsupported content encoding");
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      byte[] plain = in.readNBytes(limit + 1);
      if (plain.length > limit) {
        throw new ServiceException(
            "RequestEntityTooLargeException",
            413,
            "The request body is larger than " + limit + " bytes.");
      }
      return new WireRequest(
          request.method(), request.path(), request.rawQuery(), request.headers(), plain);
    } catch (IOException e) {
      throw malformed("The body is not in gzip format");
    }
  }

  private static ServiceException malformed(String message) {
    return new ServiceException("SerializationException", 400, message);
  }
}
