package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A store of objects on loopback that insists on a signature for S3 by temporary keys. */
final class Bucket implements AutoCloseable {
  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private final HttpServer server;

  Bucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The variable that tells agents where the store is. */
  String variable() {
    return "AWS_ENDPOINT_URL_S3=http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Keeps a text at {@code /bucket/key}. */
  void put(String path, String text) {
    objects.put(path, text);
  }

  private void answer(HttpExchange call) throws IOException {
    String authorization = call.getRequestHeaders().getFirst("Authorization");
    boolean signed =
        authorization != null
            && authorization.contains("/us-east-1/s3/aws4_request")
            && call.getRequestHeaders().containsKey("X-Amz-Security-Token");
    String found = objects.get(call.getRequestURI().getPath());
    String answer =
        found != null && signed
            ? found
            : "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>"
                + "</Error>";
    byte[] body = answer.getBytes(UTF_8);
    call.sendResponseHeaders(found != null && signed ? 200 : 404, body.length);
    call.getResponseBody().write(body);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
