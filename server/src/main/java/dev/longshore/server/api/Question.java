package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Need;
import dev.longshore.shapes.Shape;
import java.util.List;

/** What the door asks before a call is carried out. Asked on event loops: it must not block. */
@FunctionalInterface
public interface Question {
  /**
   * All that must be allowed; none where everybody may.
   *
   * @param action as policies name it, for example {@code ecs:RunTask}
   * @param input the request, no required member of which is missing; other constraints may be
   *     broken
   */
  List<Need> of(String action, Shape input, Caller caller);
}
