package dev.longshore.gateway.health;

import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks one question and weighs the answer's code. */
final class ProbeSession extends ChannelInboundHandlerAdapter {
  private static final AsciiString GRPC_STATUS = AsciiString.cached("grpc-status");

  /** A message of no bytes, not compressed. */
  private static final byte[] EMPTY_MESSAGE = new byte[5];

  private final HealthCheck check;
  private final boolean grpc;
  private final String host;
  private final Matcher matcher;
  private final Consumer<Finding> found;

  ProbeSession(TargetGroup group, String host, Consumer<Finding> found) {
    this.check = group.healthCheck();
    this.grpc = group.version() == TargetGroup.Version.GRPC;
    this.host = host;
    this.matcher = new Matcher(check.matcher());
    this.found = found;
  }

  /** Asks; on a connection that is there, or a stream that is open. */
  void ask(Channel channel) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            grpc ? HttpMethod.POST : HttpMethod.GET,
            check.path().isEmpty() ? "/" : check.path(),
            grpc ? Unpooled.wrappedBuffer(EMPTY_MESSAGE) : Unpooled.EMPTY_BUFFER);
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.HOST, host);
    headers.set(HttpHeaderNames.USER_AGENT, "ELB-HealthChecker/2.0");
    if (grpc) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, "application/grpc");
      headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    } else {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var _ = channel.writeAndFlush(request);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!(message instanceof HttpObject each) || each.decoderResult().isFailure()) {
        found.accept(new Finding.Failed(TargetHealth.failed()));
        return;
      }
      if (each instanceof HttpResponse head) {
        weigh(head);
      }
      if (grpc && each instanceof LastHttpContent last) {
        weighGrpc(last.trailingHeaders().get(GRPC_STATUS));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void weigh(HttpResponse head) {
    int code = head.status().code();
    if (!grpc && code >= 200) {
      weigh(code);
    } else if (grpc && (code != 200 || head.headers().contains(GRPC_STATUS))) {
      weighGrpc(head.headers().get(GRPC_STATUS));
    }
  }

  private void weighGrpc(@Nullable String code) {
    if (code == null || !code.matches("[0-9]{1,2}")) {
      found.accept(new Finding.Failed(TargetHealth.failed()));
    } else {
      weigh(Integer.parseInt(code));
    }
  }

  private void weigh(int code) {
    found.accept(
        matcher.matches(code)
            ? new Finding.Passed()
            : new Finding.Failed(TargetHealth.mismatch(Integer.toString(code))));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    found.accept(new Finding.Failed(TargetHealth.failed()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    found.accept(new Finding.Failed(TargetHealth.failed()));
  }
}
