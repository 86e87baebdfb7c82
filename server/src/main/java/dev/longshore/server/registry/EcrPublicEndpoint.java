package dev.longshore.server.registry;

import dev.longshore.core.access.EcrNeeds;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Need;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecr.Ecr;
import dev.longshore.shapes.ecrpublic.EcrPublic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Amazon ECR Public. What it shares with Amazon ECR, the private API's endpoint carries out, under
 * the names that public repositories have there; the rest is done here.
 */
public final class EcrPublicEndpoint implements Endpoint {
  private static final Executor THREADS = task -> Thread.ofVirtual().name("ecr-public").start(task);

  /** Actions that mean the same in both APIs. */
  private static final List<String> SHARED =
      List.of(
          "BatchCheckLayerAvailability",
          "BatchDeleteImage",
          "CompleteLayerUpload",
          "DeleteRepository",
          "DeleteRepositoryPolicy",
          "DescribeImages",
          "GetRepositoryPolicy",
          "InitiateLayerUpload",
          "ListTagsForResource",
          "PutImage",
          "SetRepositoryPolicy",
          "TagResource",
          "UntagResource",
          "UploadLayerPart");

  private final Endpoint privately;
  private final EcrPublicActions own;

  private EcrPublicEndpoint(Registry registry, Endpoint privately) {
    this.privately = privately;
    this.own = new EcrPublicActions(registry);
  }

  /** The actions that are built. */
  public static Set<String> actions() {
    return EcrPublic.MODEL.operations().keySet();
  }

  /** The API beside that of the private registry. */
  public static ServedApi served(Registry registry, ServedApi ecr) {
    return new ServedApi(
        EcrPublic.MODEL,
        operation -> true,
        new EcrPublicEndpoint(registry, ecr.endpoint()),
        (action, input, caller) -> needs(registry, action, input, caller));
  }

  /** As of the private registry, by the name that a public repository has there. */
  private static List<Need> needs(Registry registry, String action, Shape input, Caller caller) {
    String name = text(input, "repositoryName");
    if (name == null) {
      return List.of(Need.of(action, Need.EVERYTHING));
    }
    if (caller.isRoot() && action.endsWith("RepositoryPolicy")) {
      return List.of();
    }
    String stored = PublicRegistry.stored(name);
    return List.of(EcrNeeds.need(registry.state(), registry.place(), stored, action));
  }

  @Override
  public CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    if (!SHARED.contains(operation.name())) {
      return CompletableFuture.supplyAsync(
              () -> own.carryOut(operation.name(), input, caller), THREADS)
          .exceptionallyCompose(EcrPublicEndpoint::failed);
    }
    OperationModel like = Objects.requireNonNull(Ecr.MODEL.operation(operation.name()));
    Map<String, Object> instead = new LinkedHashMap<>();
    String name = text(input, "repositoryName");
    if (name != null) {
      instead.put("repositoryName", PublicRegistry.stored(name));
    }
    String arn = text(input, "resourceArn");
    if (arn != null) {
      instead.put("resourceArn", own.privateArn(arn));
    }
    return CompletableFuture.supplyAsync(() -> Likeness.of(input, like.input(), instead), THREADS)
        .thenCompose(asked ->
            privately.call(like, asked, caller).thenApply(answer -> answered(operation, answer)))
        .exceptionallyCompose(EcrPublicEndpoint::failed);
  }

  private Shape answered(OperationModel operation, Shape answer) {
    Map<String, Object> instead = new LinkedHashMap<>();
    String name = text(answer, "repositoryName");
    if (name != null) {
      instead.put("repositoryName", PublicRegistry.shown(name));
    }
    return own.renamed(Likeness.of(answer, operation.output(), instead));
  }

  private static @Nullable String text(Shape shape, String memberName) {
    Member member = shape.schema().named(memberName);
    return member == null ? null : (String) shape.member(member.index());
  }

  /** Errors name a repository as this API does. */
  private static CompletionStage<Shape> failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ServiceException error && error.getMessage() != null) {
      String message = error.getMessage().replace("'" + PublicRegistry.stored(""), "'");
      // Only an error that must say something else is made anew: some have members besides.
      return CompletableFuture.failedStage(
          message.equals(error.getMessage())
              ? error
              : new ServiceException(error.code(), error.httpStatus(), message));
    }
    return CompletableFuture.failedStage(cause);
  }
}
