package dev.longshore.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.http.HttpServer;
import dev.longshore.server.http.HttpSettings;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** An ECS API on a real port with a clock that stands still, and a client that signs for it. */
final class ServedExample implements AutoCloseable {
  static final Credentials KEY = Credentials.of("AKIAEXAMPLE000000001", "secret");
  static final Instant NOW = Instant.parse("2026-08-03T10:50:00Z");
  static final String TARGET = "AmazonEC2ContainerServiceV20141113.";

  final HttpServer server;
  private final HttpClient client;

  /** What a test may change of a request before it is signed. */
  record Draft(String method, String target, Map<String, String> headers, Blob body) {
    Draft with(String header, String value) {
      var all = new TreeMap<>(headers);
      all.put(header, value);
      return new Draft(method, target, all, body);
    }

    Draft without(String header) {
      var all = new TreeMap<>(headers);
      all.remove(header);
      return new Draft(method, target, all, body);
    }

    Draft withBody(byte[] newBody) {
      return new Draft(method, target, headers, Blob.of(newBody));
    }

    Draft withMethod(String newMethod) {
      return new Draft(newMethod, target, headers, body);
    }

    /** Signed by this key at this time for this service, by the headers it has now. */
    Draft signed(Credentials key, Instant at, String service) {
      var values = new TreeMap<>(headers);
      SignableRequest request = signable(values);
      values.putAll(new Signer(key, "us-east-1", service).sign(request, headers.keySet(), at));
      return new Draft(method, target, values, body);
    }

    /** Signed in the query, valid for a minute. */
    Draft presigned(Credentials key, Instant at, String service) {
      String query =
          new Signer(key, "us-east-1", service)
              .presign(signable(headers), List.of("host"), at, Duration.ofSeconds(60));
      return new Draft(method, path() + '?' + query, headers, body);
    }

    private SignableRequest signable(Map<String, String> values) {
      int mark = target.indexOf('?');
      String query = mark < 0 ? "" : target.substring(mark + 1);
      return new SignableRequest(method, path(), query, values::get, body.toBytes());
    }

    private String path() {
      int mark = target.indexOf('?');
      return mark < 0 ? target : target.substring(0, mark);
    }

    Draft signed() {
      return signed(KEY, NOW, "ecs");
    }
  }

  ServedExample(Endpoint endpoint) throws IOException {
    this(endpoint, authentication(), Version.HTTP_1_1);
  }

  static Authentication authentication() {
    var root = new Principal(KEY, Caller.root("123456789012"));
    return Authentication.bySignature(
        InstantSource.fixed(NOW),
        (id, token) -> id.equals(KEY.accessKeyId()) ? root : null,
        "us-east-1"::equals);
  }

  ServedExample(Endpoint endpoint, Authentication authentication, Version version)
      throws IOException {
    this(
        List.of(
            new ServedApi(
                Ecs.MODEL, operation -> !operation.name().equals("CreateDaemon"), endpoint)),
        authentication,
        version);
  }

  ServedExample(List<ServedApi> apis, Authentication authentication, Version version)
      throws IOException {
    var settings = HttpSettings.loopback(0);
    var api =
        new Api(
            apis,
            authentication,
            Permissions.WITHOUT_POLICIES,
            Audit.NONE,
            InstantSource.fixed(NOW),
            settings.limits().body(),
            () -> true);
    server = HttpServer.start(settings, api, Map.of());
    client = HttpClient.newBuilder().version(version).build();
  }

  String host() {
    return "127.0.0.1:" + server.address().getPort();
  }

  Draft draft(String operation, String body) {
    return new Draft(
        "POST",
        "/",
        Map.of(
            "host",
            host(),
            "content-type",
            "application/x-amz-json-1.1",
            "x-amz-target",
            TARGET + operation),
        Blob.of(body.getBytes(UTF_8)));
  }

  HttpResponse<String> call(String operation, String body, UnaryOperator<Draft> change)
      throws IOException, InterruptedException {
    return send(change.apply(draft(operation, body)));
  }

  HttpResponse<String> send(Draft draft) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host() + draft.target()))
            .method(draft.method(), BodyPublishers.ofByteArray(draft.body().toBytes()));
    draft
        .headers()
        .forEach((name, value) -> {
          if (!name.equals("host")) {
            request.header(name, value);
          }
        });
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
