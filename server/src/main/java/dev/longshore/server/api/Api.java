package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.server.api.Finding.Found;
import dev.longshore.server.api.Finding.Lost;
import dev.longshore.server.http.HttpRoute;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.wire.Codec;
import dev.longshore.wire.WireRequest;
import dev.longshore.wire.WireResponse;
import dev.longshore.wire.signature.BadChunkException;
import dev.longshore.wire.signature.ChunkedBody;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.validation.Rule;
import dev.longshore.wire.validation.Validation;
import dev.longshore.wire.validation.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves every API: finds the operation, verifies the caller and whether they may, reads and checks
 * the request, has it carried out, and words the answer. No fault of a caller's is answered with a
 * status of 500, and no answer shows the inside of the server.
 */
public final class Api implements HttpRoute {
  /** Where it can be seen, without a signature, whether the server serves. */
  public static final String HEALTH = "/_longshore/health";

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  /** Bodies beyond this are read on a thread of their own, lest they hold up the event loop. */
  private static final int LARGE_BODY = 64 << 10;

  private static final byte[] NO_MEMBERS = {'{', '}'};

  private final Directory directory;
  private final Authentication authentication;
  private final Permissions permissions;
  private final Audit audit;
  private final InstantSource clock;
  private final int bodyLimit;
  private final BooleanSupplier ready;
  private final Executor aside = task -> Thread.ofVirtual().name("api").start(task);

  /** A request on its way: both forms of it, and what is found out. */
  private record Call(Request request, SignableRequest signed, WireRequest wire, Trail trail) {
    String id() {
      return trail.id();
    }
  }

  /** What was set going for it. */
  private record Begun(OperationModel operation, CompletionStage<? extends Shape> output) {}

  /**
   * @param apis at least one
   * @param audit told of every call that was for one of these APIs
   * @param clock for the conditions of policies
   * @param bodyLimit bytes that a compressed body may have once it is inflated
   * @param ready whether requests can be served, for {@link #HEALTH}
   */
  public Api(
      List<ServedApi> apis,
      Authentication authentication,
      Permissions permissions,
      Audit audit,
      InstantSource clock,
      int bodyLimit,
      BooleanSupplier ready) {
    this.directory = new Directory(apis);
    this.authentication = authentication;
    this.permissions = permissions;
    this.audit = audit;
    this.clock = clock;
    this.bodyLimit = bodyLimit;
    this.ready = ready;
  }

  @Override
  public CompletionStage<Response> answer(Request request) {
    if (request.path().equals(HEALTH)) {
      return CompletableFuture.completedFuture(health());
    }
    if (request.body().length <= LARGE_BODY) {
      return serve(request);
    }
    return CompletableFuture.supplyAsync(() -> serve(request), aside).thenCompose(s -> s);
  }

  private Response health() {
    Response response =
        ready.getAsBoolean()
            ? Response.of(200, "application/json", "{\"status\":\"ready\"}")
            : Response.of(503, "application/json", "{\"status\":\"starting\"}");
    return response.with("x-amzn-requestid", RequestIds.next());
  }

  private CompletionStage<Response> serve(Request request) {
    var wire =
        new WireRequest(
            request.method(),
            request.path(),
            request.query(),
            new RequestHeaders(request.headers()),
            request.body());
    var call = new Call(request, Authentication.signable(request), wire, new Trail(request));
    return switch (directory.find(call.signed(), wire)) {
      case Lost lost ->
          CompletableFuture.completedFuture(
              response(lost.codec().writeError(lost.error(), call.id())));
      case Found found -> carryOut(call, found);
    };
  }

  private CompletionStage<Response> carryOut(Call call, Found found) {
    Begun begun;
    try {
      begun = begin(call, found);
    } catch (Throwable e) {
      return CompletableFuture.completedFuture(failed(call, found.codec(), e));
    }
    var output = begun.output().toCompletableFuture();
    if (output.isDone()) {
      return output.handle((shape, e) -> answer(call, found, begun.operation(), shape, e));
    }
    // Whoever completes this has better to do than to encode: it is the log's thread.
    return output.handleAsync(
        (shape, e) -> answer(call, found, begun.operation(), shape, e), call.request().loop());
  }

  private Begun begin(Call call, Found found) {
    Codec codec = found.codec();
    Authentication.Known known = known(call, found);
    Caller caller = known.caller();
    WireRequest plain =
        plain(whole(call.wire(), known.chunks(), codec.protocol()), codec.protocol());
    OperationModel operation =
        found.operation() != null ? found.operation() : codec.operation(plain);
    String action = found.api().model().signingName() + ':' + operation.name();
    call.trail().asks(action);
    if (!found.api().built().test(operation)) {
      demand(call, codec.protocol(), caller, List.of(Need.of(action, Need.EVERYTHING)));
      throw new ServiceException(
          "UnsupportedFeatureException", 400, found.api().notBuilt(operation));
    }
    Shape input = codec.readRequest(operation, plain);
    List<Violation> violations = Validation.check(input);
    if (isReadable(violations)) {
      demand(call, codec.protocol(), caller, found.api().question().of(action, input, caller));
    }
    if (!violations.isEmpty()) {
      throw ConstraintFaults.of(codec, operation, violations);
    }
    return new Begun(operation, found.api().endpoint().call(operation, input, caller));
  }

  /**
   * Whether it can be told what a request is about: nothing is missing that must be there. Then who
   * may not is told so, and learns nothing of what else is wrong.
   */
  private static boolean isReadable(List<Violation> violations) {
    for (Violation violation : violations) {
      if (violation.rule() == Rule.REQUIRED) {
        return false;
      }
    }
    return true;
  }

  /** Everything that a call needs must be allowed; the first thing that is not, is told. */
  private void demand(Call call, Protocol protocol, Caller caller, List<Need> needs) {
    call.trail().needs(needs);
    Circumstances circumstances = call.trail().circumstances(clock.instant());
    for (Need need : needs) {
      String denial = permissions.denial(caller, need, circumstances);
      if (denial != null) {
        throw Denials.of(protocol, denial);
      }
    }
    call.trail().passes();
  }

  private Authentication.Known known(Call call, Found found) {
    String service = found.api().model().signingName();
    return switch (authentication.check(call.signed(), service)) {
      case Authentication.Known known -> {
        call.trail().knows(known.caller());
        yield known;
      }
      case Authentication.Unknown unknown ->
          throw SignatureFaults.of(found.codec().protocol(), unknown.refusal());
    };
  }

  /** The request with what its body's chunks hold. */
  private static WireRequest whole(
      WireRequest wire, @Nullable ChunkedBody chunks, Protocol protocol) {
    if (chunks == null) {
      return wire;
    }
    try {
      return new WireRequest(
          wire.method(), wire.path(), wire.rawQuery(), wire.headers(), chunks.content(wire.body()));
    } catch (BadChunkException e) {
      throw SignatureFaults.of(protocol, e.refusal());
    }
  }

  /** The request as codecs read it: inflated, and an empty body of JSON an empty object. */
  private WireRequest plain(WireRequest wire, Protocol protocol) {
    WireRequest plain = Gzip.inflated(wire, bodyLimit);
    boolean json = protocol == Protocol.AWS_JSON_1_0 || protocol == Protocol.AWS_JSON_1_1;
    return json && plain.body().length == 0
        ? new WireRequest(wire.method(), wire.path(), wire.rawQuery(), wire.headers(), NO_MEMBERS)
        : plain;
  }

  private Response answer(
      Call call,
      Found found,
      OperationModel operation,
      @Nullable Shape output,
      @Nullable Throwable failure) {
    if (failure != null || output == null) {
      return failed(call, found.codec(), failure);
    }
    try {
      Response response = response(found.codec().writeResponse(operation, output, call.id()));
      tell(call, null);
      return response;
    } catch (RuntimeException e) {
      return failed(call, found.codec(), e);
    }
  }

  private void tell(Call call, @Nullable String error) {
    audit.record(call.trail().entry(clock.instant(), error));
  }

  private Response failed(Call call, Codec codec, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    tell(call, cause instanceof ServiceException error ? error.code() : "InternalFailure");
    if (cause instanceof ServiceException error) {
      return response(codec.writeError(error, call.id()));
    }
    LOG.error("Request {} to {} failed", call.id(), codec.service().name(), cause);
    return response(codec.writeError(ServerFaults.of(codec.protocol()), call.id()));
  }

  private static Response response(WireResponse wire) {
    var headers = new ArrayList<Response.Header>();
    for (String name : wire.headers().names()) {
      for (String value : wire.headers().all(name)) {
        headers.add(new Response.Header(name, value));
      }
    }
    return Response.of(wire.status(), headers, wire.body());
  }
}
