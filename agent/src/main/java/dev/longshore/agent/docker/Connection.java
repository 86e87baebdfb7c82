package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the engine, carrying one exchange at a time. Everything happens on the event
 * loop, but for the writes of uploads and hijacked input, which come from the calling thread.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** The engine's heads are small; a registry's error may stand in a reason phrase, though. */
  private static final int HEAD_LIMIT = 64 * 1024;

  private static final int CHUNK = 64 * 1024;

  private final ConnectionPool pool;
  private final Channel channel;
  private final String host;
  private final HttpClientCodec codec = new HttpClientCodec(8 * 1024, HEAD_LIMIT, CHUNK);

  private @Nullable Exchange exchange;
  private boolean reused;
  private boolean reusable;
  private boolean switched;
  private boolean sent;
  private long idleSince;

  Connection(ConnectionPool pool, Channel channel, EngineAddress address) {
    this.pool = pool;
    this.channel = channel;
    this.host =
        switch (address) {
          case EngineAddress.Socket socket -> "docker";
          case EngineAddress.Tcp(var name, var port) -> name + ":" + port;
        };
    channel.pipeline().addLast(codec, this);
  }

  /** Sends a request; the exchange gets the answer. */
  void carry(Exchange next) {
    exchange = next;
    sent = !next.request().upload();
    next.carriedBy(this);
    // A failure comes to exceptionCaught, which a void promise is for.
    var _ = channel.writeAndFlush(message(next.request()), channel.voidPromise());
  }

  private HttpObject message(Request request) {
    var body = request.body();
    var message = request.upload() ? head(request) : whole(request, body);
    var headers = message.headers();
    headers.set(HttpHeaderNames.HOST, host);
    headers.set(HttpHeaderNames.USER_AGENT, "longshore-agent");
    if (body != null) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    }
    if (request.upload()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, "application/x-tar");
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    if (request.hijack()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, "tcp");
    }
    request.headers().forEach(headers::set);
    return message;
  }

  private static HttpRequest head(Request request) {
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), request.path());
  }

  private static HttpRequest whole(Request request, @Nullable Json body) {
    var bytes = body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(JsonText.bytes(body));
    var message =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), request.path(), bytes);
    if (body != null || !request.repeatable()) {
      HttpUtil.setContentLength(message, bytes.readableBytes());
    }
    return message;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      var carried = exchange;
      if (carried == null) {
        // Nobody asked: the connection cannot be trusted any more.
        close();
        return;
      }
      if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        carried.fail(
            DockerException.of(
                DockerException.Kind.UNEXPECTED,
                "the engine's answer to " + carried.request() + " is not HTTP",
                part.decoderResult().cause()));
        return;
      }
      receive(carried, message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(Exchange carried, Object message) {
    if (message instanceof HttpResponse response) {
      switched = response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
      reusable = HttpUtil.isKeepAlive(response) && !carried.request().hijack();
      carried.receive(response);
    }
    if (message instanceof ByteBuf raw) {
      carried.receive(raw);
    }
    if (message instanceof HttpContent content) {
      carried.receive(content.content());
      if (content instanceof LastHttpContent && !switched) {
        complete(carried);
      }
    }
  }

  private void complete(Exchange carried) {
    exchange = null;
    carried.finish();
    if (reusable && sent && channel.isActive()) {
      channel.config().setAutoRead(true);
      reused = true;
      idleSince = System.nanoTime();
      pool.release(this, carried);
    } else {
      pool.forget(carried);
      close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost(null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lost(cause);
    close();
  }

  private void lost(@Nullable Throwable cause) {
    pool.gone(this);
    var carried = exchange;
    exchange = null;
    if (carried == null) {
      return;
    }
    pool.forget(carried);
    if (switched && cause == null) {
      // A hijacked stream has no other end than this.
      carried.finish();
    } else if (reused && !carried.answered() && carried.request().repeatable()) {
      // The engine closed an idle connection at the moment it was taken up again.
      carried.uncarried();
      pool.submit(carried);
    } else {
      carried.broken(cause);
    }
  }

  /** Whether it has been idle since before a time of the nano clock. */
  boolean idleSinceBefore(long nanoTime) {
    return idleSince - nanoTime < 0;
  }

  void rest() {
    channel.config().setAutoRead(false);
  }

  void resume() {
    channel.config().setAutoRead(true);
  }

  /** Closes it; the exchange that it carries, if any, fails. */
  void close() {
    var _ = channel.close();
  }

  /** The calling thread writes a piece of an upload, and waits until it is sent. */
  void writeUpload(byte[] bytes, int length) throws IOException, InterruptedException {
    send(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes, 0, length)));
  }

  void endUpload() throws IOException, InterruptedException {
    channel.eventLoop().execute(() -> sent = true);
    send(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void send(HttpContent content) throws IOException, InterruptedException {
    var written = channel.writeAndFlush(content).await();
    if (!written.isSuccess()) {
      throw new IOException("the engine takes no more", written.cause());
    }
  }

  /** The calling thread writes to a hijacked connection, past the HTTP codec. */
  void writeRaw(byte[] bytes) throws IOException, InterruptedException {
    var context = channel.pipeline().context(codec);
    if (context == null) {
      throw new IOException("the connection is closed");
    }
    var written = context.writeAndFlush(Unpooled.wrappedBuffer(bytes)).await();
    if (!written.isSuccess()) {
      throw new IOException("the engine takes no more", written.cause());
    }
  }

  /** Tells the engine that no more input comes. */
  void endRaw() {
    if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    }
  }
}
