package dev.longshore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.AccessKeyUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeyUsesTest {
  private static final String KEY = "AKIA0000000000000001";

  private Instant now = Instant.parse("2026-08-03T10:50:31Z");
  private final List<AccessKeyUse> notes = new ArrayList<>();
  private CompletableFuture<Boolean> kept = CompletableFuture.completedFuture(true);
  private final KeyUses uses =
      new KeyUses(
          () -> now,
          use -> {
            notes.add(use);
            return kept;
          });

  @Test
  void the_first_use_is_noted_by_the_minute_and_then_one_in_five_minutes() {
    uses.used(KEY, "ecs", "us-east-1");
    uses.used(KEY, "iam", "us-east-1");
    now = now.plus(KeyUses.PAUSE).minusMillis(1);
    uses.used(KEY, "sts", "us-east-1");
    assertThat(notes)
        .containsExactly(
            new AccessKeyUse(KEY, Instant.parse("2026-08-03T10:50:00Z"), "ecs", "us-east-1"));
    now = now.plusMillis(1);
    uses.used(KEY, "ssm", "eu-west-1");
    assertThat(notes.getLast())
        .isEqualTo(
            new AccessKeyUse(KEY, Instant.parse("2026-08-03T10:55:00Z"), "ssm", "eu-west-1"));
  }

  @Test
  void a_note_that_could_not_be_kept_is_made_with_the_next_call() {
    kept = CompletableFuture.failedFuture(new IllegalStateException("busy"));
    uses.used(KEY, "ecs", "us-east-1");
    uses.used(KEY, "ecs", "us-east-1");
    assertThat(notes).hasSize(2);
  }

  @Test
  void each_key_is_noted_by_itself_however_many_there_are() {
    for (int key = 0; key < KeyUses.REMEMBERED + 10; key++) {
      uses.used("AKIA" + key, "ecs", "us-east-1");
    }
    assertThat(notes).hasSize(KeyUses.REMEMBERED + 10);
    now = now.plus(Duration.ofSeconds(1));
    uses.used("AKIA" + (KeyUses.REMEMBERED + 9), "ecs", "us-east-1");
    assertThat(notes).hasSize(KeyUses.REMEMBERED + 10);
  }
}
