package dev.longshore.core.repository;

import dev.longshore.core.model.Replica;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import org.jspecify.annotations.Nullable;

/** Records how the copying of an image ended, unless the image was pushed again meanwhile. */
public final class EndReplica implements Command<EndReplica.Ended, Boolean> {
  /**
   * What ended.
   *
   * @param replica as it was when the copying began
   * @param failure null where all went well
   */
  public record Ended(Replica replica, @Nullable String failure) {}

  @Override
  public Boolean decide(Draft draft, Ended ended, Context context) {
    Replica now = draft.find(Replica.KIND, ended.replica().key());
    boolean same = now != null && now.equals(ended.replica());
    if (now != null && same) {
      draft.put(Replica.KIND, now.ended(ended.failure()));
    }
    return same;
  }
}
