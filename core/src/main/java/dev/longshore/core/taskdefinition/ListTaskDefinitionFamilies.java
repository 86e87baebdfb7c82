package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskDefinitionFamily;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ListTaskDefinitionFamiliesRequest;
import dev.longshore.shapes.ecs.ListTaskDefinitionFamiliesResponse;
import dev.longshore.shapes.ecs.TaskDefinitionFamilyStatus;
import org.jspecify.annotations.Nullable;

/** Lists the names of families that have revisions left; INACTIVE are those without active ones. */
public final class ListTaskDefinitionFamilies
    implements Query<ListTaskDefinitionFamiliesRequest, ListTaskDefinitionFamiliesResponse> {
  @Override
  public ListTaskDefinitionFamiliesResponse answer(
      View view, ListTaskDefinitionFamiliesRequest request, Context context) {
    Paging paging =
        Paging.of(
            "ListTaskDefinitionFamilies", request.nextToken(), request.maxResults(), 100, 100);
    String prefix = Given.text(request.familyPrefix());
    Paging.Page<String> page =
        paging.page(
            view.after(TaskDefinitionFamily.KIND, paging.after()),
            TaskDefinitionFamily::name,
            family ->
                family.name().startsWith(prefix) && isListed(view, family, request.status())
                    ? family.name()
                    : null);
    return new ListTaskDefinitionFamiliesResponse(page.items(), page.nextToken());
  }

  private static boolean isListed(View view, TaskDefinitionFamily family, @Nullable String status) {
    boolean active = TaskDefinitions.has(view, family.name(), TaskDefinition.ACTIVE);
    boolean others =
        TaskDefinitions.has(view, family.name(), TaskDefinition.INACTIVE)
            || TaskDefinitions.has(view, family.name(), TaskDefinition.DELETE_IN_PROGRESS);
    return switch (status == null ? TaskDefinitionFamilyStatus.ALL : status) {
      case TaskDefinitionFamilyStatus.ACTIVE -> active;
      case TaskDefinitionFamilyStatus.INACTIVE -> !active && others;
      default -> active || others;
    };
  }
}
