package dev.longshore.core.identity;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.AccessKeyUse;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/**
 * Told by the edge: a key signed a call. Not an action of the API. Answers whether that is news of
 * a key that is still there.
 */
public final class ReportKeyUse implements Command<AccessKeyUse, Boolean> {
  @Override
  public Boolean decide(Draft draft, AccessKeyUse use, Context context) {
    AccessKeyUse before = draft.find(AccessKeyUse.KIND, use.keyId());
    boolean news = before == null || before.at().isBefore(use.at());
    if (!news || draft.find(AccessKey.KIND, use.keyId()) == null) {
      return false;
    }
    draft.put(AccessKeyUse.KIND, use);
    return true;
  }
}
