package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found out about a call on its way, for the audit log. One thread at a time. */
final class Trail {
  private @Nullable String principal;
  private String action = "";
  private final List<String> resources = new ArrayList<>();
  private boolean allowed;

  void knows(Caller caller) {
    principal = caller.arn();
  }

  void asks(String asked) {
    action = asked;
  }

  void needs(List<Need> needs) {
    for (Need need : needs) {
      if (!need.resource().equals(Need.EVERYTHING) && !resources.contains(need.resource())) {
        resources.add(need.resource());
      }
    }
  }

  void passes() {
    allowed = true;
  }

  Audit.Entry entry(
      Instant time, String requestId, String sourceIp, String userAgent, @Nullable String error) {
    return new Audit.Entry(
        time,
        requestId,
        principal,
        sourceIp,
        userAgent,
        action,
        List.copyOf(resources),
        allowed,
        error);
  }
}
