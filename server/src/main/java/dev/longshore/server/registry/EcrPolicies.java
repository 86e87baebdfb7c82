package dev.longshore.server.registry;

import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.model.LifecycleRule;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.KeepLifecycle;
import dev.longshore.core.repository.KeepPolicy;
import dev.longshore.core.repository.KeepRegistryPolicy;
import dev.longshore.core.repository.KeepTemplate;
import dev.longshore.shapes.ecr.CreateRepositoryCreationTemplateRequest;
import dev.longshore.shapes.ecr.CreateRepositoryCreationTemplateResponse;
import dev.longshore.shapes.ecr.PutLifecyclePolicyRequest;
import dev.longshore.shapes.ecr.PutLifecyclePolicyResponse;
import dev.longshore.shapes.ecr.PutRegistryPolicyRequest;
import dev.longshore.shapes.ecr.PutRegistryPolicyResponse;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import dev.longshore.shapes.ecr.SetRepositoryPolicyRequest;
import dev.longshore.shapes.ecr.SetRepositoryPolicyResponse;
import dev.longshore.shapes.ecr.StartLifecyclePolicyPreviewRequest;
import dev.longshore.shapes.ecr.StartLifecyclePolicyPreviewResponse;
import dev.longshore.shapes.ecr.UpdateRepositoryCreationTemplateRequest;
import dev.longshore.shapes.ecr.UpdateRepositoryCreationTemplateResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            request.registryId(),
            request.repositoryName(),
            PolicyText.read(request.policyText(), "repository")),
        caller);
    return new SetRepositoryPolicyResponse(
        registry.place().accountId(), request.repositoryName(), request.policyText());
  }

  PutRegistryPolicyResponse putRegistry(PutRegistryPolicyRequest request, Caller caller) {
    RepositoryPolicy policy = PolicyText.read(request.policyText(), "registry");
    registry.decide(new KeepRegistryPolicy(), policy, caller);
    return new PutRegistryPolicyResponse(registry.place().accountId(), policy.text());
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
                request.registryId(), request.repositoryName(), text, rules(text), true),
            caller);
    return new StartLifecyclePolicyPreviewResponse(
        registry.place().accountId(), request.repositoryName(), tried.text(), "IN_PROGRESS");
  }

  private static List<LifecycleRule> rules(@Nullable String text) {
    return text == null || text.isBlank() ? List.of() : LifecycleText.read(text);
  }

  CreateRepositoryCreationTemplateResponse createTemplate(
      CreateRepositoryCreationTemplateRequest request, Caller caller) {
    RepositoryCreationTemplate asked =
        RepositoryCreationTemplate.builder()
            .prefix(request.prefix())
            .description(request.description())
            .encryptionConfiguration(request.encryptionConfiguration())
            .resourceTags(request.resourceTags())
            .imageTagMutability(request.imageTagMutability())
            .imageTagMutabilityExclusionFilters(request.imageTagMutabilityExclusionFilters())
            .repositoryPolicy(request.repositoryPolicy())
            .lifecyclePolicy(request.lifecyclePolicy())
            .appliedFor(request.appliedFor())
            .customRoleArn(request.customRoleArn())
            .build();
    return new CreateRepositoryCreationTemplateResponse(
        registry.place().accountId(), kept(false, asked, caller));
  }

  UpdateRepositoryCreationTemplateResponse updateTemplate(
      UpdateRepositoryCreationTemplateRequest request, Caller caller) {
    RepositoryCreationTemplate asked =
        RepositoryCreationTemplate.builder()
            .prefix(request.prefix())
            .description(request.description())
            .encryptionConfiguration(request.encryptionConfiguration())
            .resourceTags(request.resourceTags())
            .imageTagMutability(request.imageTagMutability())
            .imageTagMutabilityExclusionFilters(request.imageTagMutabilityExclusionFilters())
            .repositoryPolicy(request.repositoryPolicy())
            .lifecyclePolicy(request.lifecyclePolicy())
            .appliedFor(request.appliedFor())
            .customRoleArn(request.customRoleArn())
            .build();
    return new UpdateRepositoryCreationTemplateResponse(
        registry.place().accountId(), kept(true, asked, caller));
  }

  private RepositoryCreationTemplate kept(
      boolean update, RepositoryCreationTemplate asked, Caller caller) {
    String policy = asked.repositoryPolicy();
    return registry.decide(
        new KeepTemplate(),
        new KeepTemplate.Asked(
            update,
            asked,
            policy == null || policy.isBlank() ? null : PolicyText.read(policy, "repository"),
            rules(asked.lifecyclePolicy())),
        caller);
  }
}
