package dev.longshore.core.repository;

import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeleteRepositoryCreationTemplateRequest;
import dev.longshore.shapes.ecr.DeleteRepositoryCreationTemplateResponse;

/** Deletes a repository creation template; the repositories created by it stay as they are. */
public final class DeleteRepositoryCreationTemplate
    implements Command<
        DeleteRepositoryCreationTemplateRequest, DeleteRepositoryCreationTemplateResponse> {

  @Override
  public DeleteRepositoryCreationTemplateResponse decide(
      Draft draft, DeleteRepositoryCreationTemplateRequest request, Context context) {
    CreationTemplate row = Templates.existing(draft, request.prefix(), context);
    draft.remove(CreationTemplate.KIND, row.prefix());
    return new DeleteRepositoryCreationTemplateResponse(
        context.place().accountId(), row.template());
  }
}
