package dev.longshore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultKeysTest {
  @TempDir Path directory;

  @Test
  void the_key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
    String made = VaultKeys.of(directory).toString();
    assertThat(VaultKeys.of(directory)).hasToString(made);
    Path file = directory.resolve("vault-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_file_stops_the_start_and_is_not_shown() throws IOException {
    Files.writeString(directory.resolve("vault-key"), "0badc0de f00d\n");
    assertThatThrownBy(() -> VaultKeys.of(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vault-key")
        .hasMessageNotContaining("f00d");
  }
}
