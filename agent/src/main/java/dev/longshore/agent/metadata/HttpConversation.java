package dev.longshore.agent.metadata;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.WriteTimeoutException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: the next request is read when the one before it has been answered. */
final class HttpConversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConversation.class);

  private final Front front;
  private boolean answering;
  private boolean ended;

  HttpConversation(Front front) {
    this.front = front;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    answering = true;
    if (request.decoderResult().isFailure()) {
      finish(context, Reply.text(400, "400 Bad Request"), HttpMethod.GET, false);
      return;
    }
    var method = request.method();
    var keepAlive = HttpUtil.isKeepAlive(request);
    var ask = ask(context, request);
    var atOnce = front.atOnce(ask);
    if (atOnce.isPresent()) {
      finish(context, atOnce.get(), method, keepAlive);
    } else {
      Thread.ofVirtual()
          .name("task-endpoint-request")
          .start(() -> {
            var reply = answer(ask);
            context.executor().execute(() -> finish(context, reply, method, keepAlive));
          });
    }
  }

  private Reply answer(Ask ask) {
    try {
      return front.answer(ask);
    } catch (RuntimeException e) {
      LOG.error("answering {} {} failed", ask.method(), ask.path(), e);
      return Reply.problem(500, "internal error");
    }
  }

  private static Ask ask(ChannelHandlerContext context, FullHttpRequest request) {
    var uri = new QueryStringDecoder(request.uri());
    var agent = request.headers().get(HttpHeaderNames.USER_AGENT);
    return new Ask(
        request.method().name(),
        uri.path(),
        uri.parameters(),
        request.uri(),
        ((InetSocketAddress) context.channel().remoteAddress()).getAddress().getHostAddress(),
        agent == null ? "" : agent,
        request.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
        request.content().toString(StandardCharsets.UTF_8));
  }

  private void finish(
      ChannelHandlerContext context, Reply reply, HttpMethod method, boolean wantsMore) {
    var keepAlive = wantsMore && !ended;
    answering = false;
    var body = reply.body().getBytes(StandardCharsets.UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(method.equals(HttpMethod.HEAD) ? new byte[0] : body));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    reply.headers().forEach(response.headers()::set);
    HttpUtil.setKeepAlive(response, keepAlive);
    var written = context.writeAndFlush(response);
    if (keepAlive) {
      // Not from within a read: now and then the one asked for there does not come.
      context.executor().execute(context::read);
    } else {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      if (!answering) {
        var _ = context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof ReadTimeoutException || cause instanceof WriteTimeoutException)) {
      LOG.debug("a client's connection failed", cause);
    }
    var _ = context.close();
  }
}
