package dev.longshore.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WholeReaderTest {
  private static final int MUTANTS = 20_000;
  private static final String PIECES =
      "\r\n\t :;,#%/?\0\u0007\u007f\u0085\u00ff09aZ-_{}()\"=<>@[]\\";

  private static final List<String> REQUESTS =
      List.of(
          "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET /b?c=d HTTP/1.1\r\nHost: a:80\r\nUser-Agent: x y\r\nAccept: */*\r\n\r\n",
          "POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello",
          "PUT /b HTTP/1.1\r\nhost:a\r\ncontent-length:3 \r\nCookie: a=b; c=d\r\n\r\nabc",
          "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n");

  private static final List<String> ANSWERS =
      List.of(
          "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 404 Nothing Here\r\nContent-Type: text/plain\r\ncontent-length:0\r\n\r\n",
          "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
          "HTTP/1.1 200 \r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nContent-Length: 1\r\n\r\nx");

  private final WholeReader wholes = new WholeReader();

  @Test
  void what_is_read_whole_is_what_the_strict_decoder_makes_of_it() {
    Random random = new Random(7);
    int requests = agreements(random, REQUESTS, wholes::request, RequestDecoder::new);
    int answers = agreements(random, ANSWERS, wholes::response, ResponseDecoder::new);
    assertThat(requests).isGreaterThan(MUTANTS / 20);
    assertThat(answers).isGreaterThan(MUTANTS / 20);
  }

  private static int agreements(
      Random random,
      List<String> sound,
      Function<ByteBuf, @Nullable FullHttpMessage> whole,
      Function<WholeReader, ChannelHandler> decoder) {
    int accepted = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = mutant(random, sound.get(random.nextInt(sound.size())));
      FullHttpMessage read = whole.apply(Unpooled.copiedBuffer(bytes));
      if (read != null) {
        accepted++;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(told(List.of(read))).as(text).isEqualTo(told(decoded(bytes, decoder)));
      }
    }
    return accepted;
  }

  private static byte[] mutant(Random random, String sound) {
    StringBuilder text = new StringBuilder(sound);
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      char piece = PIECES.charAt(random.nextInt(PIECES.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, piece);
        case 1 -> text.setCharAt(at, piece);
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What the decoder says where the first byte comes alone, so that nothing is read whole. */
  private static List<HttpObject> decoded(
      byte[] bytes, Function<WholeReader, ChannelHandler> decoder) {
    EmbeddedChannel channel = new EmbeddedChannel(decoder.apply(new WholeReader()));
    try {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, 1));
      channel.writeInbound(Unpooled.copiedBuffer(bytes, 1, bytes.length - 1));
    } catch (DecoderException refused) {
      return List.of();
    }
    List<HttpObject> all = new java.util.ArrayList<>();
    for (HttpObject each = channel.readInbound(); each != null; each = channel.readInbound()) {
      all.add(each);
    }
    return all;
  }

  private static String told(List<HttpObject> message) {
    StringBuilder told = new StringBuilder();
    for (HttpObject each : message) {
      if (each instanceof HttpMessage head) {
        told.append(head.decoderResult().isSuccess()).append(first(head));
        told.append(head.headers().entries().stream().map(WholeReaderTest::field).toList());
      }
      if (each instanceof HttpContent content) {
        told.append(content.content().toString(StandardCharsets.ISO_8859_1));
      }
      ReferenceCountUtil.release(each);
    }
    return told.toString();
  }

  private static String first(HttpMessage head) {
    return switch (head) {
      case HttpRequest request ->
          request.method() + " " + request.uri() + request.protocolVersion();
      case HttpResponse response -> response.protocolVersion() + " " + response.status();
      default -> throw new IllegalArgumentException(head.toString());
    };
  }

  /** Names are the same in any case, and the decoder keeps few in theirs. */
  private static String field(java.util.Map.Entry<String, String> field) {
    return field.getKey().toLowerCase(Locale.ROOT) + "=" + field.getValue();
  }

  @Test
  void what_is_unusual_is_left_to_the_decoder_untouched() {
    for (String each :
        List.of(
            "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nUPGRADE: websocket\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
            "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nab",
            "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na",
            "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      ByteBuf in = Unpooled.copiedBuffer(each, StandardCharsets.ISO_8859_1);
      assertThat(wholes.request(in)).as(each).isNull();
      assertThat(in.readableBytes()).isEqualTo(each.length());
      in.release();
    }
  }

  @Test
  void nothing_is_read_whole_behind_what_was_refused() {
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(wholes));
    byte[] refused = " GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] sound = REQUESTS.getFirst().getBytes(StandardCharsets.US_ASCII);
    try {
      channel.writeInbound(Unpooled.copiedBuffer(refused));
    } catch (DecoderException expected) {
      assertThat(expected).hasMessageContaining("disagree");
    }
    channel.writeInbound(Unpooled.copiedBuffer(sound));
    HttpObject next = channel.readInbound();
    assertThat(next == null || next.decoderResult().isFailure()).isTrue();
  }

  @Test
  void lines_are_changed_as_headers_are_and_written_as_they_came() {
    ByteBuf in = Unpooled.copiedBuffer(REQUESTS.get(1), StandardCharsets.US_ASCII);
    HttpHeaders headers = Objects.requireNonNull(wholes.request(in)).headers();
    assertThat(headers).isInstanceOf(LineHeaders.class);
    headers.remove("USER-AGENT").set("X-Forwarded-For", "1.2.3.4").set("accept", "c".repeat(600));
    headers.add("X-Other", "1").set("x-other", "2");
    assertThat(headers.getAll("X-OTHER")).containsExactly("2");
    assertThat(headers.contains("user-agent")).isFalse();
    assertThat(headers.names()).containsExactly("accept", "Host", "X-Forwarded-For", "x-other");
    ByteBuf written = Unpooled.buffer();
    ((LineHeaders) headers).write(written);
    assertThat(written.toString(StandardCharsets.US_ASCII))
        .isEqualTo(
            "Host: a:80\r\nX-Forwarded-For: 1.2.3.4\r\naccept: "
                + "c".repeat(600)
                + "\r\nx-other: 2\r\n");
    assertThat(Arrays.asList("a\r\nb: c", "a\nb", "a\0"))
        .allSatisfy(value ->
            org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> headers.set("x", value)));
  }
}
