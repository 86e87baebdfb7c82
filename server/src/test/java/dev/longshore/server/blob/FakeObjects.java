package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Verification;
import dev.longshore.wire.signature.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * As much of an S3-compatible store as the store of blobs asks for, in memory and on loopback. It
 * looks at signatures, at ranges, at the least size of parts, and shows no object before it is
 * complete.
 */
final class FakeObjects implements AutoCloseable {
  private static final Credentials KEYS = Credentials.of("AKIDOBJECTS", "secret");
  private static final String BUCKET = "images";
  private static final Pattern PART = Pattern.compile("<ETag>(?:\"|&quot;)?([^<&\"]+)");

  private final HttpServer server;
  private final InstantSource clock;
  private final int leastPart;
  private final Verifier verifier =
      new Verifier(
          Clock.systemUTC(),
          (id, token) -> id.equals(KEYS.accessKeyId()) ? KEYS : null,
          "us-east-1"::equals);
  private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final Map<String, Begun> uploads = new TreeMap<>();
  private int number;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> faulty = call -> false;
  private volatile int fault;
  private volatile boolean rangeless;
  private volatile boolean cutting;

  private static final class Stored {
    private final byte[] bytes;
    private final String etag;
    private final Instant at;

    Stored(byte[] bytes, String etag, Instant at) {
      this.bytes = bytes;
      this.etag = etag;
      this.at = at;
    }

    byte[] bytes() {
      return bytes;
    }

    String etag() {
      return etag;
    }

    Instant at() {
      return at;
    }
  }

  private record Begun(String key, Instant at, TreeMap<Integer, byte[]> parts) {}

  /**
   * @param leastPart bytes that every part but the last must have
   */
  FakeObjects(InstantSource clock, int leastPart) throws IOException {
    this.clock = clock;
    this.leastPart = leastPart;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  ObjectStore place() {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return ObjectStore.at("s3://" + BUCKET + "/some/prefix", endpoint, "us-east-1", true);
  }

  Bucket bucket(String secret) {
    return Bucket.open(
        place(),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEYS.accessKeyId(), secret)));
  }

  Bucket bucket() {
    return bucket(KEYS.secretAccessKey());
  }

  List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  byte[] bytes(String key) {
    return requireNonNull(objects.get(key)).bytes();
  }

  synchronized int begun() {
    return uploads.size();
  }

  /**
   * From now on such calls fail.
   *
   * @param which told the method, the key with its query, and the range that is asked for, if any
   * @param status of the answer; 200 has a fault in its body, as S3 answers what takes long
   */
  void fail(int status, Predicate<String> which) {
    fault = status;
    faulty = which;
  }

  /** From now on none fails. */
  void heal() {
    faulty = call -> false;
    rangeless = false;
    cutting = false;
  }

  /** From now on ranges are ignored, as by a store that knows none. */
  void ignoreRanges() {
    rangeless = true;
  }

  /** From now on objects break off half way. */
  void cut() {
    cutting = true;
  }

  /** All calls that were signed well, in the form that {@link #fail} tells them. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  private static String call(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return exchange.getRequestMethod()
        + ' '
        + exchange.getRequestURI()
        + (range == null ? "" : ' ' + range);
  }

  private static List<String> names(HttpExchange exchange) {
    return exchange.getRequestHeaders().keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      var signable =
          new SignableRequest(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              name -> {
                List<String> values = exchange.getRequestHeaders().get(name);
                return values == null ? null : String.join(",", values);
              },
              names(exchange),
              body);
      if (!(verifier.verify(signable, "s3") instanceof Verification.Verified)) {
        answer(exchange, 403, error("SignatureDoesNotMatch"));
      } else {
        String call = call(exchange);
        calls.add(call);
        if (faulty.test(call)) {
          answer(exchange, fault, error("Fault" + fault));
        } else {
          dispatch(exchange, uri, body);
        }
      }
    }
  }

  private void dispatch(HttpExchange exchange, URI uri, byte[] body) throws IOException {
    Map<String, String> query = query(uri.getRawQuery());
    String path = uri.getPath();
    String key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
    switch (exchange.getRequestMethod()) {
      case "GET" -> {
        if (!key.isEmpty()) {
          get(exchange, key);
        } else if (query.containsKey("uploads")) {
          answer(exchange, 200, uploads());
        } else {
          answer(exchange, 200, listed(query));
        }
      }
      case "HEAD" -> head(exchange, key);
      case "PUT" -> put(exchange, key, query, body);
      case "POST" -> post(exchange, key, query, body);
      case "DELETE" -> {
        remove(key, query);
        exchange.sendResponseHeaders(204, -1);
      }
      default -> answer(exchange, 405, error("MethodNotAllowed"));
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String each : raw == null ? new String[0] : raw.split("&")) {
      int at = each.indexOf('=');
      query.put(
          at < 0 ? each : each.substring(0, at),
          at < 0 ? "" : URLDecoder.decode(each.substring(at + 1), UTF_8));
    }
    return query;
  }

  private static String error(String code) {
    return "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>";
  }

  private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] bytes = xml.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void describe(HttpExchange exchange, Stored stored) {
    exchange.getResponseHeaders().set("ETag", stored.etag());
    exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
  }

  private void head(HttpExchange exchange, String key) throws IOException {
    Stored stored = objects.get(key);
    if (stored == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    describe(exchange, stored);
    exchange.getResponseHeaders().set("Content-Length", "" + stored.bytes().length);
    exchange.sendResponseHeaders(200, -1);
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    Stored stored = objects.get(key);
    if (stored == null) {
      answer(exchange, 404, error("NoSuchKey"));
      return;
    }
    describe(exchange, stored);
    String range = exchange.getRequestHeaders().getFirst("Range");
    int length = stored.bytes().length;
    int from = range == null || rangeless ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] bytes = Arrays.copyOfRange(stored.bytes(), from, length);
    if (from > 0) {
      String shown = "bytes " + from + '-' + (length - 1) + '/' + length;
      exchange.getResponseHeaders().set("Content-Range", shown);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes, 0, cutting ? bytes.length / 2 : bytes.length);
  }

  private String stored(String key, byte[] bytes) {
    String etag = '"' + Digest.of(Digest.Algorithm.SHA256, bytes).hex() + '"';
    objects.put(key, new Stored(bytes, etag, clock.instant()));
    return etag;
  }

  private void put(HttpExchange exchange, String key, Map<String, String> query, byte[] body)
      throws IOException {
    String upload = query.get("uploadId");
    if (upload == null) {
      exchange.getResponseHeaders().set("ETag", stored(key, body));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    int part = Integer.parseInt(query.getOrDefault("partNumber", "0"));
    String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
    if (source == null) {
      exchange.getResponseHeaders().set("ETag", keep(upload, part, body));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String path = URLDecoder.decode(source, UTF_8);
    Stored copied = objects.get(path.substring(path.indexOf(BUCKET) + BUCKET.length() + 1));
    String asked = exchange.getRequestHeaders().getFirst("x-amz-copy-source-if-match");
    if (copied == null || !copied.etag().equals(asked)) {
      answer(exchange, 412, error("PreconditionFailed"));
      return;
    }
    String etag = keep(upload, part, copied.bytes());
    answer(exchange, 200, "<CopyPartResult><ETag>" + etag + "</ETag></CopyPartResult>");
  }

  private synchronized String keep(String upload, int part, byte[] bytes) {
    requireNonNull(uploads.get(upload)).parts().put(part, bytes);
    return "part-" + part + '-' + bytes.length;
  }

  private void post(HttpExchange exchange, String key, Map<String, String> query, byte[] body)
      throws IOException {
    if (query.containsKey("uploads")) {
      answer(
          exchange,
          200,
          "<InitiateMultipartUploadResult><UploadId>"
              + begin(key)
              + "</UploadId></InitiateMultipartUploadResult>");
      return;
    }
    boolean done = complete(key, query.getOrDefault("uploadId", ""), new String(body, ISO_8859_1));
    answer(
        exchange,
        done ? 200 : 400,
        done ? "<CompleteMultipartUploadResult/>" : error("EntityTooSmall"));
  }

  private synchronized String begin(String key) {
    String id = "upload" + number++;
    uploads.put(id, new Begun(key, clock.instant(), new TreeMap<>()));
    return id;
  }

  private synchronized boolean complete(String key, String upload, String asked) {
    Begun begun = requireNonNull(uploads.get(upload));
    var whole = new ByteArrayOutputStream();
    Matcher tags = PART.matcher(asked);
    for (Map.Entry<Integer, byte[]> part : begun.parts().entrySet()) {
      boolean last = part.getKey().equals(begun.parts().lastKey());
      String etag = "part-" + part.getKey() + '-' + part.getValue().length;
      if ((!last && part.getValue().length < leastPart)
          || !tags.find()
          || !tags.group(1).equals(etag)) {
        return false;
      }
      whole.writeBytes(part.getValue());
    }
    uploads.remove(upload);
    stored(key, whole.toByteArray());
    return true;
  }

  private synchronized void remove(String key, Map<String, String> query) {
    String upload = query.get("uploadId");
    if (upload == null) {
      objects.remove(key);
    } else {
      uploads.remove(upload);
    }
  }

  private synchronized String uploads() {
    var xml = new StringBuilder("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>");
    uploads.forEach((id, begun) ->
        xml.append("<Upload><Key>")
            .append(begun.key())
            .append("</Key><UploadId>")
            .append(id)
            .append("</UploadId><Initiated>")
            .append(begun.at())
            .append("</Initiated></Upload>"));
    return xml.append("</ListMultipartUploadsResult>").toString();
  }

  /** Pages of two, so that there are several. */
  private String listed(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", prefix);
    var xml = new StringBuilder("<ListBucketResult>");
    int shown = 0;
    String last = "";
    boolean more = false;
    for (Map.Entry<String, Stored> each : objects.tailMap(after, after.equals(prefix)).entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      if (shown++ == 2) {
        more = true;
        break;
      }
      last = each.getKey();
      xml.append("<Contents><Key>")
          .append(last)
          .append("</Key><Size>")
          .append(each.getValue().bytes().length)
          .append("</Size><ETag>")
          .append(each.getValue().etag().replace("\"", "&quot;"))
          .append("</ETag><LastModified>")
          .append(each.getValue().at())
          .append("</LastModified></Contents>");
    }
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    if (more) {
      xml.append("<NextContinuationToken>").append(last).append("</NextContinuationToken>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
