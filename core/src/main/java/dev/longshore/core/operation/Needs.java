package dev.longshore.core.operation;

import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import java.util.List;

/**
 * Says of each call of one API what its caller must be allowed to do; every API that is served
 * registers one with its {@link Operations}. It is asked once a request is read and nothing is
 * missing that must be there. Other constraints may be broken, and what is named need not exist:
 * that is told after it, so it is no error here.
 */
@FunctionalInterface
public interface Needs {
  /** The action on everything: for an API none of whose actions is on a resource. */
  Needs ON_EVERYTHING = (action, input, view, context) -> List.of(Need.of(action, "*"));

  /**
   * All that must be allowed; none where everybody may.
   *
   * @param action the operation as policies name it, for example {@code ecs:RunTask}
   * @param input the request, of the operation's input shape
   */
  List<Need> of(String action, Shape input, View view, Context context);
}
