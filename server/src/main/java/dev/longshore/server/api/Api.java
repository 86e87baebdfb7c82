package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.http.HttpRoute;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.wire.validation.Validation;
import dev.longshore.wire.validation.Violation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves every API: finds the operation, verifies the caller, reads and checks the request, has it
 * carried out, and words the answer. No fault of a caller's is answered with a status of 500, and
 * no answer shows the inside of the server.
 */
public final class Api implements HttpRoute {
  /** Where it can be seen, without a signature, whether the server serves. */
  public static final String HEALTH = "/_longshore/health";

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  /** Bodies beyond this are read on a thread of their own, lest they hold up the event loop. */
  private static final int LARGE_BODY = 64 << 10;

  private final Directory directory;
  private final Authentication authentication;
  private final int bodyLimit;
  private final BooleanSupplier ready;
  private final Map<Protocol, Dialect> dialects = new EnumMap<>(Protocol.class);
  private final Executor aside = task -> Thread.ofVirtual().name("api").start(task);

  /**
   * @param bodyLimit bytes that a compressed body may have once it is inflated
   * @param ready whether requests can be served, for {@link #HEALTH}
   */
  public Api(
      List<ServedApi> apis, Authentication authentication, int bodyLimit, BooleanSupplier ready) {
    this.directory = new Directory(apis);
    this.authentication = authentication;
    this.bodyLimit = bodyLimit;
    this.ready = ready;
    dialects.put(Protocol.AWS_JSON_1_0, new JsonDialect("application/x-amz-json-1.0"));
    dialects.put(Protocol.AWS_JSON_1_1, new JsonDialect("application/x-amz-json-1.1"));
  }

  @Override
  public CompletionStage<Response> answer(Request request) {
    String id = RequestIds.next();
    if (request.path().equals(HEALTH)) {
      return CompletableFuture.completedFuture(named(id, health()));
    }
    if (request.body().length <= LARGE_BODY) {
      return serve(id, request);
    }
    return CompletableFuture.supplyAsync(() -> serve(id, request), aside).thenCompose(s -> s);
  }

  private Response health() {
    return ready.getAsBoolean()
        ? Response.of(200, "application/json", "{\"status\":\"ready\"}")
        : Response.of(503, "application/json", "{\"status\":\"starting\"}");
  }

  private CompletionStage<Response> serve(String id, Request request) {
    Call call;
    try {
      call = directory.call(id, request);
    } catch (ServiceException e) {
      return CompletableFuture.completedFuture(error(id, directory.fallback(request), e));
    }
    try {
      CompletionStage<? extends Shape> output = perform(call);
      var known = output.toCompletableFuture();
      // A stage that is already over is answered here and now; else its thread has better to do.
      return known.isDone()
          ? known.handle((shape, failure) -> answer(call, shape, failure))
          : known.handleAsync((shape, failure) -> answer(call, shape, failure), request.loop());
    } catch (Throwable e) {
      return CompletableFuture.completedFuture(answer(call, null, e));
    }
  }

  private CompletionStage<? extends Shape> perform(Call call) {
    Caller caller = caller(call);
    if (!call.api().built().test(call.operation())) {
      throw new ServiceException(
          "UnsupportedFeatureException",
          400,
          "Longshore does not support " + call.operation().name() + " yet.");
    }
    byte[] body = Gzip.inflated(call.request(), bodyLimit);
    Shape input = dialect(call.protocol()).input(call, body);
    List<Violation> violations = Validation.check(input);
    if (!violations.isEmpty()) {
      throw ConstraintFaults.of(call, violations);
    }
    return call.api().endpoint().call(call.operation(), input, caller);
  }

  private Caller caller(Call call) {
    String service = call.api().model().signingName();
    return switch (authentication.check(call.request(), service)) {
      case Authentication.Known known -> known.caller();
      case Authentication.Unknown unknown ->
          throw SignatureFaults.of(call.protocol(), unknown.refusal());
    };
  }

  private Response answer(Call call, @Nullable Shape output, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause == null && output != null) {
      try {
        return named(call.id(), dialect(call.protocol()).answer(call.operation(), output));
      } catch (RuntimeException e) {
        cause = e;
      }
    }
    if (cause instanceof ServiceException error) {
      return error(call.id(), call.protocol(), error);
    }
    LOG.error("Request {}, {}, failed", call.id(), call.operation().name(), cause);
    return error(call.id(), call.protocol(), ServerFaults.of(call.protocol()));
  }

  private Response error(String id, Protocol protocol, ServiceException error) {
    return named(id, dialect(protocol).error(error));
  }

  private Dialect dialect(Protocol protocol) {
    Dialect dialect = dialects.get(protocol);
    if (dialect == null) {
      throw new IllegalStateException("No dialect was set up for " + protocol);
    }
    return dialect;
  }

  private static Response named(String id, Response response) {
    return response.with("x-amzn-requestid", id);
  }
}
