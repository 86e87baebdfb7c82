package dev.longshore.core.secret;

import dev.longshore.core.model.RotationStep;
import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.model.SecretRotation.Run;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.RotationRulesType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Begins rotations, and takes them a step further. */
final class Rotations {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_DOUBLED = 6;

  private Rotations() {}

  /** The version that a rotation left behind which did not come to its end; null: there is none. */
  static @Nullable SecretVersion unfinished(View view, Secret secret) {
    SecretVersion pending = Secrets.labelled(view, secret, Versions.PENDING);
    return pending == null || pending.stages().contains(Versions.CURRENT) ? null : pending;
  }

  /** Begins a rotation at whose end that version is the current one. */
  static void begin(
      Draft draft, Secret secret, SecretRotation rotation, String versionId, Context context) {
    Versions.pend(draft, secret, versionId, context);
    Run run = new Run(versionId, RotationStep.CREATE, 0, context.now());
    put(draft, secret, rotation.withRun(run));
  }

  /** The function did its step: the next one is due, or the rotation is over. */
  static void stepped(
      Draft draft, Secret secret, SecretRotation rotation, Run run, Context context) {
    if (run.step() != RotationStep.FINISH) {
      Run next = new Run(run.versionId(), run.step().next(), run.failures(), context.now());
      put(draft, secret, rotation.withRun(next));
      return;
    }
    SecretVersion current = Secrets.labelled(draft, secret, Versions.CURRENT);
    if (current == null || !current.id().equals(run.versionId())) {
      // The function says that it is done, and did not move the label.
      failed(draft, secret, rotation, run, context);
      return;
    }
    put(
        draft,
        secret,
        new SecretRotation(
            rotation.functionArn(),
            rotation.enabled(),
            rotation.rules(),
            context.now(),
            RotationSchedule.next(rotation.rules(), context.now()),
            null));
  }

  /** The rotation begins anew after a while, with the same version, as long as it takes. */
  static void failed(
      Draft draft, Secret secret, SecretRotation rotation, Run run, Context context) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(run.failures(), MOST_DOUBLED));
    Duration wait = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    Run again =
        new Run(run.versionId(), RotationStep.CREATE, run.failures() + 1, context.now().plus(wait));
    put(draft, secret, rotation.withRun(again));
  }

  static void put(Draft draft, Secret secret, SecretRotation rotation) {
    draft.put(Secret.KIND, secret.edit().rotation(rotation).build());
  }

  /** The rules as they were given; null where there are none. */
  static @Nullable RotationRulesType shown(@Nullable SecretRotation rotation) {
    if (rotation == null || rotation.rules().equals(SecretRotation.Rules.NONE)) {
      return null;
    }
    return RotationRulesType.builder()
        .automaticallyAfterDays(rotation.rules().days())
        .scheduleExpression(rotation.rules().schedule())
        .duration(rotation.rules().duration())
        .build();
  }
}
