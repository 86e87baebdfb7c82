package dev.longshore.server.registry;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.blob.BlobStore;
import dev.longshore.server.blob.Upload;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecr.BatchGetImageRequest;
import dev.longshore.shapes.ecr.CompleteLayerUploadRequest;
import dev.longshore.shapes.ecr.CreateRepositoryCreationTemplateRequest;
import dev.longshore.shapes.ecr.GetAuthorizationTokenRequest;
import dev.longshore.shapes.ecr.GetDownloadUrlForLayerRequest;
import dev.longshore.shapes.ecr.InitiateLayerUploadRequest;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.PutImageRequest;
import dev.longshore.shapes.ecr.PutLifecyclePolicyRequest;
import dev.longshore.shapes.ecr.PutRegistryPolicyRequest;
import dev.longshore.shapes.ecr.ServerException;
import dev.longshore.shapes.ecr.SetRepositoryPolicyRequest;
import dev.longshore.shapes.ecr.StartImageScanRequest;
import dev.longshore.shapes.ecr.StartLifecyclePolicyPreviewRequest;
import dev.longshore.shapes.ecr.UpdateRepositoryCreationTemplateRequest;
import dev.longshore.shapes.ecr.UploadLayerPartRequest;
import dev.longshore.shapes.ecr.ValidatePullThroughCacheRuleRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Carries out those actions of ECR that read or write blobs, on threads that may block, and leaves
 * the others to another endpoint.
 */
public final class EcrEndpoint implements Endpoint {
  private final Endpoint others;
  private final Map<String, Action> actions = new TreeMap<>();
  private final Executor threads = task -> Thread.ofVirtual().name("ecr").start(task);

  /** An action that may block. */
  @FunctionalInterface
  private interface Action {
    Shape carryOut(Shape input, Caller caller) throws IOException;
  }

  private EcrEndpoint(Registry registry, Endpoint others) {
    this.others = others;
    EcrLayers layers = new EcrLayers(registry);
    EcrImages images = new EcrImages(registry);
    actions.put(
        "GetAuthorizationToken",
        (input, caller) -> images.token((GetAuthorizationTokenRequest) input, caller));
    actions.put("PutImage", (input, caller) -> images.put((PutImageRequest) input, caller));
    actions.put(
        "BatchGetImage", (input, caller) -> images.get((BatchGetImageRequest) input, caller));
    actions.put(
        "InitiateLayerUpload",
        (input, caller) -> layers.initiate((InitiateLayerUploadRequest) input));
    actions.put(
        "UploadLayerPart", (input, caller) -> layers.upload((UploadLayerPartRequest) input));
    actions.put(
        "CompleteLayerUpload",
        (input, caller) -> layers.complete((CompleteLayerUploadRequest) input, caller));
    actions.put(
        "GetDownloadUrlForLayer",
        (input, caller) -> layers.url((GetDownloadUrlForLayerRequest) input));
    addPolicies(new EcrPolicies(registry));
    Unsupported.reasons()
        .forEach((name, why) ->
            actions.put(
                name,
                (input, caller) -> {
                  throw new ServiceException(
                      "UnsupportedFeatureException",
                      400,
                      "Longshore does not support " + name + ": " + why + '.');
                }));
    Scans scans = images.manifests().scans();
    actions.put(
        "StartImageScan", (input, caller) -> scans.start((StartImageScanRequest) input, caller));
    Validation validation = new Validation(registry, images.manifests().pullThrough());
    actions.put(
        "ValidatePullThroughCacheRule",
        (input, caller) -> validation.of((ValidatePullThroughCacheRuleRequest) input, caller));
  }

  private void addPolicies(EcrPolicies policies) {
    actions.put(
        "SetRepositoryPolicy",
        (input, caller) -> policies.set((SetRepositoryPolicyRequest) input, caller));
    actions.put(
        "PutRegistryPolicy",
        (input, caller) -> policies.putRegistry((PutRegistryPolicyRequest) input, caller));
    actions.put(
        "PutLifecyclePolicy",
        (input, caller) -> policies.put((PutLifecyclePolicyRequest) input, caller));
    actions.put(
        "StartLifecyclePolicyPreview",
        (input, caller) -> policies.preview((StartLifecyclePolicyPreviewRequest) input, caller));
    actions.put(
        "CreateRepositoryCreationTemplate",
        (input, caller) ->
            policies.createTemplate((CreateRepositoryCreationTemplateRequest) input, caller));
    actions.put(
        "UpdateRepositoryCreationTemplate",
        (input, caller) ->
            policies.updateTemplate((UpdateRepositoryCreationTemplateRequest) input, caller));
  }

  /** The names of the actions that need a registry. */
  public static final Set<String> ACTIONS =
      Set.of(
          "GetAuthorizationToken",
          "PutImage",
          "BatchGetImage",
          "InitiateLayerUpload",
          "UploadLayerPart",
          "CompleteLayerUpload",
          "GetDownloadUrlForLayer",
          "SetRepositoryPolicy",
          "PutLifecyclePolicy",
          "StartLifecyclePolicyPreview",
          "PutRegistryPolicy",
          "CreateRepositoryCreationTemplate",
          "UpdateRepositoryCreationTemplate",
          "StartImageScan",
          "ValidatePullThroughCacheRule");

  /** The API with these actions, and those of the endpoint that it had. */
  public static ServedApi served(Registry registry, ServedApi others) {
    return new ServedApi(
        others.model(),
        operation ->
            ACTIONS.contains(operation.name())
                || Unsupported.reasons().containsKey(operation.name())
                || others.built().test(operation),
        new EcrEndpoint(registry, others.endpoint()),
        others.question());
  }

  @Override
  public CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    Action action = actions.get(operation.name());
    if (action == null) {
      return others.call(operation, input, caller);
    }
    return CompletableFuture.supplyAsync(() -> carryOut(action, input, caller), threads);
  }

  private static Shape carryOut(Action action, Shape input, Caller caller) {
    try {
      return action.carryOut(input, caller);
    } catch (Upload.BlobTooLargeException e) {
      throw new LimitExceededException(String.valueOf(e.getMessage()));
    } catch (BlobStore.TooManyUploadsException e) {
      throw new ServiceException("ThrottlingException", 400, String.valueOf(e.getMessage()));
    } catch (BlobStore.StoreFullException e) {
      throw new ServerException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
