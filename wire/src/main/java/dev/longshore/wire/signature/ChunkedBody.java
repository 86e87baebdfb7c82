package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.Verification.Reason.INCOMPLETE_SIGNATURE;
import static dev.longshore.wire.signature.Verification.Reason.INVALID_SIGNATURE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longshore.wire.signature.Verification.Refused;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that was sent in chunks (content encoding {@code aws-chunked}), as it comes. Each
 * chunk is signed under the signature before it, the first under the request's; nothing of a chunk
 * is handed on before it is proved, so one chunk is held, and no more. For one thread.
 */
public final class ChunkedBody {
  /** Bytes that a chunk may have. */
  static final int MOST_CHUNK = 16 << 20;

  /** Bytes that each chunk but the last must have, as S3 wants it: small ones cost too much. */
  static final int LEAST_CHUNK = 8 << 10;

  private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,7}");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_TRAILERS = 16;
  private static final String SIGNATURE = ";chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature:";

  private final @Nullable ChunkProof signatures;
  private final boolean trailed;
  private final long length;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder trailers = new StringBuilder();
  private Expected expected = Expected.HEAD;
  private byte[] chunk = {};
  private int filled;
  private String chunkSignature = "";
  private int trailerCount;
  private boolean trailersProved;
  private boolean small;
  private long read;

  private enum Expected {
    HEAD,
    DATA,
    DATA_END,
    TRAILER,
    NOTHING
  }

  /** Takes what was proved. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] bytes);
  }

  /**
   * @param signatures null where chunks are not signed
   * @param trailed whether fields follow the last chunk
   * @param length bytes of all chunks together, as the request says
   */
  private ChunkedBody(@Nullable ChunkProof signatures, boolean trailed, long length) {
    this.signatures = signatures;
    this.trailed = trailed;
    this.length = length;
  }

  /**
   * The body of a request that nobody has to sign, whatever it says of signatures; null where it
   * did not come in chunks.
   *
   * @throws BadChunkException the request does not say what there is to say of chunks
   */
  public static @Nullable ChunkedBody believed(SignableRequest request) throws BadChunkException {
    return of(request, () -> ChunkProof.BELIEVED);
  }

  /**
   * The body of a request; null where it did not come in chunks.
   *
   * @param proof of chunks that are signed
   */
  static @Nullable ChunkedBody of(SignableRequest request, Supplier<ChunkProof> proof)
      throws BadChunkException {
    String said = request.header(CanonicalRequest.PAYLOAD);
    PayloadForm form = PayloadForm.of(said);
    if (form == null) {
      throw new BadChunkException(
          Claim.incomplete("Unsupported 'X-Amz-Content-Sha256': '" + said + "'."));
    }
    if (!form.chunked()) {
      return null;
    }
    String length = request.header("x-amz-decoded-content-length");
    if (length == null || !LENGTH.matcher(length).matches()) {
      throw new BadChunkException(
          Claim.incomplete(
              "Missing required header for this request: x-amz-decoded-content-length"));
    }
    ChunkProof signatures = form == PayloadForm.UNSIGNED_CHUNKS ? null : proof.get();
    return new ChunkedBody(signatures, form.trailed(), Long.parseLong(length));
  }

  /** The whole content of a whole body. */
  public byte[] content(byte[] body) throws BadChunkException {
    var content = new ByteArrayOutputStream((int) Math.min(length, body.length));
    feed(body, 0, body.length, content::writeBytes);
    end();
    return content.toByteArray();
  }

  /** Takes more of the body. */
  public void feed(byte[] bytes, int offset, int count, Sink sink) throws BadChunkException {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      if (expected == Expected.DATA) {
        int taken = Math.min(end - at, chunk.length - filled);
        System.arraycopy(bytes, at, chunk, filled, taken);
        filled += taken;
        at += taken;
        if (filled == chunk.length) {
          expected = Expected.DATA_END;
        }
      } else {
        octet(bytes[at++], sink);
      }
    }
  }

  /** The body has come to its end. */
  public void end() throws BadChunkException {
    if (expected != Expected.NOTHING || read != length) {
      throw malformed(
          "You did not provide the number of bytes specified by the "
              + "x-amz-decoded-content-length header");
    }
  }

  /** A byte of a line; lines end with CR LF. */
  private void octet(byte octet, Sink sink) throws BadChunkException {
    if (expected == Expected.NOTHING) {
      throw malformed("The body goes on behind its last chunk");
    }
    if (octet != '\n') {
      if (line.size() == LONGEST_LINE) {
        throw malformed("A line between chunks is too long");
      }
      line.write(octet);
      return;
    }
    String text = line.toString(ISO_8859_1);
    line.reset();
    if (!text.endsWith("\r")) {
      throw malformed("A line between chunks has no end");
    }
    line(text.substring(0, text.length() - 1), sink);
  }

  private void line(String text, Sink sink) throws BadChunkException {
    switch (expected) {
      case HEAD -> head(text);
      case DATA_END -> chunkEnd(text, sink);
      default -> trailer(text);
    }
  }

  private void head(String text) throws BadChunkException {
    int mark = text.indexOf(SIGNATURE);
    if ((mark >= 0) != (signatures != null)) {
      throw malformed("A chunk has to say its size and its signature");
    }
    chunkSignature = mark < 0 ? "" : text.substring(mark + SIGNATURE.length());
    int size = size(mark < 0 ? text : text.substring(0, mark));
    read += size;
    if (read > length || (size > 0 && small)) {
      throw malformed("Only the last chunk is allowed to have a size less than 8192 bytes");
    }
    small = signatures != null && size < LEAST_CHUNK;
    if (size == 0) {
      prove(new byte[0]);
      expected = trailed ? Expected.TRAILER : Expected.DATA_END;
      chunk = new byte[0];
    } else {
      chunk = new byte[size];
      expected = Expected.DATA;
    }
    filled = 0;
  }

  private static int size(String text) throws BadChunkException {
    int size = SIZE.matcher(text).matches() ? Integer.parseInt(text, 16) : MOST_CHUNK + 1;
    if (size > MOST_CHUNK) {
      throw malformed("A chunk's size is no number up to " + MOST_CHUNK);
    }
    return size;
  }

  private void chunkEnd(String text, Sink sink) throws BadChunkException {
    if (!text.isEmpty()) {
      throw malformed("A chunk is longer than it says");
    }
    if (chunk.length == 0) {
      expected = Expected.NOTHING;
      return;
    }
    prove(chunk);
    sink.accept(chunk);
    chunk = new byte[0];
    expected = Expected.HEAD;
  }

  /** Fields, then, where chunks are signed, their signature; then an empty line. */
  private void trailer(String text) throws BadChunkException {
    if (text.isEmpty()) {
      if (signatures != null && !trailersProved) {
        throw malformed("The fields behind the last chunk are not signed");
      }
      expected = Expected.NOTHING;
    } else if (signatures != null && text.startsWith(TRAILER_SIGNATURE)) {
      String signature = text.substring(TRAILER_SIGNATURE.length()).strip();
      if (!signatures.ofTrailer(trailers.toString(), signature)) {
        throw mismatch();
      }
      trailersProved = true;
    } else {
      int colon = text.indexOf(':');
      if (colon < 1 || ++trailerCount > MOST_TRAILERS || trailersProved) {
        throw malformed("The fields behind the last chunk are none");
      }
      trailers.append(text, 0, colon).append(':').append(text.substring(colon + 1).strip());
      trailers.append('\n');
    }
  }

  private void prove(byte[] content) throws BadChunkException {
    if (signatures != null && !signatures.ofChunk(content, chunkSignature)) {
      throw mismatch();
    }
  }

  private static BadChunkException mismatch() {
    return new BadChunkException(
        new Refused(
            INVALID_SIGNATURE,
            "The chunk signature we calculated does not match the signature you provided."));
  }

  private static BadChunkException malformed(String message) {
    return new BadChunkException(new Refused(INCOMPLETE_SIGNATURE, message + '.'));
  }
}
