package dev.longshore.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement, read.
 *
 * @param actions in lower case
 * @param resources null where it has none, so that it is about whatever it stands on
 * @param principal null in policies of identities
 */
record Statement(
    boolean deny,
    @Nullable PrincipalElement principal,
    List<Wildcard> actions,
    boolean notActions,
    @Nullable List<Template> resources,
    boolean notResources,
    List<Condition> conditions) {
  /** Whether it is about what is asked, whoever asks. */
  boolean covers(Inquiry inquiry) {
    return coversAction(inquiry.action()) && coversResource(inquiry) && allHold(inquiry.keys());
  }

  private boolean coversAction(String action) {
    for (int at = 0; at < actions.size(); at++) {
      if (actions.get(at).matches(action)) {
        return !notActions;
      }
    }
    return notActions;
  }

  private boolean coversResource(Inquiry inquiry) {
    if (resources == null) {
      return true;
    }
    for (int at = 0; at < resources.size(); at++) {
      Wildcard pattern = resources.get(at).pattern(inquiry.keys());
      if (pattern != null && pattern.matches(inquiry.resource())) {
        return !notResources;
      }
    }
    return notResources;
  }

  private boolean allHold(Keys keys) {
    for (int at = 0; at < conditions.size(); at++) {
      if (!conditions.get(at).holds(keys)) {
        return false;
      }
    }
    return true;
  }
}
