package dev.longshore.gateway.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Writes answers; told whether the next one is to a HEAD, which has no body to write. */
final class ResponseEncoder extends HttpResponseEncoder {
  private boolean bodiless;

  void expect(boolean toHead) {
    bodiless = toHead;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return bodiless || super.isContentAlwaysEmpty(response);
  }
}
