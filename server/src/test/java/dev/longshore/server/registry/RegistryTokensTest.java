package dev.longshore.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Caller ROOT = Caller.root("123456789012");

  @TempDir private Path directory;

  @Test
  void a_password_says_whose_it_is_until_it_ends() throws IOException {
    RegistryTokens tokens = RegistryTokens.in(directory);
    String password = tokens.password(ROOT, NOW.plus(RegistryTokens.LIFE));
    assertThat(tokens.verify(password, NOW)).isEqualTo(new RegistryTokens.Holder(ROOT));
    assertThat(tokens.verify(password, NOW.plus(RegistryTokens.LIFE)))
        .isEqualTo(new RegistryTokens.Expired());
    assertThat(RegistryTokens.in(directory).verify(password, NOW))
        .isEqualTo(new RegistryTokens.Holder(ROOT));
  }

  @Test
  void a_password_that_was_not_made_here_is_forged() throws IOException {
    RegistryTokens tokens = RegistryTokens.in(directory);
    String password = tokens.password(ROOT, NOW.plusSeconds(60));
    String foreign = RegistryTokens.under(new byte[32]).password(ROOT, NOW.plusSeconds(60));
    String bent = (password.charAt(0) == 'A' ? 'B' : 'A') + password.substring(1);
    for (String wrong : new String[] {foreign, bent, "", ".", "x", "é.é", "x".repeat(9999)}) {
      assertThat(tokens.verify(wrong, NOW)).isEqualTo(new RegistryTokens.Forged());
    }
  }

  @Test
  void a_permit_opens_one_layer_and_is_no_password() throws IOException {
    RegistryTokens tokens = RegistryTokens.in(directory);
    String permit = tokens.permit("a", "sha256:1", NOW.plusSeconds(60));
    assertThat(tokens.permits(permit, "a", "sha256:1", NOW)).isTrue();
    assertThat(tokens.permits(permit, "b", "sha256:1", NOW)).isFalse();
    assertThat(tokens.permits(permit, "a", "sha256:2", NOW)).isFalse();
    assertThat(tokens.permits(permit, "a", "sha256:1", NOW.plusSeconds(60))).isFalse();
    assertThat(tokens.verify(permit, NOW)).isEqualTo(new RegistryTokens.Forged());
    String password = tokens.password(new Caller("a", "sha256:1"), NOW.plusSeconds(60));
    assertThat(tokens.permits(password, "a", "sha256:1", NOW)).isFalse();
  }

  @Test
  void a_damaged_key_is_not_used() throws IOException {
    Files.write(directory.resolve("registry-key"), new byte[5]);
    assertThatThrownBy(() -> RegistryTokens.in(directory)).isInstanceOf(IOException.class);
  }
}
