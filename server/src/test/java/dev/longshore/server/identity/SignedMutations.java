package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Signed requests by chance, and the same with something changed that a signature must not allow.
 */
final class SignedMutations {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz01234";

  private final Random random;
  private final String authority;
  private final List<Credentials> keys;
  private final Map<String, Signer> signers = new HashMap<>();

  /**
   * @param keys of callers who may do everything; the last one of a session
   */
  SignedMutations(long seed, String authority, List<Credentials> keys) {
    random = new Random(seed);
    this.authority = authority;
    this.keys = keys;
  }

  /** A request before it is signed, and who signs it for which service. */
  private record Draft(SentRequest request, Credentials key, String service) {}

  /** What was changed, and the result. */
  record Changed(String how, SentRequest request) {}

  /** A request that is to be served. */
  SentRequest honest() {
    Draft draft = draft();
    return draft.request.signed(signer(draft.key, draft.service), Instant.now());
  }

  private Draft draft() {
    Credentials key = keys.get(random.nextInt(keys.size()));
    return switch (random.nextInt(4)) {
      case 0 -> json(key, "ecs", "AmazonEC2ContainerServiceV20141113.ListClusters");
      case 1 -> json(key, "ssm", "AmazonSSM.DescribeParameters");
      case 2 -> form(key, "iam", "Action=ListRoles&Version=2010-05-08&MaxItems=1");
      default -> form(key, "sts", "Action=GetCallerIdentity&Version=2011-06-15");
    };
  }

  private Draft json(Credentials key, String service, String target) {
    Map<String, String> headers = headers("application/x-amz-json-1.1");
    headers.put("x-amz-target", target);
    String body = "{}";
    if (service.equals("ecs")) {
      body = "{\"maxResults\":" + (1 + random.nextInt(90)) + "}";
    }
    return new Draft(new SentRequest("POST", "/", headers, body), key, service);
  }

  private Draft form(Credentials key, String service, String body) {
    Map<String, String> headers = headers("application/x-www-form-urlencoded");
    return new Draft(new SentRequest("POST", "/", headers, body), key, service);
  }

  private Map<String, String> headers(String contentType) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", authority);
    headers.put("content-type", contentType);
    return headers;
  }

  private Signer signer(Credentials key, String service) {
    return signers.computeIfAbsent(
        key.accessKeyId() + service, name -> new Signer(key, "us-east-1", service));
  }

  /** A request that must not be served. */
  Changed changed() {
    Draft draft = draft();
    SentRequest signed = draft.request.signed(signer(draft.key, draft.service), Instant.now());
    return switch (random.nextInt(13)) {
      case 0 -> new Changed("wrong key", wrongKey(draft, signed));
      case 1 -> new Changed("wrong secret", wrongSecret(draft));
      case 2 -> new Changed("skewed clock", skewed(draft));
      case 3 -> new Changed("replayed date", replayed(signed));
      case 4 -> new Changed("tampered body", signed.body(edited(signed.body())));
      case 5 -> new Changed("unsigned header", unsigned(draft));
      case 6 -> new Changed("signature", authorization(signed, "Signature="));
      case 7 -> new Changed("signed headers", authorization(signed, "SignedHeaders="));
      case 8 -> new Changed("credential", authorization(signed, "Credential="));
      case 9 -> new Changed("header", header(signed));
      case 10 -> new Changed("target", signed.target("/?" + word() + "=" + word()));
      case 11 -> new Changed("method", signed.method("PUT"));
      default -> new Changed("presigned", presigned(draft));
    };
  }

  private SentRequest wrongKey(Draft draft, SentRequest signed) {
    String id = draft.key.accessKeyId();
    int other = (keys.indexOf(draft.key) + 1) % keys.size();
    String wrong = random.nextBoolean() ? keys.get(other).accessKeyId() : edited(id);
    return signed.with("authorization", signed.header("authorization").replace(id, wrong));
  }

  private SentRequest wrongSecret(Draft draft) {
    Credentials wrong =
        new Credentials(
            draft.key.accessKeyId(),
            edited(draft.key.secretAccessKey()),
            draft.key.sessionToken(),
            null);
    return draft.request.signed(new Signer(wrong, "us-east-1", draft.service), Instant.now());
  }

  private SentRequest skewed(Draft draft) {
    long seconds = 330L + random.nextInt(1_000_000);
    Instant at = Instant.now().plusSeconds(random.nextBoolean() ? seconds : -seconds);
    return draft.request.signed(signer(draft.key, draft.service), at);
  }

  /** Sent once more at another time, which the signature does not cover. */
  private SentRequest replayed(SentRequest signed) {
    String date = signed.header("x-amz-date");
    int second = Integer.parseInt(date.substring(13, 15));
    return signed.with(
        "x-amz-date", date.substring(0, 13) + String.format("%02d", (second + 1) % 60) + "Z");
  }

  /** What says which action is meant must be covered; where it is the body, the host is taken. */
  private SentRequest unsigned(Draft draft) {
    Signer signer = signer(draft.key, draft.service);
    if (draft.request.headers().containsKey("x-amz-target")) {
      return draft.request.signed(signer, Instant.now(), "x-amz-target");
    }
    SentRequest signed = draft.request.signed(signer, Instant.now());
    return signed.with("authorization", signed.header("authorization").replace(";host", ""));
  }

  private SentRequest authorization(SentRequest signed, String part) {
    String header = signed.header("authorization");
    int from = header.indexOf(part) + part.length();
    int comma = header.indexOf(',', from);
    int to = comma < 0 ? header.length() : comma;
    return signed.with(
        "authorization",
        header.substring(0, from) + edited(header.substring(from, to)) + header.substring(to));
  }

  private SentRequest header(SentRequest signed) {
    List<String> names =
        signed.headers().keySet().stream()
            .filter(name -> !name.equals("authorization") && !name.equals("x-amz-date"))
            .toList();
    String name = names.get(random.nextInt(names.size()));
    return random.nextInt(4) == 0 && !name.equals("host")
        ? signed.without(name)
        : signed.with(name, edited(signed.header(name)));
  }

  private SentRequest presigned(Draft draft) {
    Map<String, String> headers = Map.of("host", authority);
    String action = "Action=GetCallerIdentity&Version=2011-06-15";
    SignableRequest request =
        new SignableRequest("GET", "/", action, headers::get, "".getBytes(UTF_8));
    boolean late = random.nextBoolean();
    Instant at = late ? Instant.now().minusSeconds(120) : Instant.now();
    String query =
        signer(draft.key, "sts").presign(request, List.of("host"), at, Duration.ofSeconds(60));
    String target = "/?" + query;
    return new SentRequest(
        "GET", late ? target : target.replace("X-Amz-Expires=60", "X-Amz-Expires=61"), headers, "");
  }

  /** The text with one letter replaced, inserted or dropped: never the same text. */
  private String edited(String text) {
    char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
    int at = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + c + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      default -> text.substring(0, at) + (text.charAt(at) == c ? '5' : c) + text.substring(at + 1);
    };
  }

  private String word() {
    return Integer.toString(random.nextInt(1_000_000), 36);
  }
}
