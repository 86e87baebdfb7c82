package dev.longshore.wire;

import dev.longshore.shapes.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A request as it stands on the wire.
 *
 * @param method in upper case
 * @param path before the question mark, still percent-encoded
 * @param rawQuery after the question mark, still percent-encoded, empty where there is none
 * @param body the whole body, which nobody may write to
 */
@SuppressWarnings("ArrayRecordComponent") // An envelope is passed on, never compared.
public record WireRequest(
    String method, String path, String rawQuery, WireHeaders headers, byte[] body) {
  /**
   * The request with its body unpacked. Clients may pack large bodies with gzip and say so in the
   * header {@code content-encoding}.
   *
   * @param limit the largest unpacked body in bytes
   * @throws ServiceException when the body is larger, is no gzip, or is packed otherwise
   */
  public WireRequest unpacked(int limit) {
    var encoding = headers.first("content-encoding");
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return this;
    }
    if (!encoding.trim().toLowerCase(Locale.ROOT).equals("gzip")) {
      throw Malformed.because("Unsupported content encoding");
    }
    try (var packed = new GZIPInputStream(new ByteArrayInputStream(body))) {
      var unpacked = packed.readNBytes(limit);
      if (unpacked.length == limit && packed.read() >= 0) {
        throw new ServiceException("RequestEntityTooLargeException", 413, "Request is too large");
      }
      return new WireRequest(method, path, rawQuery, headers, unpacked);
    } catch (IOException e) {
      throw Malformed.because("The body is not in gzip format");
    }
  }
}
