package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** A client of a site's registry, logged in with a password that the AWS CLI asked for. */
final class Quay implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String authorization;

  Quay(Site site) throws IOException, InterruptedException {
    endpoint = URI.create(site.endpoint);
    String pair = "AWS:" + site.aws.ok("ecr", "get-login-password");
    authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  HttpResponse<byte[]> call(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .header("Authorization", authorization)
            .method(method, BodyPublishers.ofByteArray(body));
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  /** What is served at a path, by its digest; empty where nothing is. */
  String served(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        client.send(request("GET", path, new byte[0]), BodyHandlers.ofInputStream());
    MessageDigest hash = ImageLayout.sha256();
    try (InputStream in = answer.body()) {
      byte[] buffer = new byte[1 << 16];
      for (int read; (read = in.read(buffer)) >= 0; ) {
        hash.update(buffer, 0, read);
      }
    }
    return switch (answer.statusCode()) {
      case 200 -> "sha256:" + HexFormat.of().formatHex(hash.digest());
      case 404 -> "";
      default -> throw new IOException(path + " was answered with " + answer.statusCode());
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
