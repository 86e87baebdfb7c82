package dev.longshore.server.registry;

import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.KeepLifecycle;
import dev.longshore.core.repository.KeepPolicy;
import dev.longshore.shapes.ecr.PutLifecyclePolicyRequest;
import dev.longshore.shapes.ecr.PutLifecyclePolicyResponse;
import dev.longshore.shapes.ecr.SetRepositoryPolicyRequest;
import dev.longshore.shapes.ecr.SetRepositoryPolicyResponse;
import dev.longshore.shapes.ecr.StartLifecyclePolicyPreviewRequest;
import dev.longshore.shapes.ecr.StartLifecyclePolicyPreviewResponse;
import java.util.List;

/** The actions of ECR that take a policy's text, which the core does not read. */
final class EcrPolicies {
  private final Registry registry;

  EcrPolicies(Registry registry) {
    this.registry = registry;
  }

  SetRepositoryPolicyResponse set(SetRepositoryPolicyRequest request, Caller caller) {
    registry.decide(
        new KeepPolicy(),
        new KeepPolicy.Asked(
            request.registryId(), request.repositoryName(), PolicyText.read(request.policyText())),
        caller);
    return new SetRepositoryPolicyResponse(
        registry.place().accountId(), request.repositoryName(), request.policyText());
  }

  PutLifecyclePolicyResponse put(PutLifecyclePolicyRequest request, Caller caller) {
    registry.decide(
        new KeepLifecycle(),
        new KeepLifecycle.Asked(
            request.registryId(),
            request.repositoryName(),
            request.lifecyclePolicyText(),
            LifecycleText.read(request.lifecyclePolicyText()),
            false),
        caller);
    return new PutLifecyclePolicyResponse(
        registry.place().accountId(), request.repositoryName(), request.lifecyclePolicyText());
  }

  StartLifecyclePolicyPreviewResponse preview(
      StartLifecyclePolicyPreviewRequest request, Caller caller) {
    String text = request.lifecyclePolicyText();
    Lifecycle tried =
        registry.decide(
            new KeepLifecycle(),
            new KeepLifecycle.Asked(
                request.registryId(),
                request.repositoryName(),
                text,
                text == null ? List.of() : LifecycleText.read(text),
                true),
            caller);
    return new StartLifecyclePolicyPreviewResponse(
        registry.place().accountId(), request.repositoryName(), tried.text(), "IN_PROGRESS");
  }
}
