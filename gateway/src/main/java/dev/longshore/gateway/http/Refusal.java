package dev.longshore.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

/** Ends streams that a target opens: it was told not to push. */
final class Refusal extends ChannelInitializer<Channel> {
  @Override
  protected void initChannel(Channel stream) {
    var _ = stream.close();
  }
}
