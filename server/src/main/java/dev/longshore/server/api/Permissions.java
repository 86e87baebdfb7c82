package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import org.jspecify.annotations.Nullable;

/** Says what a known caller may do. Asked on every request, on event loops: it must not block. */
@FunctionalInterface
public interface Permissions {
  /** Where there are no policies to ask, root may do everything and nobody else anything. */
  Permissions WITHOUT_POLICIES =
      (caller, need, circumstances) ->
          caller.isRoot()
              ? null
              : " because no identity-based policy allows the " + need.action() + " action";

  /**
   * Why the caller may not: the end of AWS's sentence, with a blank before it. Null where they may.
   */
  @Nullable String refusal(Caller caller, Need need, Circumstances circumstances);

  /** What AWS tells a caller who may not do what they ask for; null where they may. */
  default @Nullable String denial(Caller caller, Need need, Circumstances circumstances) {
    String refusal = refusal(caller, need, circumstances);
    if (refusal == null) {
      return null;
    }
    return need.denial() == null ? sentence(caller, need) + refusal : need.denial();
  }

  /** The part of the sentence that says who asked for what. */
  static String sentence(Caller caller, Need need) {
    return "User: "
        + caller.arn()
        + " is not authorized to perform: "
        + need.action()
        + " on resource: "
        + need.resource();
  }
}
