package dev.longshore.gateway.feed;

import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket to the control plane, whose opening is signed. One thread sends and receives; the
 * next text is read from the network only once the one before was received.
 */
final class FeedConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_CHARACTERS = 32 << 20;

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(4);
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean nudged = new AtomicBoolean();
  private final WebSocket socket;

  /** What there is to do. */
  sealed interface Event {
    record Text(String text) implements Event {}

    /** Somebody has something to be sent. */
    record Nudge() implements Event {}

    record Over(String reason) implements Event {}
  }

  private FeedConnection(HttpClient client, FeedSettings settings, Instant now)
      throws IOException, InterruptedException {
    URI endpoint = settings.endpoint();
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
    signature(settings, now)
        .forEach((name, value) -> {
          if (!name.equals("host")) {
            builder.header(name, value);
          }
        });
    String scheme = "https".equals(endpoint.getScheme()) ? "wss://" : "ws://";
    URI address = URI.create(scheme + endpoint.getAuthority() + FeedSettings.PATH);
    socket = await(builder.buildAsync(address, new Ear()), "connecting to " + address);
  }

  /**
   * Opens one.
   *
   * @throws IOException nobody is there, or does not want to be followed
   */
  static FeedConnection open(HttpClient client, FeedSettings settings, Instant now)
      throws IOException, InterruptedException {
    return new FeedConnection(client, settings, now);
  }

  private static Map<String, String> signature(FeedSettings settings, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", settings.endpoint().getAuthority());
    var request = new SignableRequest("GET", FeedSettings.PATH, "", headers::get, new byte[0]);
    Signer signer = new Signer(settings.credentials(), settings.region(), FeedSettings.SERVICE);
    headers.putAll(signer.sign(request, List.of("host"), now));
    return headers;
  }

  private static <T> T await(CompletableFuture<T> future, String what)
      throws IOException, InterruptedException {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String said =
          cause instanceof WebSocketHandshakeException refused
              ? refusal(refused.getResponse())
              : String.valueOf(cause);
      throw new IOException(what + ": " + said, cause);
    } catch (TimeoutException e) {
      throw new IOException(what + ": no answer within " + PATIENCE.toSeconds() + " s", e);
    }
  }

  private static String refusal(HttpResponse<?> response) {
    return "refused with " + response.statusCode() + ' ' + response.body();
  }

  /** Sends one text; blocks until the network has taken it, for 10 s at most. */
  void send(FeedMessage message) throws IOException, InterruptedException {
    var _ = await(socket.sendText(FeedJson.write(message), true), "sending");
  }

  /** The next thing to do, or null where there is none within the time. */
  @Nullable Event receive(Duration time) throws InterruptedException {
    Event event = events.poll(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    if (event instanceof Event.Text) {
      socket.request(1);
    } else if (event instanceof Event.Nudge) {
      nudged.set(false);
    }
    return event;
  }

  /** Has {@link #receive} return a nudge soon; from any thread. */
  void nudge() {
    if (nudged.compareAndSet(false, true)) {
      events.add(new Event.Nudge());
    }
  }

  private void over(String reason) {
    if (over.compareAndSet(false, true)) {
      events.add(new Event.Over(reason));
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Hears the network. At most one text, one nudge and one end wait, so there is always room. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (text.length() > MOST_CHARACTERS) {
        over("a message is too long");
      } else if (last) {
        events.add(new Event.Text(text.toString()));
        text.setLength(0);
      } else {
        from.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      over(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      over(String.valueOf(failure));
    }
  }
}
