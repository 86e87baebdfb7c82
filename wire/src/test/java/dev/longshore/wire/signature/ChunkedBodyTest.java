package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.ObjectSignatureTest.DAY;
import static dev.longshore.wire.signature.ObjectSignatureTest.KEY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.wire.signature.Verification.Verified;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bodies in chunks, by the examples of S3's documentation: 65 KiB of one letter in two chunks. */
class ChunkedBodyTest {
  private static final String CONTENT = "a".repeat(66_560);
  private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  private static final String FIRST =
      "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
  private static final String SECOND =
      "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
  private static final String LAST =
      "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
  private static final String CHECKSUM = "x-amz-checksum-crc32c:sOO8/Q==";

  private static String chunk(String content, String signature) {
    String mark = signature.isEmpty() ? "" : ";chunk-signature=" + signature;
    return Integer.toHexString(content.length()) + mark + "\r\n" + content + "\r\n";
  }

  private static final String BODY =
      chunk("a".repeat(65_536), FIRST) + chunk("a".repeat(1024), SECOND) + chunk("", LAST);

  private static Map<String, String> headers(String form) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "s3.amazonaws.com");
    headers.put("content-encoding", "aws-chunked");
    headers.put("x-amz-content-sha256", form);
    headers.put("x-amz-decoded-content-length", Integer.toString(CONTENT.length()));
    headers.put("x-amz-storage-class", "REDUCED_REDUNDANCY");
    if (form.endsWith("-TRAILER")) {
      headers.put("x-amz-trailer", "x-amz-checksum-crc32c");
    } else {
      headers.put("content-length", "66824");
    }
    return headers;
  }

  /** The reader of a body that is sent in this form, and the signature that comes first. */
  private static ChunkedBody reader(String form, Map<String, String> headers) {
    var request =
        new SignableRequest("PUT", "/examplebucket/chunkObject.txt", "", headers::get, new byte[0]);
    headers.putAll(
        new Signer(KEY, "us-east-1", "s3").sign(request, List.copyOf(headers.keySet()), DAY));
    Verification found = ObjectSignatureTest.verified(request, DAY);
    assertThat(found).as(form).isInstanceOf(Verified.class);
    return Objects.requireNonNull(((Verified) found).chunks());
  }

  private static String read(String form, String body) throws BadChunkException {
    byte[] octets = body.getBytes(ISO_8859_1);
    return new String(reader(form, headers(form)).content(octets), ISO_8859_1);
  }

  private static void refuses(String form, String body) {
    assertThatThrownBy(() -> read(form, body)).isInstanceOf(BadChunkException.class);
  }

  @Test
  void chunks_are_proved_by_the_published_signatures() throws Exception {
    Map<String, String> headers = headers(SIGNED);
    assertThat(reader(SIGNED, headers).content(BODY.getBytes(ISO_8859_1)))
        .isEqualTo(CONTENT.getBytes(ISO_8859_1));
    assertThat(headers.get("authorization"))
        .endsWith("=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
  }

  @Test
  void fields_behind_the_chunks_are_proved_by_the_published_signature() throws Exception {
    String form = SIGNED + "-TRAILER";
    Map<String, String> headers = headers(form);
    String chunks =
        chunk(
                "a".repeat(65_536),
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2")
            + chunk(
                "a".repeat(1024),
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7")
            + "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"
            + "\r\n"
            + CHECKSUM;
    String signature =
        "\r\nx-amz-trailer-signature:"
            + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";
    assertThat(reader(form, headers).content((chunks + signature).getBytes(ISO_8859_1)))
        .hasSize(CONTENT.length());
    assertThat(headers.get("authorization"))
        .endsWith("=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
    refuses(form, chunks + "\r\n\r\n");
    refuses(form, (chunks + signature).replace("sOO8", "tOO8"));
    refuses(form, chunks + signature.replace("d81f8", "d81f9"));
  }

  @Test
  void chunks_without_signatures_are_read_with_what_follows_them() throws Exception {
    String form = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    String body = chunk(CONTENT, "") + "0\r\n" + CHECKSUM + "\r\n\r\n";
    assertThat(read(form, body)).isEqualTo(CONTENT);
    refuses(form, body.replace("\r\n\r\n", "\r\n"));
    refuses(form, BODY);
  }

  @Test
  void a_changed_cut_or_reordered_body_is_refused() {
    refuses(SIGNED, BODY.replaceFirst("aaa", "aab"));
    refuses(SIGNED, BODY.replace(FIRST, SECOND));
    refuses(SIGNED, BODY.substring(0, BODY.length() - 1));
    refuses(SIGNED, chunk("a".repeat(65_536), FIRST) + chunk("", LAST));
    refuses(SIGNED, chunk("a".repeat(1024), SECOND) + chunk("a".repeat(65_536), FIRST));
    refuses(SIGNED, BODY + "more");
    refuses(SIGNED, "ffffffff;chunk-signature=" + FIRST + "\r\n");
    refuses(SIGNED, "-1;chunk-signature=" + FIRST + "\r\n");
    refuses(SIGNED, "0".repeat(5000));
    refuses(SIGNED, "");
  }

  @Test
  void nothing_of_a_chunk_is_handed_on_before_it_is_proved() throws Exception {
    ChunkedBody reader = reader(SIGNED, headers(SIGNED));
    byte[] octets = BODY.getBytes(ISO_8859_1);
    var content = new ByteArrayOutputStream();
    int head = BODY.indexOf('\n') + 1;
    reader.feed(octets, 0, head + 65_536, content::writeBytes);
    assertThat(content.size()).isZero();
    reader.feed(octets, head + 65_536, 2, content::writeBytes);
    assertThat(content.size()).isEqualTo(65_536);
  }

  @Test
  void bodies_by_chance_are_read_the_same_in_whatever_pieces_they_come() throws Exception {
    var random = new Random(5);
    byte[] octets = BODY.getBytes(ISO_8859_1);
    for (int round = 0; round < 200; round++) {
      ChunkedBody reader = reader(SIGNED, headers(SIGNED));
      var content = new ByteArrayOutputStream();
      for (int at = 0; at < octets.length; ) {
        int count = Math.min(octets.length - at, 1 + random.nextInt(1 << random.nextInt(17)));
        reader.feed(octets, at, count, content::writeBytes);
        at += count;
      }
      reader.end();
      assertThat(content.size()).isEqualTo(CONTENT.length());
    }
  }

  @Test
  void a_body_with_one_octet_changed_is_never_read_whole() {
    var random = new Random(6);
    byte[] octets = BODY.getBytes(ISO_8859_1);
    for (int round = 0; round < 2000; round++) {
      byte[] changed = octets.clone();
      // The signatures and sizes are the smaller part, so they are hit on purpose.
      int at = random.nextBoolean() ? random.nextInt(octets.length) : random.nextInt(88);
      changed[at] ^= (byte) (1 << random.nextInt(7));
      assertThatThrownBy(() -> reader(SIGNED, headers(SIGNED)).content(changed))
          .as("octet %s", at)
          .isInstanceOf(BadChunkException.class);
    }
  }
}
