package dev.longshore.agent.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A kept-alive connection that carries one request at a time. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpResponse> {
  private static final int MOST_BYTES = 8 << 20;

  private final AtomicReference<@Nullable CompletableFuture<Answer>> waiting =
      new AtomicReference<>();
  private volatile @Nullable Channel channel;

  record Answer(int status, String errorType, String body, boolean reusable) {}

  static HttpConnection open(Transport transport, Origin origin)
      throws UnreachableException, InterruptedException {
    HttpConnection connection = new HttpConnection();
    connection.channel =
        transport.connect(
            origin, new HttpClientCodec(), new HttpObjectAggregator(MOST_BYTES), connection);
    return connection;
  }

  boolean isOpen() {
    Channel open = channel;
    return open != null && open.isActive();
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  /** Sends the request, which is released, and waits for the answer. */
  Answer exchange(FullHttpRequest request, Duration limit)
      throws UnreachableException, InterruptedException {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected yet");
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.set(answer);
    var _ =
        open.writeAndFlush(request)
            .addListener(sent -> {
              if (!sent.isSuccess()) {
                answer.completeExceptionally(sent.cause());
              }
            });
    boolean done = false;
    try {
      Answer received = Transport.await(answer, limit, "calling " + open.remoteAddress());
      done = true;
      return received;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    CompletableFuture<Answer> answer = waiting.getAndSet(null);
    if (answer == null) {
      // Nobody asked; what else comes on this connection cannot be told apart any more.
      var _ = context.close();
      return;
    }
    String type = response.headers().get("X-Amzn-ErrorType", "");
    answer.complete(
        new Answer(
            response.status().code(),
            type,
            response.content().toString(StandardCharsets.UTF_8),
            HttpUtil.isKeepAlive(response)));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new IOException("connection closed"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
    var _ = context.close();
  }

  private void fail(Throwable cause) {
    CompletableFuture<Answer> answer = waiting.getAndSet(null);
    if (answer != null) {
      answer.completeExceptionally(cause);
    }
  }
}
