package dev.longshore.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The calls that fetch a task's secrets, made with the keys of its execution role: to Secrets
 * Manager, the Parameter Store and S3.
 */
public final class SecretCalls {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
  private static final int TRIES = 2;

  /** Who calls too often is let in once others have been served. */
  private static final int TRIES_WHEN_THROTTLED = 8;

  private static final String NO_BODY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Transport transport;
  private final LinkConfig config;
  private final InstantSource clock;
  private final Map<String, URI> endpoints;
  private final RandomGenerator random;
  private final Nudge pause = new Nudge();

  /**
   * @param endpoints where the services are, by their signing name; others are where the control
   *     plane is
   * @param random spreads the tries of many; safe for use by several threads
   */
  public SecretCalls(
      Transport transport,
      LinkConfig config,
      InstantSource clock,
      Map<String, URI> endpoints,
      RandomGenerator random) {
    this.transport = transport;
    this.config = config;
    this.clock = clock;
    this.endpoints = endpoints;
    this.random = random;
  }

  private interface Call<T> {
    T make() throws ApiException, UnreachableException, InterruptedException;
  }

  /**
   * A secret's value as Secrets Manager answers it.
   *
   * @param stage a staging label, empty for none
   * @param version a version's id, empty for none
   */
  public Json secret(Credentials role, String region, String arn, String stage, String version)
      throws ApiException, UnreachableException, InterruptedException {
    Json.Fields request =
        new Members()
            .put("SecretId", arn)
            .put("VersionStage", stage.isEmpty() ? null : stage)
            .put("VersionId", version.isEmpty() ? null : version)
            .json();
    LinkConfig asked = at("secretsmanager", role, region);
    return trying(() -> {
      try (ControlPlane api =
          ControlPlane.service(transport, asked, clock, "secretsmanager", "secretsmanager.")) {
        return api.call("GetSecretValue", request, 1, 1);
      }
    });
  }

  /** Parameters, ten at most, in the plain. */
  public Json parameters(Credentials role, String region, List<String> names)
      throws ApiException, UnreachableException, InterruptedException {
    Json.Fields request =
        Json.fields().with("Names", Json.items(names)).with("WithDecryption", Json.of(true));
    LinkConfig asked = at("ssm", role, region);
    return trying(() -> {
      try (ControlPlane api = ControlPlane.service(transport, asked, clock, "ssm", "AmazonSSM.")) {
        return api.call("GetParameters", request, 1, 1);
      }
    });
  }

  /** The text of an object in S3, or in a store that speaks its protocol. */
  public String object(Credentials role, String bucket, String key)
      throws ApiException, UnreachableException, InterruptedException {
    if (!endpoints.containsKey("s3")) {
      throw new UnreachableException("AWS_ENDPOINT_URL_S3 does not say where S3 is", null);
    }
    LinkConfig asked = at("s3", role, config.region());
    return trying(() -> {
      Origin origin = Origin.of(asked.endpoint());
      HttpConnection connection = HttpConnection.open(transport, origin);
      try {
        HttpConnection.Answer answer =
            connection.exchange(get(asked, origin, '/' + bucket + '/' + key), LIMIT);
        if (answer.status() == 200) {
          return answer.body();
        }
        throw new ApiException(
            answer.status(), element(answer.body(), "Code"), element(answer.body(), "Message"));
      } finally {
        connection.close();
      }
    });
  }

  private LinkConfig at(String service, Credentials role, String region) {
    LinkConfig asked = config.as(role);
    return asked.at(
        endpoints.getOrDefault(service, config.endpoint()),
        region.isEmpty() ? config.region() : region);
  }

  /** Tries again where it may help: not when the service has said no. */
  private <T> T trying(Call<T> call)
      throws ApiException, UnreachableException, InterruptedException {
    Backoff waits = new Backoff(WAIT, LONGEST_WAIT, 2, 0.5, random);
    for (int attempt = 1; ; attempt++) {
      try {
        return call.make();
      } catch (ApiException e) {
        int most = e.isThrottled() ? TRIES_WHEN_THROTTLED : e.isTransient() ? TRIES : 1;
        if (attempt >= most) {
          throw e;
        }
      } catch (UnreachableException e) {
        if (attempt >= TRIES) {
          throw e;
        }
      }
      var _ = pause.await(waits.next());
    }
  }

  private FullHttpRequest get(LinkConfig asked, Origin origin, String path)
      throws UnreachableException {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", origin.authority());
    headers.put("x-amz-content-sha256", NO_BODY);
    String encoded = URLEncoder.encode(path, UTF_8).replace("+", "%20").replace("%2F", "/");
    SignableRequest signable = new SignableRequest("GET", encoded, "", headers::get, new byte[0]);
    Signer signer = new Signer(asked.keys().current(), asked.region(), "s3");
    headers.putAll(signer.sign(signable, List.of("host", "x-amz-content-sha256"), clock.instant()));
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, encoded.replace("*", "%2A").replace("%7E", "~"));
    headers.forEach((name, value) -> request.headers().set(name, value));
    return request;
  }

  /** What stands in an element of an error's XML; empty where it is not there. */
  private static String element(String xml, String name) {
    int from = xml.indexOf('<' + name + '>');
    int to = xml.indexOf("</" + name + '>');
    return from < 0 || to < from ? "" : xml.substring(from + name.length() + 2, to);
  }
}
