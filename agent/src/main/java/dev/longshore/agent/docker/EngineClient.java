package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests under the API version that engine and client share, and answers as JSON or as errors.
 * Views with other time limits share everything else.
 */
final class EngineClient {
  /** Docker Engine 20.10's version: what this client is written against. */
  static final ApiVersion FLOOR = new ApiVersion(1, 41);

  /** For calls that only look. */
  static final Duration LOOK = Duration.ofSeconds(30);

  /** For calls that change something: a busy disk makes creating or removing slow. */
  static final Duration CHANGE = Duration.ofMinutes(4);

  /** Bytes of an answer, or of one document of a feed. */
  static final long LIMIT = 32L * 1024 * 1024;

  private static final int ERROR_LIMIT = 64 * 1024;

  private final ConnectionPool pool;
  private final Negotiated negotiated;
  private final @Nullable Duration timeout;

  /** The version agreed with the engine that was there last. */
  private static final class Negotiated {
    private volatile @Nullable ApiVersion version;
  }

  EngineClient(ConnectionPool pool) {
    this(pool, new Negotiated(), null);
  }

  private EngineClient(ConnectionPool pool, Negotiated negotiated, @Nullable Duration timeout) {
    this.pool = pool;
    this.negotiated = negotiated;
    this.timeout = timeout;
  }

  EngineClient within(Duration limit) {
    return new EngineClient(pool, negotiated, limit);
  }

  /** An answer: status below 400, and a body that is whole. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; read once.
  record Answer(int status, byte[] body) {
    Json json() {
      try {
        return JsonText.parse(body);
      } catch (JsonSyntaxException e) {
        throw notJson(e);
      }
    }

    /** The documents that a streaming call has sent by its end. */
    List<Json> documents() {
      try {
        return JsonText.parseAll(body);
      } catch (JsonSyntaxException e) {
        throw notJson(e);
      }
    }

    private static DockerException notJson(JsonSyntaxException e) {
      return DockerException.of(
          DockerException.Kind.UNEXPECTED, "the engine's answer is not JSON: " + e.getMessage(), e);
    }
  }

  Answer call(Request request, Duration standard) {
    return unversioned(request.under(prefix()), Exchange.Lane.BRIEF, limit(standard));
  }

  /** A call that may take as long as the given time, by its nature. */
  Answer lasting(Request request, @Nullable Duration limit) {
    return unversioned(request.under(prefix()), Exchange.Lane.LASTING, limit);
  }

  private Duration limit(Duration standard) {
    return timeout == null ? standard : timeout;
  }

  private Answer unversioned(Request request, Exchange.Lane lane, @Nullable Duration limit) {
    var exchange = pool.send(request, lane, limit);
    return whole(exchange);
  }

  private Answer whole(Exchange exchange) {
    var status = checked(exchange, null);
    exchange.body().allow(LIMIT);
    return new Answer(status, bytes(exchange.body()));
  }

  private static byte[] bytes(BodyStream body) {
    try {
      return body.readAllBytes();
    } catch (IOException impossible) {
      throw new IllegalStateException("the body's own failures are no IOExceptions", impossible);
    }
  }

  /** Waits for the head; throws the engine's error where it is one. */
  private int checked(Exchange exchange, @Nullable Duration patience) {
    var status = exchange.head(patience).status().code();
    if (status < 400) {
      return status;
    }
    var body = exchange.body();
    body.allow(ERROR_LIMIT);
    var message = message(new String(bytes(body), StandardCharsets.UTF_8));
    if (status == 400 && message.startsWith("client version ")) {
      // The engine has been replaced by one that wants a newer version.
      negotiated.version = null;
    }
    throw DockerException.answered(status, message);
  }

  private static String message(String body) {
    try {
      var message = Json.parse(body).at("message").text();
      return message.isEmpty() ? body : message;
    } catch (JsonSyntaxException plainText) {
      return body;
    }
  }

  /** Opens a stream of answers, whose head must come within the time limit. */
  Exchange open(Request request, Duration standard) {
    var exchange = pool.send(request.under(prefix()), Exchange.Lane.LASTING, null);
    checked(exchange, limit(standard));
    return exchange;
  }

  /** Opens a stream for a pull: limited in total, and in the time between two signs of life. */
  Exchange openFor(PullLimits limits, Request request) {
    var exchange = pool.send(request.under(prefix()), Exchange.Lane.LASTING, limits.total());
    checked(exchange, limits.idle());
    exchange.body().patience(limits.idle());
    return exchange;
  }

  /** Sends what the upload writes as the request's body, and waits for the answer. */
  Answer upload(Request request, Upload upload, Duration limit) {
    var exchange = pool.send(request.uploading().under(prefix()), Exchange.Lane.LASTING, limit);
    var out = new UploadStream(exchange);
    try {
      upload.writeTo(out);
      out.finish();
    } catch (IOException e) {
      if (!out.refused()) {
        exchange.drop();
        throw DockerException.of(
            DockerException.Kind.UNEXPECTED, "cannot read what is to be sent: " + e, e);
      }
      // The engine has stopped reading, mostly because it has answered with an error.
    }
    return whole(exchange);
  }

  private String prefix() {
    var version = negotiated.version;
    return "/v" + (version == null ? negotiate(version()) : version);
  }

  EngineVersion version() {
    var answer = unversioned(Request.get("/version"), Exchange.Lane.BRIEF, limit(LOOK));
    return EngineVersion.from(answer.json());
  }

  /** The floor where the engine still speaks it, so that its answers look the same everywhere. */
  private ApiVersion negotiate(EngineVersion engine) {
    var newest = ApiVersion.parse(engine.apiVersion());
    if (newest.compareTo(FLOOR) < 0) {
      throw DockerException.of(
          DockerException.Kind.UNEXPECTED,
          "the engine's API version " + newest + " is older than " + FLOOR);
    }
    var oldest = ApiVersion.parse(engine.minimumApiVersion());
    var agreed = oldest.compareTo(FLOOR) > 0 ? oldest : FLOOR;
    negotiated.version = agreed;
    return agreed;
  }

  void ping() {
    unversioned(Request.get("/_ping"), Exchange.Lane.BRIEF, limit(LOOK));
  }
}
