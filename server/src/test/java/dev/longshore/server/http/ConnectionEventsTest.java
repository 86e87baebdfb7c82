package dev.longshore.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionEventsTest {
  private final Reception reception =
      new Reception(
          HttpSettings.loopback(0), request -> new CompletableFuture<Response>(), Map.of());

  @Test
  void what_an_event_of_a_connection_holds_is_given_back() {
    List<ChannelHandler> sessions =
        List.of(
            new Preface(reception),
            new Http1Session(reception, new HttpRequestDecoder(), new HttpResponseEncoder()),
            new Http2Session(reception));
    for (ChannelHandler session : sessions) {
      ByteBuf held = Unpooled.buffer(16);
      var connection = new EmbeddedChannel(session);
      connection.pipeline().fireUserEventTriggered(held);
      connection.finishAndReleaseAll();
      assertThat(held.refCnt()).as(session.toString()).isZero();
    }
  }
}
