package dev.longshore.core.secret;

import dev.longshore.core.model.RotationStep;
import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function is to be asked for a step of a rotation. Whoever calls it tells what came of it by
 * {@link ReportRotation}; until then the call is due, so a function may be asked twice for a step,
 * as on AWS.
 *
 * @param run what the secret's row says of the rotation
 */
public record RotationCall(
    String secretName, String secretArn, String functionArn, SecretRotation.Run run) {
  /** All calls that are due now or later. */
  public static List<RotationCall> all(View view) {
    List<RotationCall> calls = new ArrayList<>();
    for (Secret secret : view.by(Secret.BY_ROTATION, Secret.RUNNING)) {
      SecretRotation rotation = secret.rotation();
      if (rotation != null && rotation.run() != null) {
        calls.add(
            new RotationCall(secret.name(), secret.arn(), rotation.functionArn(), rotation.run()));
      }
    }
    return calls;
  }

  public Instant callAt() {
    return run.callAt();
  }

  public RotationStep step() {
    return run.step();
  }

  /** What the function is told. */
  public Map<String, @Nullable Object> payload() {
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("Step", run.step().text());
    payload.put("SecretId", secretArn);
    payload.put("ClientRequestToken", run.versionId());
    return payload;
  }
}
