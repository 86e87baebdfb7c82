package dev.longshore.core.task;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.RunTaskRequest;

/** Shows where the tasks of a RunTask would go, and why one more can go there or cannot. */
public final class PreviewTask implements Query<PreviewTask.Question, DryRun> {
  /** So many tasks are placed at most. */
  static final int MAX_COUNT = 10_000;

  /**
   * What is asked.
   *
   * @param request its own count is passed over
   * @param count how many tasks, at most 10,000; 0 only explains
   */
  public record Question(RunTaskRequest request, int count) {}

  /**
   * @throws InvalidParameterException the count is out of its bounds, or RunTask would throw it
   */
  @Override
  public DryRun answer(View view, Question question, Context context) {
    checkCount(question.count());
    TaskPlan plan = RunTask.plan(view, question.request(), context);
    return DryRun.of(view, plan, question.count(), context.ids().bits());
  }

  /**
   * Refuses a count that would take too long.
   *
   * @throws InvalidParameterException it is negative or more than 10,000
   */
  public static void checkCount(int count) {
    if (count < 0 || count > MAX_COUNT) {
      throw new InvalidParameterException("count must be between 0 and " + MAX_COUNT + ".");
    }
  }
}
