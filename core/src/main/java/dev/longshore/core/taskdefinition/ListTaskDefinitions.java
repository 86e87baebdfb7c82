package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ListTaskDefinitionsRequest;
import dev.longshore.shapes.ecs.ListTaskDefinitionsResponse;
import dev.longshore.shapes.ecs.SortOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ARNs of revisions, sorted by family, then by revision as a number. Its {@code
 * familyPrefix} is no prefix but the whole name of a family.
 */
public final class ListTaskDefinitions
    implements Query<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse> {
  @Override
  public ListTaskDefinitionsResponse answer(
      View view, ListTaskDefinitionsRequest request, Context context) {
    Paging paging =
        Paging.of("ListTaskDefinitions", request.nextToken(), request.maxResults(), 100, 100);
    Paging.Page<String> page =
        paging.page(
            rows(view, request, paging.after()), TaskDefinition.KIND::keyOf, TaskDefinition::arn);
    return new ListTaskDefinitionsResponse(page.items(), page.nextToken());
  }

  private static Iterable<TaskDefinition> rows(
      View view, ListTaskDefinitionsRequest request, @Nullable String after) {
    if (!SortOrder.DESC.equals(request.sort())) {
      return ascending(view, request, after);
    }
    List<TaskDefinition> rows = new ArrayList<>();
    for (TaskDefinition row : ascending(view, request, null)) {
      if (after != null && TaskDefinition.KIND.keyOf(row).compareTo(after) >= 0) {
        break;
      }
      rows.add(row);
    }
    Collections.reverse(rows);
    return rows;
  }

  private static Iterable<TaskDefinition> ascending(
      View view, ListTaskDefinitionsRequest request, @Nullable String after) {
    String status = request.status() == null ? TaskDefinition.ACTIVE : request.status();
    String family = request.familyPrefix();
    return family == null
        ? view.by(TaskDefinition.BY_STATUS, status, after)
        : view.by(TaskDefinition.BY_FAMILY_STATUS, family + ' ' + status, after);
  }
}
