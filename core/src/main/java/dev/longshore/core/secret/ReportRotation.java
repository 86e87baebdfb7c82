package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/**
 * Takes in what came of asking a function for a step of a rotation. Not an action of the API.
 * Answers whether that counts: nobody waits for what is late or was taken in before.
 */
public final class ReportRotation implements Command<ReportRotation.Report, Boolean> {
  /**
   * What came of a call.
   *
   * @param done whether the function did the step
   */
  public record Report(RotationCall call, boolean done) {}

  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    RotationCall call = report.call();
    Secret secret = draft.find(Secret.KIND, call.secretName());
    SecretRotation rotation = secret == null ? null : secret.rotation();
    if (secret == null
        || rotation == null
        || !secret.arn().equals(call.secretArn())
        || !call.run().equals(rotation.run())) {
      return false;
    }
    if (report.done()) {
      Rotations.stepped(draft, secret, rotation, call.run(), context);
    } else {
      Rotations.failed(draft, secret, rotation, call.run(), context);
    }
    return true;
  }
}
