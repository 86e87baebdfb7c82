package dev.longshore.core.task;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewTaskRequest;

/**
 * Shows where the tasks of a RunTask would go, and why one more can go there or cannot. How many
 * the request itself asks for is passed over.
 */
public final class PreviewTask implements Query<PreviewTaskRequest, Preview> {
  /**
   * @throws InvalidParameterException the count is out of its bounds, or RunTask would throw it
   */
  @Override
  public Preview answer(View view, PreviewTaskRequest request, Context context) {
    int count = DryRun.count(request.count());
    int limit = DryRun.limit(request.maxInstances());
    TaskPlan plan = RunTask.plan(view, request.request(), context);
    return PreviewAnswers.of(DryRun.of(view, plan, count, limit, context.ids().bits()));
  }
}
