package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetLifecyclePolicyPreviewRequest;
import dev.longshore.shapes.ecr.GetLifecyclePolicyPreviewResponse;
import dev.longshore.shapes.ecr.LifecyclePolicyPreviewNotFoundException;
import dev.longshore.shapes.ecr.LifecyclePolicyPreviewResult;
import dev.longshore.shapes.ecr.LifecyclePolicyPreviewSummary;
import dev.longshore.shapes.ecr.LifecyclePolicyRuleAction;
import java.util.Comparator;
import java.util.List;

/** Shows what a lifecycle policy that was tried out would let expire. */
public final class GetLifecyclePolicyPreview
    implements Query<GetLifecyclePolicyPreviewRequest, GetLifecyclePolicyPreviewResponse> {

  @Override
  public GetLifecyclePolicyPreviewResponse answer(
      View view, GetLifecyclePolicyPreviewRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(view, request.registryId(), request.repositoryName(), context);
    Lifecycle preview = row.preview();
    if (preview == null) {
      throw new LifecyclePolicyPreviewNotFoundException(
          "Lifecycle policy preview does not exist for the repository with name '"
              + row.name()
              + "' in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    List<Expiry.Expiring> expiring =
        Expiry.of(view, row.name(), preview.rules(), preview.evaluatedAt());
    Paging paging =
        Paging.of("PreviewLifecycle", request.nextToken(), request.maxResults(), 100, 100);
    String after = paging.after();
    Page<LifecyclePolicyPreviewResult> page =
        paging.page(
            expiring.stream()
                .sorted(Comparator.comparing(each -> each.image().digest()))
                .filter(each -> after == null || each.image().digest().compareTo(after) > 0)
                .toList(),
            each -> each.image().digest(),
            GetLifecyclePolicyPreview::shown);
    return GetLifecyclePolicyPreviewResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .lifecyclePolicyText(preview.text())
        .status("COMPLETE")
        .previewResults(page.items())
        .nextToken(page.nextToken())
        .summary(
            LifecyclePolicyPreviewSummary.builder()
                .expiringImageTotalCount(expiring.size())
                .build())
        .build();
  }

  private static LifecyclePolicyPreviewResult shown(Expiry.Expiring each) {
    return LifecyclePolicyPreviewResult.builder()
        .imageTags(each.tags())
        .imageDigest(each.image().digest())
        .imagePushedAt(each.image().pushedAt())
        .action(LifecyclePolicyRuleAction.builder().type("EXPIRE").build())
        .appliedRulePriority(each.priority())
        .build();
  }
}
