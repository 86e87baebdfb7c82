package dev.longshore.server.function;

import dev.longshore.core.identity.Roles;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.service.FunctionCall;
import dev.longshore.core.state.View;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The rights that functions are called with: those of the role that the hook names. They are asked
 * here, for whoever runs functions need not know our policies.
 */
record HookRoles(RoleSessions sessions, Permissions permissions, Place place) {
  /** Whom such a role must trust. */
  private static final String SERVICE = "ecs.amazonaws.com";

  private static final Duration LIFE = Duration.ofHours(1);

  /**
   * Keys to sign a call with.
   *
   * @throws FunctionFailedException the role is not there, or may not call the function
   */
  Credentials keys(View view, FunctionCall call, Instant clock) throws FunctionFailedException {
    Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
    IamRole role = Roles.find(view, place, call.roleArn());
    if (role == null || !Roles.trusts(role, SERVICE, place, call.serviceArn())) {
      throw new FunctionFailedException(
          "The role " + call.roleArn() + " does not exist or does not trust " + SERVICE + '.');
    }
    String session = "ecs-" + call.executionId();
    Caller caller =
        new Caller(
            place.accountId(),
            sessions.sessionArn(role, session),
            new Caller.Session(role.id(), now, List.of(), List.of()));
    String denial =
        permissions.denial(
            caller,
            Need.of("lambda:InvokeFunction", call.functionArn()),
            Circumstances.within(clock));
    if (denial != null) {
      throw new FunctionFailedException(denial + '.');
    }
    return sessions.issue(role, session, now, now.plus(LIFE));
  }
}
