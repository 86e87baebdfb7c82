package dev.longshore.server.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.BrokenSealException;
import dev.longshore.core.operation.Vault;
import dev.longshore.shapes.Blob;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingVaultTest {
  private static final String OLD = Keyring.fresh(new SecureRandom());
  private static final String NEW = Keyring.fresh(new SecureRandom());
  private static final byte[] PLAIN = "correct horse battery staple".getBytes(UTF_8);
  private static final String PLACE = "secretVersion arn:aws:secretsmanager:…:db AWSCURRENT";

  private final Vault vault = vault(OLD);

  private static Vault vault(String... lines) {
    return new SealingVault(Keyring.parse(List.of(lines)), new SecureRandom());
  }

  private static void assertBroken(Vault vault, Blob sealed, String place) {
    assertThatThrownBy(() -> vault.open(sealed, place))
        .isInstanceOf(BrokenSealException.class)
        .hasMessageNotContaining("horse");
  }

  @Test
  void what_was_sealed_can_be_opened_for_the_same_place() {
    assertThat(vault.open(vault.seal(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
    assertThat(vault.open(vault.seal(new byte[0], ""), "")).isEmpty();
  }

  @Test
  void a_sealed_value_shows_nothing_and_never_looks_the_same_twice() {
    Blob sealed = vault.seal(PLAIN, PLACE);
    assertThat(new String(sealed.toBytes(), UTF_8)).doesNotContain("horse");
    assertThat(vault.seal(PLAIN, PLACE)).isNotEqualTo(sealed);
    assertThat(sealed.size()).isEqualTo(PLAIN.length + SealingVault.SPARE);
  }

  @Test
  void a_value_cannot_be_opened_at_another_place() {
    assertBroken(vault, vault.seal(PLAIN, PLACE), "secretVersion another");
    assertBroken(vault, vault.seal(PLAIN, "b"), "key of b");
  }

  @Test
  void each_changed_byte_breaks_the_seal() {
    byte[] sealed = vault.seal(PLAIN, PLACE).toBytes();
    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertBroken(vault, Blob.of(changed), PLACE);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(vault, Blob.of(Arrays.copyOf(sealed, length)), PLACE);
    }
  }

  @Test
  void after_a_change_of_keys_the_old_one_still_opens_what_it_sealed() {
    Blob before = vault.seal(PLAIN, PLACE);
    Vault changed = vault(NEW, OLD);
    assertThat(changed.open(before, PLACE)).isEqualTo(PLAIN);
    Blob after = changed.seal(PLAIN, PLACE);
    assertThat(vault(NEW).open(after, PLACE)).isEqualTo(PLAIN);
    assertBroken(vault, after, PLACE);
    assertBroken(vault(NEW), before, PLACE);
  }

  @Test
  void a_key_of_its_own_opens_what_it_sealed_and_no_other_does() {
    byte[] key = vault.random(Vault.KEY_BYTES);
    Blob sealed = vault.under(key).seal(PLAIN, PLACE);
    assertThat(vault.under(key).open(sealed, PLACE)).isEqualTo(PLAIN);
    assertBroken(vault.under(vault.random(Vault.KEY_BYTES)), sealed, PLACE);
    assertBroken(vault, sealed, PLACE);
  }

  @Test
  void neither_vault_nor_keys_show_a_key() {
    String key = OLD.substring(9);
    assertThat(vault.toString()).contains(OLD.substring(0, 8)).doesNotContain(key);
    assertThat(Keyring.parse(List.of(OLD, NEW)).toString()).doesNotContain(key);
  }

  @Test
  void damaged_keys_are_refused_and_not_shown() {
    assertThatThrownBy(() -> Keyring.parse(List.of(OLD, OLD))).hasMessageContaining("twice");
    assertThatThrownBy(() -> Keyring.parse(List.of(""))).hasMessage("There is no key.");
    assertThatThrownBy(() -> Keyring.parse(List.of(OLD + "0")))
        .hasMessage("Line 1 is not an id and a key in hexadecimal.");
  }
}
