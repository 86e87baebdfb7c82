package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.repository.CreateByTemplate;
import dev.longshore.core.repository.Repositories;
import dev.longshore.server.api.Audit;
import dev.longshore.server.api.Trail;
import dev.longshore.server.blob.BlobStore;
import dev.longshore.server.blob.BlobStore.Swept;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Upload;
import dev.longshore.server.http.BodyStream;
import dev.longshore.server.http.HttpRoute;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.server.registry.Target.Kind;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /v2/} and leaves every other path to another route. No fault of a caller's is
 * answered with a status of 500.
 */
public final class DistributionRoute implements HttpRoute {
  private static final Logger LOG = LoggerFactory.getLogger(DistributionRoute.class);
  private static final String BEARER = "Bearer ";
  private static final String ON_PUSH = "CREATE_ON_PUSH";
  private static final String USER = "AWS:";
  private static final String REALM_END = "/\",service=\"ecr.amazonaws.com\"";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /** What is left of a small body is read before its request is refused, to keep the connection. */
  private static final int LEFT = 64 << 10;

  private final Registry registry;
  private final @Nullable Caller everyone;
  private final Audit audit;
  private final HttpRoute others;
  private final Manifests manifests;
  private final Blobs blobs;
  private final Uploads uploads;
  private final Listings listings;
  private final Executor threads = task -> Thread.ofVirtual().name("registry").start(task);

  /**
   * @param everyone whom everybody is believed to be; null where tokens are asked for
   * @param audit told of every request
   * @param others answers all other paths
   */
  public DistributionRoute(
      Registry registry, @Nullable Caller everyone, Audit audit, HttpRoute others) {
    this.registry = registry;
    this.everyone = everyone;
    this.audit = audit;
    this.others = others;
    this.manifests = new Manifests(registry);
    this.blobs = new Blobs(registry);
    this.uploads = new Uploads(registry);
    this.listings = new Listings(registry);
  }

  @Override
  public boolean streams(String method, String target) {
    boolean sends = method.equals("PUT") || method.equals("PATCH") || method.equals("POST");
    return (sends && target.startsWith("/v2/")) || others.streams(method, target);
  }

  @Override
  public CompletionStage<Response> answer(Request request) {
    if (!Target.isOurs(request.path())) {
      return others.answer(request);
    }
    if (request.method().equals("HEAD")
        && request.path().contains("/manifests/")
        && registry.state().count(CacheRule.KIND) == 0) {
      // Answered from the rows alone, so it need not leave the event loop.
      return CompletableFuture.completedFuture(served(request));
    }
    return CompletableFuture.supplyAsync(() -> served(request), threads);
  }

  private Response served(Request request) {
    return answered(request).with("docker-distribution-api-version", "registry/2.0");
  }

  private Response answered(Request request) {
    Trail trail = new Trail(request);
    try {
      Response response = carriedOut(request, trail);
      audit.record(trail.entry(registry.now(), null));
      return response;
    } catch (RefusedException e) {
      audit.record(trail.entry(registry.now(), e.code()));
      return e.response();
    }
  }

  /** Whatever a caller can be told is a refusal; the rest is thrown as it is. */
  private Response carriedOut(Request request, Trail trail) {
    try {
      Target target = Target.of(request.path());
      Map<String, List<String>> query = Target.query(request.query());
      Caller caller = caller(request, target, query);
      trail.knows(caller);
      return dispatch(
          new Call(request, caller, target.repository(), target.reference(), query, trail),
          target.kind());
    } catch (RefusedException e) {
      finish(request);
      throw e;
    } catch (ServiceException e) {
      finish(request);
      throw Refusals.of(e);
    } catch (BodyStream.CutException e) {
      throw new RefusedException(400, "SIZE_INVALID", String.valueOf(e.getMessage()));
    } catch (Upload.BlobTooLargeException e) {
      throw new RefusedException(413, "SIZE_INVALID", String.valueOf(e.getMessage()));
    } catch (BlobStore.TooManyUploadsException e) {
      throw new RefusedException(429, "TOOMANYREQUESTS", String.valueOf(e.getMessage()))
          .with("retry-after", "1");
    } catch (BlobStore.StoreFullException e) {
      throw new RefusedException(507, "DENIED", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void finish(Request request) {
    String length = request.headers().first("content-length");
    try {
      if (request.stream() != null && length != null && Long.parseLong(length) <= LEFT) {
        request.stream().into(bytes -> {});
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("What was left of a refused request could not be read", e);
    }
  }

  private Caller caller(Request request, Target target, Map<String, List<String>> query) {
    if (everyone != null) {
      return everyone;
    }
    List<String> permit = query.get("permit");
    if (permit != null
        && target.kind() == Kind.BLOB
        && registry
            .tokens()
            .permits(permit.getFirst(), target.repository(), target.reference(), registry.now())) {
      return Caller.root(registry.place().accountId());
    }
    String password = password(request.headers().first("authorization"));
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    boolean open = target.repository().startsWith(PublicRepository.PREFIX) && reads;
    if (password == null && (open || target.kind() == Kind.TOKEN)) {
      return Rights.ANYBODY;
    }
    if (password == null) {
      throw unauthorized(request, "Not Authorized");
    }
    return switch (registry.tokens().verify(password, registry.now())) {
      case RegistryTokens.Holder holder -> holder.caller();
      case RegistryTokens.Expired expired ->
          throw unauthorized(
              request, "Your authorization token has expired. Reauthenticate and try again.");
      case RegistryTokens.Forged forged -> throw unauthorized(request, "Not Authorized");
    };
  }

  /** What stands in for a password: of Basic what comes after the user, of Bearer all. */
  private static @Nullable String password(@Nullable String header) {
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] plain = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = new String(plain, ISO_8859_1);
      return pair.startsWith(USER) ? pair.substring(USER.length()) : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private RefusedException unauthorized(Request request, String message) {
    String host = request.headers().first("host");
    String known = (host == null ? registry.address() : host).replace("\"", "");
    return new RefusedException(401, "UNAUTHORIZED", message)
        .with(
            "www-authenticate",
            PublicRegistry.isHost(known)
                ? PublicRegistry.challenge(registry.scheme() + known)
                : "Basic realm=\"" + registry.scheme() + known + REALM_END);
  }

  private Response dispatch(Call call, Kind kind) throws IOException {
    return switch (kind) {
      case BASE -> base(call);
      case TOKEN ->
          call.method().equals("GET")
              ? PublicRegistry.token(registry, call.caller())
              : unsupported();
      case CATALOG -> call.method().equals("GET") ? catalog(call) : unsupported();
      case COLLECTION -> call.method().equals("POST") ? collect(call) : unsupported();
      case MANIFEST -> manifest(allowed(call, action(kind, call.method())));
      case BLOB -> blob(allowed(call, action(kind, call.method())));
      case UPLOADS -> begin(allowed(call, action(kind, call.method())));
      case UPLOAD -> upload(allowed(call, action(kind, call.method())));
      case TAGS -> reading(call, kind) ? listings.tags(call) : unsupported();
      case REFERRERS -> reading(call, kind) ? listings.referrers(call) : unsupported();
      case UNKNOWN -> throw new RefusedException(404, "NAME_UNKNOWN", "unknown path");
    };
  }

  private Response catalog(Call call) {
    Need need = Need.of("ecr:DescribeRepositories", Need.EVERYTHING);
    call.trail().asks(need.action());
    Circumstances circumstances = call.trail().circumstances(registry.now());
    String denial = registry.permissions().denial(call.caller(), need, circumstances);
    if (denial != null) {
      throw new RefusedException(403, "DENIED", denial);
    }
    call.trail().passes();
    return listings.catalog(call);
  }

  private static Response base(Call call) {
    if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      return unsupported();
    }
    return Response.of(200, "application/json", "{}");
  }

  /** Longshore's own: deletes at once what nobody wants, and tells what that was. */
  private Response collect(Call call) throws IOException {
    if (!call.caller().isRoot()) {
      throw new RefusedException(
          403, "DENIED", "User: " + call.caller().arn() + " is not authorized to collect blobs");
    }
    Duration unused = Duration.ofSeconds(seconds(call.parameter("unused")));
    Swept swept = Collector.collect(registry, unused, unused);
    Json counts =
        Json.fields()
            .with("blobs", Json.of(swept.blobs()))
            .with("bytes", Json.of(swept.bytes()))
            .with("uploads", Json.of(swept.uploads()));
    return Response.of(200, "application/json", JsonText.bytes(counts));
  }

  private static long seconds(@Nullable String text) {
    if (text == null || !SECONDS.matcher(text).matches()) {
      throw new RefusedException(
          400, "UNSUPPORTED", "The parameter 'unused' must be a number of seconds.");
    }
    return Long.parseLong(text);
  }

  private Response manifest(Call call) throws IOException {
    return switch (call.method()) {
      case "GET", "HEAD" -> manifests.get(call);
      case "PUT" -> manifests.put(call);
      case "DELETE" -> manifests.delete(call);
      default -> unsupported();
    };
  }

  private Response blob(Call call) throws IOException {
    return switch (call.method()) {
      case "GET", "HEAD" -> blobs.get(call);
      case "DELETE" -> blobs.delete(call);
      default -> unsupported();
    };
  }

  private Response begin(Call call) throws IOException {
    return call.method().equals("POST") ? uploads.begin(call) : unsupported();
  }

  private Response upload(Call call) throws IOException {
    return switch (call.method()) {
      case "GET" -> uploads.status(call);
      case "PATCH" -> uploads.append(call);
      case "PUT" -> uploads.complete(call);
      case "DELETE" -> uploads.cancel(call);
      default -> unsupported();
    };
  }

  private boolean reading(Call call, Kind kind) {
    allowed(call, action(kind, call.method()));
    return call.method().equals("GET");
  }

  private static Response unsupported() {
    throw new RefusedException(405, "UNSUPPORTED", "The operation is unsupported.");
  }

  /** The action of ECR whose right a request needs. */
  private static String action(Kind kind, String method) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return switch (kind) {
      case MANIFEST ->
          reads ? "BatchGetImage" : method.equals("PUT") ? "PutImage" : "BatchDeleteImage";
      case BLOB ->
          method.equals("HEAD")
              ? "BatchCheckLayerAvailability"
              : reads ? "GetDownloadUrlForLayer" : "BatchDeleteImage";
      case UPLOADS -> "InitiateLayerUpload";
      case UPLOAD -> method.equals("PUT") ? "CompleteLayerUpload" : "UploadLayerPart";
      case TAGS -> "ListImages";
      case REFERRERS -> "ListImageReferrers";
      case BASE, CATALOG, TOKEN, COLLECTION, UNKNOWN -> "DescribeRepositories";
    };
  }

  /** The call, if its repository exists and its caller may do that. */
  private Call allowed(Call call, String action) {
    call.trail().asks("ecr:" + action);
    call.trail().needs(List.of(call.rights(registry).need(call.repository(), action)));
    ImageRepository repository = repository(call, action);
    if (repository == null) {
      call.trail().passes();
      return call;
    }
    String denial = call.rights(registry).denial(repository, call.caller(), action);
    if (denial != null) {
      throw new RefusedException(403, "DENIED", denial);
    }
    call.trail().passes();
    return call;
  }

  /** The repository that is asked for; null where it may come from another registry. */
  private @Nullable ImageRepository repository(Call call, String action) {
    String name = call.repository();
    if (registry.state().find(ImageRepository.KIND, name) == null) {
      if (action.equals("BatchGetImage") && CacheRule.covering(registry.state(), name) != null) {
        return null;
      }
      if (action.equals("InitiateLayerUpload") || action.equals("PutImage")) {
        createOnPush(call);
      }
    }
    return Repositories.existing(registry.state(), null, name, registry.place());
  }

  private void createOnPush(Call call) {
    String name = call.repository();
    boolean copies = call.isReplication(registry);
    boolean templated = CreationTemplate.covering(registry.state(), name, ON_PUSH) != null;
    if (name.length() > 1
        && (copies || templated)
        && call.rights(registry).denial(name, call.caller(), "CreateRepository") == null) {
      var asked = new CreateByTemplate.Asked(name, copies ? "REPLICATION" : ON_PUSH, !copies);
      registry.decide(new CreateByTemplate(), asked, call.caller());
    }
  }

  /** Tells the digest of what is answered. */
  static Response.Header digestHeader(Digest digest) {
    return new Response.Header("docker-content-digest", digest.toString());
  }
}
