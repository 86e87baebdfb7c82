package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Asked;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as rules look at it; its parts are cut out when asked for. */
final class AskedRequest implements Asked {
  private final HttpRequest request;
  private final byte[] source;

  AskedRequest(HttpRequest request, byte[] source) {
    this.request = request;
    this.source = source;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String host() {
    String host = request.headers().get(HttpHeaderNames.HOST);
    return host == null ? "" : withoutPort(host);
  }

  static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  @Override
  public String path() {
    String uri = request.uri();
    int question = uri.indexOf('?');
    return question < 0 ? uri : uri.substring(0, question);
  }

  @Override
  public @Nullable String query() {
    String uri = request.uri();
    int question = uri.indexOf('?');
    return question < 0 ? null : uri.substring(question + 1);
  }

  @Override
  public List<String> header(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public byte[] source() {
    return source;
  }
}
