package dev.longshore.server.identity;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.sts.GetCallerIdentityResponse;
import dev.longshore.shapes.sts.Sts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The security token service, as far as it is built: it says who a caller is. */
public final class TokenService implements Endpoint {
  /** What of the API is built. */
  static final String GET_CALLER_IDENTITY = "GetCallerIdentity";

  private final RoleSessions sessions;

  private TokenService(RoleSessions sessions) {
    this.sessions = sessions;
  }

  /** STS as it is served beside the other APIs. */
  public static ServedApi served(RoleSessions sessions) {
    return new ServedApi(
        Sts.MODEL,
        operation -> operation.name().equals(GET_CALLER_IDENTITY),
        new TokenService(sessions));
  }

  @Override
  public CompletionStage<Shape> call(OperationModel operation, Shape input, Caller caller) {
    return CompletableFuture.completedFuture(
        GetCallerIdentityResponse.builder()
            .userId(sessions.userId(caller))
            .account(caller.accountId())
            .arn(caller.arn())
            .build());
  }
}
