package dev.longshore.server.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whoever runs functions, spoken to as one speaks to Lambda; each call blocks. */
final class FunctionEndpoint implements AutoCloseable {
  /** A function of Lambda runs no longer. */
  static final Duration LONGEST = Duration.ofMinutes(15);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Bytes of an answer: far more than what may come of it. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_FAULTS = 500;

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * @param address without a path
   */
  FunctionEndpoint(URI address) {
    this.address = address;
  }

  /**
   * Asks a function and waits for its answer.
   *
   * @throws FunctionFailedException it gives none, and would not the next time
   * @throws IOException it could not be asked this time
   */
  String invoke(Errand errand, Credentials keys, Instant now)
      throws FunctionFailedException, IOException, InterruptedException {
    Duration left = errand.patience(now);
    HttpResponse<byte[]> answer =
        send(request(errand, keys, now), left.compareTo(LONGEST) < 0 ? left : LONGEST);
    int status = answer.statusCode();
    if (status == TOO_MANY_REQUESTS || status >= SERVER_FAULTS) {
      throw new IOException("The endpoint of functions answered with status " + status + '.');
    }
    if (status != 200) {
      String type = answer.headers().firstValue("x-amzn-errortype").orElse("no type");
      throw new FunctionFailedException(
          "The endpoint of functions answered with status " + status + " (" + type + ").");
    }
    String fault = answer.headers().firstValue("x-amz-function-error").orElse("");
    if (!fault.isEmpty()) {
      throw new FunctionFailedException("The function ended with an error (" + fault + ").");
    }
    return new String(answer.body(), UTF_8);
  }

  private HttpRequest request(Errand errand, Credentials keys, Instant now) {
    byte[] body = Documents.json(errand.payload()).write().getBytes(UTF_8);
    String path =
        "/2015-03-31/functions/" + URLEncoder.encode(errand.functionArn(), UTF_8) + "/invocations";
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", address.getAuthority());
    headers.put("content-type", "application/json");
    headers.put("x-amz-invocation-type", "RequestResponse");
    var signable = new SignableRequest("POST", path, "", headers::get, body);
    Signer signer = new Signer(keys, region(errand.functionArn()), "lambda");
    headers.putAll(signer.sign(signable, headers.keySet(), now));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path)).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }

  /** An ARN has the region behind its third colon. */
  private static String region(String functionArn) {
    return functionArn.split(":", -1)[3];
  }

  /** The limit is one of the whole exchange; the client's own ends with the answer's head. */
  private HttpResponse<byte[]> send(HttpRequest request, Duration limit)
      throws FunctionFailedException, IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new FunctionFailedException(
          "The function did not answer within " + limit.toSeconds() + " s.", e);
    } catch (ExecutionException e) {
      throw new IOException("The endpoint of functions could not be asked: " + e.getCause(), e);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
