package dev.longshore.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.server.api.Principal;
import dev.longshore.wire.signature.Credentials;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoleSessionsTest {
  private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");
  private static final Instant END = Instant.parse("2026-11-21T16:00:00Z");
  private static final String TASK = "arn:aws:ecs:us-east-1:123456789012:task/default/ab12";

  private final RoleSessions sessions = new RoleSessions(master(1), PLACE);

  private static byte[] master(int fill) {
    byte[] master = new byte[32];
    Arrays.fill(master, (byte) fill);
    return master;
  }

  private static final Caller.Session SESSION =
      new Caller.Session(
          "AROAEXAMPLEEXAMPLE123", Instant.parse("2026-11-21T15:00:00Z"), List.of("p"), List.of());

  private Credentials issued(String name) {
    return sessions.issue("arn:aws:sts::123456789012:assumed-role/shop/" + name, SESSION, END);
  }

  private static String token(Credentials keys) {
    return Objects.requireNonNull(keys.sessionToken());
  }

  @Test
  void keys_look_like_those_of_aws() {
    Credentials keys = issued("ab12");
    assertThat(keys.accessKeyId()).matches("ASIA[A-Z2-7]{16}");
    assertThat(keys.secretAccessKey()).matches("[A-Za-z0-9+/]{40}");
    assertThat(token(keys)).matches("[A-Za-z0-9+/]+=*");
    assertThat(keys.expiration()).isEqualTo(END);
  }

  @Test
  void who_holds_the_keys_is_a_session_of_the_role_named_as_the_task() {
    Credentials keys = issued("ab12");
    Principal principal = sessions.holding(keys.accessKeyId(), token(keys));
    assertThat(principal)
        .isEqualTo(
            new Principal(
                keys,
                new Caller(
                    "123456789012", "arn:aws:sts::123456789012:assumed-role/shop/ab12", SESSION)));
    assertThat(Objects.requireNonNull(principal).caller().isRoot()).isFalse();
  }

  @Test
  void keys_are_recognised_after_a_restart_and_nowhere_else() {
    Credentials keys = issued("ab12");
    assertThat(new RoleSessions(master(1), PLACE).holding(keys.accessKeyId(), token(keys)))
        .isNotNull();
    assertThat(new RoleSessions(master(2), PLACE).holding(keys.accessKeyId(), token(keys)))
        .isNull();
  }

  @Test
  void a_token_with_any_byte_changed_is_nobodys() {
    Credentials keys = issued("ab12");
    byte[] token = Base64.getDecoder().decode(token(keys));
    for (int at = 0; at < token.length; at++) {
      byte[] forged = token.clone();
      forged[at] ^= 1;
      String text = Base64.getEncoder().encodeToString(forged);
      assertThat(sessions.holding(keys.accessKeyId(), text)).isNull();
    }
  }

  @Test
  void a_token_belongs_to_its_own_key_and_nothing_else_is_a_token() {
    Credentials keys = issued("ab12");
    Credentials other = issued("cd34");
    assertThat(sessions.holding(other.accessKeyId(), token(keys))).isNull();
    assertThat(sessions.holding(keys.accessKeyId(), null)).isNull();
    assertThat(sessions.holding(keys.accessKeyId(), "")).isNull();
    assertThat(sessions.holding(keys.accessKeyId(), "no token!")).isNull();
    assertThat(sessions.holding(keys.accessKeyId(), "AAAA")).isNull();
    assertThat(sessions.holding(keys.accessKeyId(), "A".repeat(50_000))).isNull();
  }

  @Test
  void ids_of_credentials_differ_by_task_and_purpose_and_stay_the_same() {
    String id = sessions.credentialsId(TASK, "TaskApplication");
    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(new RoleSessions(master(1), PLACE).credentialsId(TASK, "TaskApplication"))
        .isEqualTo(id);
    assertThat(sessions.credentialsId(TASK, "TaskExecution")).isNotEqualTo(id);
    assertThat(sessions.credentialsId(TASK + "c", "TaskApplication")).isNotEqualTo(id);
    assertThat(new RoleSessions(master(2), PLACE).credentialsId(TASK, "TaskApplication"))
        .isNotEqualTo(id);
  }

  @Test
  void a_short_master_key_is_refused() {
    assertThatThrownBy(() -> new RoleSessions(new byte[16], PLACE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
