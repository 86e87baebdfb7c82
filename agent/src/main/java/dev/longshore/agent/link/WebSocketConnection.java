package dev.longshore.agent.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket to the control plane. One thread receives; any may send. */
final class WebSocketConnection implements AutoCloseable {
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_WAITING = 1024;

  /** A drop without a close frame reads as this code. */
  static final int ABNORMAL = 1006;

  private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>(MOST_WAITING + 1);
  private final Channel channel;

  /** What a connection brings: texts, and in the end the news that it is closed. */
  sealed interface Incoming {
    record Text(String text) implements Incoming {}

    record Closed(int code, String reason) implements Incoming {}
  }

  /** The server answered the upgrade with something else. */
  static final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;
    private final String body;

    RejectedException(int status, String body) {
      super("upgrade answered with " + status + ": " + body);
      this.body = body;
    }

    String body() {
      return body;
    }
  }

  private WebSocketConnection(Transport transport, SessionUrl url, Map<String, String> headers)
      throws RejectedException, UnreachableException, InterruptedException {
    WebSocketClientHandshaker handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            URI.create(
                (url.origin().tls() ? "wss://" : "ws://")
                    + url.origin().authority()
                    + url.target()),
            WebSocketVersion.V13,
            null,
            false,
            headers(headers),
            MOST_BYTES);
    Receiver receiver = new Receiver(handshaker);
    channel =
        transport.connect(
            url.origin(), new HttpClientCodec(), new HttpObjectAggregator(MOST_BYTES), receiver);
    boolean open = false;
    try {
      // On the event loop, because the encoder of frames is put in by a listener of the request's
      // write: from another thread, that listener can come later than the answer, whose decoder it
      // then does not find, and no frame could be sent ever after.
      channel.eventLoop().execute(() -> upgrade(handshaker, receiver));
      String rejection =
          Transport.await(receiver.upgraded, HANDSHAKE, "upgrading at " + url.origin());
      if (!rejection.isEmpty()) {
        throw new RejectedException(receiver.status, rejection.strip());
      }
      open = true;
    } finally {
      if (!open) {
        var _ = channel.close();
      }
    }
  }

  private void upgrade(WebSocketClientHandshaker handshaker, Receiver receiver) {
    var _ =
        handshaker
            .handshake(channel)
            .addListener(sent -> {
              if (!sent.isSuccess()) {
                receiver.upgraded.completeExceptionally(sent.cause());
              }
            });
  }

  static WebSocketConnection open(Transport transport, SessionUrl url, Map<String, String> headers)
      throws RejectedException, UnreachableException, InterruptedException {
    return new WebSocketConnection(transport, url, headers);
  }

  private static HttpHeaders headers(Map<String, String> signature) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set("User-Agent", "Go-http-client/1.1");
    signature.forEach((name, value) -> {
      if (!name.equals("host")) {
        headers.set(canonical(name), value);
      }
    });
    return headers;
  }

  /** {@code x-amz-date} as {@code X-Amz-Date}. */
  static String canonical(String name) {
    StringBuilder canonical = new StringBuilder();
    for (String word : name.split("-", -1)) {
      canonical.append(canonical.isEmpty() ? "" : "-");
      canonical.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return canonical.toString();
  }

  /** The next thing that comes, or null if nothing does within the time. */
  @Nullable Incoming receive(Duration limit) throws InterruptedException {
    return incoming.poll(Math.max(limit.toMillis(), 0), TimeUnit.MILLISECONDS);
  }

  /** Sends one frame. Where it cannot leave, the connection ends: its sender must begin anew. */
  void send(String text) {
    var _ =
        channel
            .writeAndFlush(new TextWebSocketFrame(text))
            .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Says goodbye and closes. */
  void close(int code, String reason) {
    var _ =
        channel
            .writeAndFlush(new CloseWebSocketFrame(code, reason))
            .addListener(ChannelFutureListener.CLOSE);
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    var _ = channel.close();
  }

  private final class Receiver extends SimpleChannelInboundHandler<Object> {
    final CompletableFuture<String> upgraded = new CompletableFuture<>();
    private final WebSocketClientHandshaker handshaker;
    private volatile int status;
    private boolean closed;

    Receiver(WebSocketClientHandshaker handshaker) {
      this.handshaker = handshaker;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      switch (message) {
        case FullHttpResponse response -> upgrade(context, response);
        case TextWebSocketFrame text -> put(new Incoming.Text(text.text()));
        case PingWebSocketFrame ping -> {
          var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
        case CloseWebSocketFrame close -> {
          closed(close.statusCode() < 0 ? 1005 : close.statusCode(), close.reasonText());
          var _ = context.close();
        }
        case WebSocketFrame other ->
            // Binary frames are not expected, yet Amazon's agent reads them like text.
            put(new Incoming.Text(other.content().toString(StandardCharsets.UTF_8)));
        default -> {}
      }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpResponse response) {
      if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        status = response.status().code();
        String body = response.content().toString(StandardCharsets.UTF_8);
        upgraded.complete(body.isEmpty() ? " " : body);
        return;
      }
      handshaker.finishHandshake(context.channel(), response);
      context
          .pipeline()
          .addBefore(context.name(), "frames", new WebSocketFrameAggregator(MOST_BYTES));
      upgraded.complete("");
    }

    private void put(Incoming.Text text) {
      if (incoming.size() >= MOST_WAITING || !incoming.offer(text)) {
        // Whoever sends faster than we can read gets a new connection and resends.
        closed(ABNORMAL, "too many messages waiting");
        var _ = channel.close();
      }
    }

    private void closed(int code, String reason) {
      if (!closed) {
        closed = true;
        // There is one place more than texts may take.
        var _ = incoming.offer(new Incoming.Closed(code, reason));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      upgraded.completeExceptionally(new IOException("connection closed"));
      closed(ABNORMAL, "connection lost");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      upgraded.completeExceptionally(cause);
      closed(ABNORMAL, String.valueOf(cause.getMessage()));
      var _ = context.close();
    }
  }
}
