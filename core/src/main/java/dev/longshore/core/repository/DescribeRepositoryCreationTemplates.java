package dev.longshore.core.repository;

import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeRepositoryCreationTemplatesRequest;
import dev.longshore.shapes.ecr.DescribeRepositoryCreationTemplatesResponse;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import java.util.List;
import java.util.Objects;

/** Describes repository creation templates, sorted by prefix. */
public final class DescribeRepositoryCreationTemplates
    implements Query<
        DescribeRepositoryCreationTemplatesRequest, DescribeRepositoryCreationTemplatesResponse> {

  @Override
  public DescribeRepositoryCreationTemplatesResponse answer(
      View view, DescribeRepositoryCreationTemplatesRequest request, Context context) {
    String account = context.place().accountId();
    if (request.prefixes() != null && !request.prefixes().isEmpty()) {
      List<RepositoryCreationTemplate> named =
          request.prefixes().stream()
              .map(prefix -> view.find(CreationTemplate.KIND, CacheRules.prefix(prefix)))
              .filter(Objects::nonNull)
              .map(CreationTemplate::template)
              .toList();
      return new DescribeRepositoryCreationTemplatesResponse(account, named, null);
    }
    Paging paging = Paging.of("Templates", request.nextToken(), request.maxResults(), 1000, 100);
    Page<RepositoryCreationTemplate> page =
        paging.page(
            view.after(CreationTemplate.KIND, paging.after()),
            CreationTemplate::prefix,
            CreationTemplate::template);
    return new DescribeRepositoryCreationTemplatesResponse(account, page.items(), page.nextToken());
  }
}
