package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A control plane on loopback, and calls to it with whoever's keys. */
final class IdentitySite implements AutoCloseable {
  static final String ACCOUNT = "123456789012";

  private final ControlPlane plane;
  private final HttpClient client;

  IdentitySite(Path directory) throws IOException {
    this(ControlPlaneSettings.local(directory, 0), HttpClient.newHttpClient());
  }

  IdentitySite(ControlPlaneSettings settings, HttpClient client) throws IOException {
    this.client = client;
    plane =
        ControlPlane.start(
            settings,
            halt -> {
              throw new AssertionError(halt);
            });
  }

  /** A response, and what is found in it. */
  record Answer(int status, String body) {
    /** The text of the first element of that name. */
    String element(String name) {
      Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
      if (!found.find()) {
        throw new AssertionError("No " + name + " in " + body);
      }
      return found.group(1).replace("&quot;", "\"").replace("&apos;", "'").replace("&#39;", "'");
    }
  }

  Credentials root() {
    return plane.rootKeys();
  }

  URI endpoint() {
    return plane.endpoint();
  }

  HttpClient client() {
    return client;
  }

  /** Calls an action of ECS. */
  Answer ecs(Credentials keys, String action, String body) throws Exception {
    return json(keys, "ecs", "AmazonEC2ContainerServiceV20141113." + action, body);
  }

  /** Calls an action of ECR. */
  Answer ecr(Credentials keys, String action, String body) throws Exception {
    return json(keys, "ecr", "AmazonEC2ContainerRegistry_V20150921." + action, body);
  }

  /** Calls an action of Longshore's own. */
  Answer own(Credentials keys, String action, String body) throws Exception {
    return json(keys, "longshore", "Longshore_20261101." + action, body);
  }

  private Answer json(Credentials keys, String service, String target, String body)
      throws Exception {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", target);
    return send(keys, service, headers, body.replace('\'', '"'), Instant.now());
  }

  /**
   * Calls an action of IAM.
   *
   * @param members names and values in turns
   */
  Answer iam(Credentials keys, String action, String... members) throws Exception {
    return form(keys, "iam", "2010-05-08", action, members);
  }

  /** Calls an action of STS. */
  Answer sts(Credentials keys, String action, String... members) throws Exception {
    return form(keys, "sts", "2011-06-15", action, members);
  }

  private Answer form(
      Credentials keys, String service, String version, String action, String... members)
      throws Exception {
    StringBuilder body = new StringBuilder("Action=" + action + "&Version=" + version);
    for (int at = 0; at < members.length; at += 2) {
      body.append('&').append(members[at]).append('=');
      body.append(URLEncoder.encode(members[at + 1], UTF_8));
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/x-www-form-urlencoded");
    return send(keys, service, headers, body.toString(), Instant.now());
  }

  /** Sends a call signed at that time. */
  Answer send(Credentials keys, String service, Map<String, String> given, String body, Instant at)
      throws Exception {
    Map<String, String> headers = new TreeMap<>(given);
    headers.put("host", plane.endpoint().getAuthority());
    SignableRequest signable =
        new SignableRequest("POST", "/", "", headers::get, body.getBytes(UTF_8));
    headers.putAll(
        new Signer(keys, "us-east-1", service).sign(signable, List.copyOf(headers.keySet()), at));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(plane.endpoint().resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::setHeader);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** A new user with that policy, none where it is empty; answers keys of theirs. */
  Credentials user(String name, String policy) throws Exception {
    ok(iam(root(), "CreateUser", "UserName", name));
    if (!policy.isEmpty()) {
      ok(
          iam(
              root(),
              "PutUserPolicy",
              "UserName",
              name,
              "PolicyName",
              "own",
              "PolicyDocument",
              policy(policy)));
    }
    Answer key = ok(iam(root(), "CreateAccessKey", "UserName", name));
    return Credentials.of(key.element("AccessKeyId"), key.element("SecretAccessKey"));
  }

  /** The document of these statements, in which apostrophes stand for quotation marks. */
  static String policy(String statements) {
    return ("{'Version':'2012-10-17','Statement':[" + statements + "]}").replace('\'', '"');
  }

  static Answer ok(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer;
  }

  /** The keys in an answer of STS. */
  static Credentials keys(Answer answer) {
    ok(answer);
    return new Credentials(
        answer.element("AccessKeyId"),
        answer.element("SecretAccessKey"),
        answer.element("SessionToken"),
        Instant.parse(answer.element("Expiration")));
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
