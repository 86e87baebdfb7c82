package dev.longshore.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A target that speaks HTTP/2 alone, and answers as a gRPC server does: with trailers. */
final class Http2Target implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel door;
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  Http2Target() {
    door =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer().build(),
                            new Http2MultiplexHandler(new Streams()));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Stream());
    }
  }

  /** Sends what it got back, and a trailer. */
  private final class Stream extends SimpleChannelInboundHandler<Http2StreamFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
      boolean end = false;
      if (frame instanceof Http2HeadersFrame head) {
        asked.add(head.headers().method() + " " + head.headers().path());
        var headers =
            new DefaultHttp2Headers().status("200").add("content-type", "application/grpc");
        var _ = ctx.write(new DefaultHttp2HeadersFrame(headers));
        end = head.isEndStream();
      } else if (frame instanceof Http2DataFrame data) {
        ByteBuf echo = data.content().retain();
        var _ = ctx.write(new DefaultHttp2DataFrame(echo));
        end = data.isEndStream();
      }
      if (end) {
        var trailers = new DefaultHttp2Headers().add("grpc-status", "12");
        var _ = ctx.write(new DefaultHttp2HeadersFrame(trailers, true));
      }
      ctx.flush();
    }
  }

  int port() {
    return ((InetSocketAddress) door.localAddress()).getPort();
  }

  /** Methods and paths of requests that came. */
  BlockingQueue<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    door.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
