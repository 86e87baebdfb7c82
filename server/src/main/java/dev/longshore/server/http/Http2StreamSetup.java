package dev.longshore.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

/** Gives each stream of a connection its session. */
final class Http2StreamSetup extends ChannelInitializer<Channel> {
  private final Http2Session connection;
  private final Reception reception;

  Http2StreamSetup(Http2Session connection, Reception reception) {
    this.connection = connection;
    this.reception = reception;
  }

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  protected void initChannel(Channel stream) {
    stream.pipeline().addLast(new Http2StreamSession(connection, reception));
  }
}
