package dev.longshore.agent.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.link.FakeControlPlane.Answer;
import dev.longshore.wire.signature.Credentials;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords for the control plane's registry. */
@Timeout(60)
class RegistryLoginTest {
  private static final Credentials ROLE = new Credentials("ASIAROLE", "secret", "token", null);

  private final FakeControlPlane fake = new FakeControlPlane();
  private final Sockets sockets = Sockets.open("test");
  private final AtomicInteger asked = new AtomicInteger();
  private final RegistryLogin login =
      new RegistryLogin(
          Transport.of(sockets, null, false),
          new LinkConfig(
              fake.uri(),
              "us-east-1",
              () -> FakeControlPlane.KEYS,
              "default",
              "1",
              "longshore",
              "1"),
          InstantSource.system());

  @AfterEach
  void close() {
    sockets.close();
    fake.close();
  }

  private void answerWithPasswords() {
    fake.answer(
        "GetAuthorizationToken",
        call -> {
          byte[] pair = ("AWS:p" + asked.incrementAndGet()).getBytes(UTF_8);
          return Answer.ok(
              "{\"authorizationData\":[{\"authorizationToken\":\""
                  + Base64.getEncoder().encodeToString(pair)
                  + "\"}]}");
        });
  }

  @Test
  void a_password_is_kept_for_whom_it_was_asked() throws Exception {
    answerWithPasswords();
    String host = fake.uri().getAuthority();
    var first = new RegistryCredentials("AWS", "p1", host);
    assertThat(login.credentials(host, null)).contains(first);
    assertThat(login.credentials(host, null)).contains(first);
    assertThat(asked).hasValue(1);
  }

  @Test
  void other_registries_are_not_ours_to_open() throws Exception {
    answerWithPasswords();
    assertThat(login.credentials("registry.example:5000", null)).isEmpty();
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_refusal_is_told_in_the_control_planes_words() {
    fake.answer(
        "GetAuthorizationToken", call -> Answer.error(400, "AccessDeniedException", "User: x"));
    assertThatThrownBy(() -> login.credentials(fake.uri().getAuthority(), null))
        .isInstanceOf(ApiException.class)
        .hasMessage("AccessDeniedException: User: x");
  }

  @Test
  void an_execution_role_asks_with_its_own_keys() {
    answerWithPasswords();
    // The fake knows only the instance's keys, and says so.
    assertThatThrownBy(() -> login.credentials(fake.uri().getAuthority(), ROLE))
        .isInstanceOf(ApiException.class);
    assertThat(asked).hasValue(0);
  }
}
