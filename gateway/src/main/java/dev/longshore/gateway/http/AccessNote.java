package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Outcome;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What only an access log asks about an exchange; there is none where nothing is logged. */
final class AccessNote {
  private static final int LINE_END = 2;
  private static final int COLON_AND_BLANK = 2;

  /** {@code HTTP/1.1} and the blanks of a request's first line, or of an answer's with a code. */
  private static final int FIRST_LINE = "HTTP/1.1".length() + 2 + LINE_END;

  private static final int CODE = 3;

  private final Gate gate;
  private final String url;
  private final long begunMillis = System.currentTimeMillis();
  private final long received;
  private long sent;
  private @Nullable Outcome outcome;
  private @Nullable String redirect;

  /** Of a request as the client sent it. */
  AccessNote(Gate gate, FrontSession front, HttpRequest request) {
    this.gate = gate;
    url = url(gate, front, request);
    received =
        FIRST_LINE + request.method().name().length() + request.uri().length() + fields(request);
  }

  private static String url(Gate gate, FrontSession front, HttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST);
    String name = host == null ? gate.spec().address() : AskedRequest.withoutPort(host);
    String scheme = front.isSecure() ? "https://" : "http://";
    return scheme + name + ':' + front.port() + request.uri();
  }

  private static long fields(HttpMessage message) {
    long bytes = LINE_END;
    for (Map.Entry<String, String> each : message.headers()) {
      bytes += each.getKey().length() + each.getValue().length() + COLON_AND_BLANK + LINE_END;
    }
    return bytes;
  }

  void decided(Outcome decided) {
    outcome = decided;
  }

  /** The head of what the client is answered. */
  void answers(HttpResponse head) {
    sent = FIRST_LINE + CODE + head.status().reasonPhrase().length() + fields(head);
    if (outcome instanceof Outcome.Elsewhere) {
      redirect = head.headers().get(HttpHeaderNames.LOCATION);
    }
  }

  String url() {
    return url;
  }

  long begunMillis() {
    return begunMillis;
  }

  /** The request's head. */
  long received() {
    return received;
  }

  /** The answer's head. */
  long sent() {
    return sent;
  }

  @Nullable String redirect() {
    return redirect;
  }

  int priority() {
    return outcome == null ? -1 : gate.priority(outcome);
  }

  @Nullable String action() {
    return switch (outcome) {
      case Outcome.Answer each -> "fixed-response";
      case Outcome.Elsewhere each -> "redirect";
      case Outcome.Onward each -> "forward";
      case null -> null;
    };
  }
}
