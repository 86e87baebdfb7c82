package dev.longshore.gateway.http;

import dev.longshore.gateway.route.BalancerSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that parsers could read differently, whatever a load balancer's desync mode
 * says: what AWS calls ambiguous is refused as what it calls severe.
 */
final class Strictness {
  private static final int MAX_FORWARDED = 30;

  private Strictness() {}

  /** The status for a request that could not be read. */
  static int ofUnreadable(@Nullable Throwable cause) {
    return cause instanceof TooLongHttpLineException ? 414 : 400;
  }

  /** The status that a request is refused with, or 0 for none. May shorten its target. */
  static int refusal(HttpRequest request, boolean http2) {
    HttpHeaders headers = request.headers();
    if (!http2) {
      int framing = framing(request, headers);
      if (framing != 0) {
        return framing;
      }
    }
    if (HttpMethod.TRACE.equals(request.method())) {
      return 405;
    }
    if (HttpMethod.CONNECT.equals(request.method())) {
      return 400;
    }
    if (!isHost(request, headers, http2) || !isTarget(request)) {
      return 400;
    }
    return forwarded(headers);
  }

  private static int framing(HttpRequest request, HttpHeaders headers) {
    HttpVersion version = request.protocolVersion();
    boolean old = version.equals(HttpVersion.HTTP_1_0);
    if (!old && !version.equals(HttpVersion.HTTP_1_1)) {
      return 505;
    }
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
      if (old || codings.size() != 1 || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
        return 400;
      }
      return codings.getFirst().equalsIgnoreCase("chunked") ? 0 : 501;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    boolean sound = length == null || isLength(headers, length);
    return sound ? 0 : 400;
  }

  private static boolean isLength(HttpHeaders headers, String length) {
    if (length.isEmpty() || length.length() > 18) {
      return false;
    }
    for (int i = 0; i < length.length(); i++) {
      if (length.charAt(i) < '0' || length.charAt(i) > '9') {
        return false;
      }
    }
    return headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() == 1;
  }

  private static boolean isHost(HttpRequest request, HttpHeaders headers, boolean http2) {
    String host = null;
    Iterator<? extends CharSequence> hosts =
        headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
    if (hosts.hasNext()) {
      host = hosts.next().toString();
      if (hosts.hasNext()) {
        return false;
      }
    }
    if (host == null) {
      return !http2 && request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || "/\\@,?#\"<>{}|^`".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Only the visible characters of ASCII; a whole URL must name the same host as the header. */
  private static boolean isTarget(HttpRequest request) {
    String uri = request.uri();
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return false;
      }
    }
    if (uri.startsWith("/")) {
      return true;
    }
    if (uri.equals("*")) {
      return HttpMethod.OPTIONS.equals(request.method());
    }
    int start = schemeLength(uri);
    if (start == 0) {
      return false;
    }
    int end = uri.indexOf('/', start);
    int question = uri.indexOf('?', start);
    int cut = end < 0 || (question >= 0 && question < end) ? question : end;
    String authority = cut < 0 ? uri.substring(start) : uri.substring(start, cut);
    String rest = cut < 0 ? "/" : uri.substring(cut);
    request.setUri(rest.startsWith("/") ? rest : "/" + rest);
    return authority.equalsIgnoreCase(request.headers().get(HttpHeaderNames.HOST));
  }

  private static int schemeLength(String uri) {
    for (String scheme : List.of("http://", "https://")) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return 0;
  }

  private static int forwarded(HttpHeaders headers) {
    if (!headers.contains(Forwarding.FORWARDED_FOR)) {
      return 0;
    }
    int addresses = 0;
    for (String value : headers.getAll(Forwarding.FORWARDED_FOR)) {
      addresses++;
      for (int i = 0; i < value.length(); i++) {
        addresses += value.charAt(i) == ',' ? 1 : 0;
      }
    }
    return addresses > MAX_FORWARDED ? 463 : 0;
  }

  /**
   * Looks at each header's length and name.
   *
   * @return the status that the request is refused with, 0 for none, -1 where headers were left out
   */
  static int headers(HttpHeaders headers, BalancerSettings settings) {
    if (headers instanceof LineHeaders && !settings.dropInvalidHeaders()) {
      // Those come from whole heads that are shorter than a line may be.
      return 0;
    }
    boolean odd = false;
    Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> each = all.next();
      if (each.getKey().length() + each.getValue().length() > RequestDecoder.MAX_LINE) {
        return 400;
      }
      odd |= settings.dropInvalidHeaders() && !isPlain(each.getKey());
    }
    if (!odd) {
      return 0;
    }
    for (String name : List.copyOf(headers.names())) {
      if (!isPlain(name)) {
        headers.remove(name);
      }
    }
    return -1;
  }

  /** AWS's idea of a valid name: letters, digits and hyphens. */
  private static boolean isPlain(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
