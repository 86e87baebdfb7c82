package dev.longshore.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A request as it travels, so that a test can change any part of it after signing. */
record SignedExample(
    String method, String path, String query, Map<String, String> headers, String body) {
  static final Credentials KEY = Credentials.of("AKIAEXAMPLE000000001", "secret");
  static final Instant NOW = Instant.parse("2026-08-03T10:50:00Z");

  static SignedExample listClusters() {
    return listClusters(KEY, NOW);
  }

  /** ListClusters as the AWS CLI sends it. */
  static SignedExample listClusters(Credentials key, Instant at) {
    var headers = new TreeMap<String, String>();
    headers.put("host", "127.0.0.1:4566");
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters");
    var unsigned = new SignedExample("POST", "/", "", headers, "{\"maxResults\":10}");
    return unsigned.signed(key, at, "ecs");
  }

  SignedExample signed(Credentials key, Instant at, String service) {
    var all = new TreeMap<>(headers);
    all.putAll(new Signer(key, "eu-central-1", service).sign(request(), headers.keySet(), at));
    return new SignedExample(method, path, query, all, body);
  }

  SignedExample with(String header, String value) {
    var all = new TreeMap<>(headers);
    all.put(header, value);
    return new SignedExample(method, path, query, all, body);
  }

  SignedExample without(String header) {
    var all = new TreeMap<>(headers);
    all.remove(header);
    return new SignedExample(method, path, query, all, body);
  }

  SignedExample authorization(Function<String, String> change) {
    return with("authorization", change.apply(headers.getOrDefault("authorization", "")));
  }

  SignedExample withBody(String body) {
    return new SignedExample(method, path, query, headers, body);
  }

  SignableRequest request() {
    return new SignableRequest(method, path, query, headers::get, body.getBytes(UTF_8));
  }

  Verification verified() {
    return verified(NOW, List.of(KEY));
  }

  Verification verified(Instant now, List<Credentials> known) {
    CredentialsLookup lookup =
        (id, token) ->
            known.stream().filter(k -> k.accessKeyId().equals(id)).findFirst().orElse(null);
    return new Verifier(InstantSource.fixed(now), lookup, "eu-central-1"::equals)
        .verify(request(), "ecs");
  }
}
