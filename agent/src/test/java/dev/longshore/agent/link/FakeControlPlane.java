package dev.longshore.agent.link;

import dev.longshore.agent.docker.Sockets;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Verification;
import dev.longshore.wire.signature.Verifier;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A control plane on loopback that a test scripts: it answers the API, upgrades the two sessions,
 * checks every signature, and keeps all it was sent.
 */
public final class FakeControlPlane implements AutoCloseable {
  public static final Credentials KEYS = Credentials.of("AKIDLOCALTEST", "localsecret");
  public static final String ARN =
      "arn:aws:ecs:us-east-1:123456789012:container-instance/default/fb80";
  private static final long PATIENCE_SECONDS = 20;

  private final Sockets sockets = Sockets.open("fake-control-plane");
  private final Channel server;
  private final Verifier verifier =
      new Verifier(
          InstantSource.system(),
          (key, token) -> key.equals(KEYS.accessKeyId()) ? KEYS : null,
          region -> region.equals("us-east-1"));
  private final Map<String, Function<Call, Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();
  private final BlockingQueue<Session> acs = new LinkedBlockingQueue<>();
  private final BlockingQueue<Session> tcs = new LinkedBlockingQueue<>();

  /** Refuses the next upgrades with status 400 and this body, if set. */
  public volatile @Nullable String rejection;

  /** A call of the API. */
  public record Call(String operation, Map<String, String> headers, Json body) {}

  /** An answer of the API. */
  public record Answer(int status, String body) {
    public static Answer ok(String body) {
      return new Answer(200, body);
    }

    public static Answer error(int status, String code, String message) {
      return new Answer(
          status,
          Json.fields().with("__type", Json.of(code)).with("message", Json.of(message)).write());
    }
  }

  public FakeControlPlane() {
    server =
        sockets
            .server()
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Door());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    answer("RegisterContainerInstance", FakeControlPlane::echo);
    answer(
        "DiscoverPollEndpoint",
        call ->
            Answer.ok(
                Json.fields()
                    .with("endpoint", Json.of(uri() + "/acs/"))
                    .with("telemetryEndpoint", Json.of(uri() + "/tcs/"))
                    .write()));
    answer("SubmitTaskStateChange", call -> Answer.ok("{\"acknowledgment\":\"ok\"}"));
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
  }

  public void answer(String operation, Function<Call, Answer> how) {
    answers.put(operation, how);
  }

  /** Registers as the fact sheet says: the attributes come back, with one more. */
  public static Answer echo(Call call) {
    var attributes = new ArrayList<>(call.body().at("attributes").elements());
    attributes.add(
        Json.fields()
            .with("name", Json.of("ecs.availability-zone"))
            .with("value", Json.of("us-east-1a")));
    Json.Fields instance =
        Json.fields()
            .with("containerInstanceArn", Json.of(ARN))
            .with("status", Json.of("ACTIVE"))
            .with("attributes", new Json.Items(attributes));
    return Answer.ok(Json.fields().with("containerInstance", instance).write());
  }

  /** The next call of the operation that has not been taken. */
  public Call call(String operation) throws InterruptedException {
    return taken(queue(operation), operation);
  }

  public Optional<Call> callWithin(String operation, long milliseconds)
      throws InterruptedException {
    return Optional.ofNullable(queue(operation).poll(milliseconds, TimeUnit.MILLISECONDS));
  }

  private BlockingQueue<Call> queue(String operation) {
    return calls.computeIfAbsent(operation, name -> new LinkedBlockingQueue<>());
  }

  public Session acs() throws InterruptedException {
    return taken(acs, "ACS session");
  }

  /** Waits until an upgrade has been refused. */
  public void upgradeRefused() throws InterruptedException {
    var _ = call("refused");
  }

  public Optional<Session> acsWithin(long milliseconds) throws InterruptedException {
    return Optional.ofNullable(acs.poll(milliseconds, TimeUnit.MILLISECONDS));
  }

  public Session tcs() throws InterruptedException {
    return taken(tcs, "TCS session");
  }

  static <T> T taken(BlockingQueue<T> queue, String what) throws InterruptedException {
    T value = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (value == null) {
      throw new AssertionError("no " + what + " within " + PATIENCE_SECONDS + " s");
    }
    return value;
  }

  @Override
  public void close() {
    var _ = server.close();
    sockets.close();
  }

  /** An upgraded connection, seen from the control plane. */
  public final class Session {
    public final String target;
    public final Map<String, String> headers;
    private final Channel channel;
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

    Session(String target, Map<String, String> headers, Channel channel) {
      this.target = target;
      this.headers = headers;
      this.channel = channel;
    }

    /** Sends a text frame; single quotes stand for double ones. */
    public void send(String json) {
      var _ = channel.writeAndFlush(new TextWebSocketFrame(json.replace('\'', '"')));
    }

    public void ping() {
      var _ = channel.writeAndFlush(new PingWebSocketFrame());
    }

    public void close(int code) {
      var _ =
          channel
              .writeAndFlush(new CloseWebSocketFrame(code, "test"))
              .addListener(ChannelFutureListener.CLOSE);
    }

    /** Drops the connection without a word. */
    public void drop() {
      var _ = channel.close();
    }

    public String frame() throws InterruptedException {
      return taken(frames, "frame");
    }

    /** The next frame of that type; others are passed over. */
    public Json message(String type) throws InterruptedException {
      while (true) {
        String frame = frame();
        Json json = Json.parse(frame.substring(frame.indexOf('{')));
        if (json.at("type").text().equals(type)) {
          return json.at("message");
        }
      }
    }

    /** Verifies the header block of a telemetry frame and answers its JSON. */
    public Json signed(String frame) {
      int end = frame.indexOf("\r\n\r\n");
      Map<String, String> block = new LinkedHashMap<>();
      for (String line : frame.substring(0, end).split("\r\n")) {
        int colon = line.indexOf(": ");
        block.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
      }
      String json = frame.substring(end + 4);
      verify("GET", target, block, json.getBytes(StandardCharsets.UTF_8));
      return Json.parse(json);
    }
  }

  private void verify(String method, String target, Map<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1).replace("+", "%20");
    boolean registry = headers.getOrDefault("x-amz-target", "").contains("ContainerRegistry");
    Verification verification =
        verifier.verify(
            new SignableRequest(method, path, query, headers::get, body), registry ? "ecr" : "ecs");
    if (!(verification instanceof Verification.Verified)) {
      throw new AssertionError(verification.toString());
    }
  }

  /** Serves HTTP until the connection is upgraded, frames afterwards. */
  private final class Door extends SimpleChannelInboundHandler<Object> {
    private @Nullable Session session;

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      switch (message) {
        case FullHttpRequest request when request.headers().contains("Upgrade") ->
            upgrade(context, request);
        case FullHttpRequest request -> serve(context, request);
        case TextWebSocketFrame text -> {
          Session open = session;
          if (open != null) {
            open.frames.add(text.text());
          }
        }
        case CloseWebSocketFrame close -> {
          Session open = session;
          if (open != null) {
            open.frames.add("CLOSE {\"type\":\"" + close.statusCode() + "\"}");
          }
          var _ = context.close();
        }
        case PongWebSocketFrame pong -> {
          Session open = session;
          if (open != null) {
            open.frames.add("PONG");
          }
        }
        case WebSocketFrame other -> {}
        default -> throw new AssertionError("unexpected " + message);
      }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
      String refusal = rejection;
      Map<String, String> headers = headers(request);
      verify("GET", request.uri(), headers, new byte[0]);
      if (refusal != null) {
        queue("refused").add(new Call("refused", headers, Json.none()));
        respond(context, 400, refusal);
        return;
      }
      WebSocketServerHandshaker handshaker =
          new WebSocketServerHandshakerFactory("ws://localhost", null, false, 1 << 20)
              .newHandshaker(request);
      Session open = new Session(request.uri(), headers, context.channel());
      session = open;
      var _ =
          handshaker
              .handshake(context.channel(), request)
              .addListener(done -> (request.uri().startsWith("/acs") ? acs : tcs).add(open));
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
      Map<String, String> headers = headers(request);
      byte[] bytes = new byte[request.content().readableBytes()];
      request.content().readBytes(bytes);
      verify("POST", request.uri(), headers, bytes);
      String target = headers.getOrDefault("x-amz-target", "");
      String operation = target.substring(target.indexOf('.') + 1);
      Call call =
          new Call(operation, headers, Json.parse(new String(bytes, StandardCharsets.UTF_8)));
      Answer answer =
          answers
              .getOrDefault(
                  operation, unknown -> Answer.error(400, "UnknownOperationException", operation))
              .apply(call);
      queue(operation).add(call);
      respond(context, answer.status(), answer.body());
    }

    private static Map<String, String> headers(FullHttpRequest request) {
      Map<String, String> headers = new LinkedHashMap<>();
      request
          .headers()
          .forEach(
              header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
      return headers;
    }

    private static void respond(ChannelHandlerContext context, int status, String body) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(status),
              Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
      HttpUtil.setContentLength(response, response.content().readableBytes());
      var _ = context.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof AssertionError wrong) {
        queue("failed").add(new Call("failed", Map.of(), Json.of(String.valueOf(wrong))));
      }
      respond(context, 403, "{\"__type\":\"InvalidSignatureException\",\"message\":\"" + "no\"}");
    }
  }
}
