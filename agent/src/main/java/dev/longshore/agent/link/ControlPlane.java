package dev.longshore.agent.link;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The ECS API as an agent calls it: JSON 1.1, signed, over connections that are kept. Requests are
 * plain trees, since agents send members ({@code clientToken}, {@code zoneId}) that no public model
 * has.
 */
public final class ControlPlane implements AutoCloseable {
  private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";
  private static final String REGISTRY_TARGET = "AmazonEC2ContainerRegistry_V20150921.";
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MOST_IDLE = 10;
  private static final List<String> SIGNED =
      List.of(
          "amz-sdk-invocation-id",
          "amz-sdk-request",
          "content-length",
          "content-type",
          "host",
          "x-amz-target");

  private final Transport transport;
  private final LinkConfig config;
  private final InstantSource clock;
  private final Origin origin;
  private final KeptSigner signer;
  private final String target;
  private final Deque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

  public ControlPlane(Transport transport, LinkConfig config, InstantSource clock) {
    this(transport, config, clock, LinkConfig.SERVICE, TARGET);
  }

  /** The API of the registry, at the same address. */
  static ControlPlane registry(Transport transport, LinkConfig config, InstantSource clock) {
    return new ControlPlane(transport, config, clock, "ecr", REGISTRY_TARGET);
  }

  /** Another service that speaks the same protocol, at the address of the configuration. */
  static ControlPlane service(
      Transport transport, LinkConfig config, InstantSource clock, String service, String target) {
    return new ControlPlane(transport, config, clock, service, target);
  }

  private ControlPlane(
      Transport transport, LinkConfig config, InstantSource clock, String service, String target) {
    this.target = target;
    this.transport = transport;
    this.config = config;
    this.clock = clock;
    origin = Origin.of(config.endpoint());
    signer = new KeptSigner(config, service);
  }

  /** The same control plane, called with other credentials. */
  ControlPlane as(Credentials credentials) {
    return new ControlPlane(transport, config.as(credentials), clock);
  }

  /**
   * Calls an operation once.
   *
   * @param attempt which try this is, from 1
   * @param most how many tries the caller is ready to make
   */
  Json.Fields call(String operation, Json.Fields request, int attempt, int most)
      throws ApiException, UnreachableException, InterruptedException {
    String tries = "attempt=" + attempt + "; max=" + most;
    Signed signed = new Signed(operation, request.write(), tries, signer.current());
    HttpConnection.Answer answer = send(signed);
    if (answer.status() / 100 == 2) {
      return object(answer.body());
    }
    throw error(answer);
  }

  /** A call, and who signs it. */
  private record Signed(String operation, String body, String attempt, Signer by) {}

  private HttpConnection.Answer send(Signed call)
      throws UnreachableException, InterruptedException {
    HttpConnection kept = idle.pollFirst();
    while (kept != null && !kept.isOpen()) {
      kept = idle.pollFirst();
    }
    if (kept != null) {
      try {
        return exchange(kept, call);
      } catch (UnreachableException e) {
        // The server may have closed the idle connection as we wrote to it: a new one decides.
      }
    }
    return exchange(HttpConnection.open(transport, origin), call);
  }

  private HttpConnection.Answer exchange(HttpConnection connection, Signed call)
      throws UnreachableException, InterruptedException {
    HttpConnection.Answer answer = connection.exchange(request(call), LIMIT);
    if (answer.reusable() && idle.size() < MOST_IDLE) {
      idle.addFirst(connection);
    } else {
      connection.close();
    }
    return answer;
  }

  private FullHttpRequest request(Signed call) {
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", origin.authority());
    headers.put("content-type", CONTENT_TYPE);
    headers.put("content-length", Integer.toString(body.length));
    headers.put("x-amz-target", target + call.operation());
    headers.put("amz-sdk-invocation-id", UUID.randomUUID().toString());
    headers.put("amz-sdk-request", call.attempt());
    SignableRequest signable = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(call.by().sign(signable, SIGNED, clock.instant()));
    headers.put("user-agent", userAgent());
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    headers.forEach((name, value) -> request.headers().set(name, value));
    return request;
  }

  private String userAgent() {
    return "Longshore Agent - v"
        + config.agentVersion()
        + " (*"
        + config.agentHash()
        + ") (linux; LINUX)";
  }

  private static Json.Fields object(String body) throws UnreachableException {
    try {
      if (body.isBlank()) {
        return Json.fields();
      }
      if (Json.parse(body) instanceof Json.Fields fields) {
        return fields;
      }
      throw new UnreachableException("the answer is no JSON object", null);
    } catch (JsonSyntaxException e) {
      throw new UnreachableException("the answer is no JSON: " + e.getMessage(), e);
    }
  }

  private static ApiException error(HttpConnection.Answer answer) {
    Json body;
    try {
      body = answer.body().isBlank() ? Json.none() : Json.parse(answer.body());
    } catch (JsonSyntaxException e) {
      // A proxy's page: the status alone has to do.
      body = Json.none();
    }
    String type = body.at("__type").text();
    type = type.isEmpty() ? answer.errorType() : type;
    type = type.substring(type.lastIndexOf('#') + 1);
    int colon = type.indexOf(':');
    String message = body.at("message").text();
    return new ApiException(
        answer.status(),
        colon < 0 ? type : type.substring(0, colon),
        message.isEmpty() ? body.at("Message").text() : message);
  }

  @Override
  public void close() {
    HttpConnection connection = idle.pollFirst();
    while (connection != null) {
      connection.close();
      connection = idle.pollFirst();
    }
  }
}
