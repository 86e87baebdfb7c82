package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.RootKeys;
import dev.longshore.wire.signature.Credentials;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyNoticeTest {
  @Test
  void keys_are_shown_at_the_first_start_and_never_again(@TempDir Path directory) throws Exception {
    RootKeyNotice first = RootKeyNotice.before(directory);
    Credentials keys = RootKeys.of(directory);
    assertThat(first.lines(keys, true))
        .contains("  AWS_SECRET_ACCESS_KEY=" + keys.secretAccessKey())
        .last()
        .asString()
        .startsWith("Root keys are kept in " + directory.resolve("root-key"));
    assertThat(RootKeyNotice.before(directory).lines(keys, true))
        .hasSize(1)
        .noneMatch(line -> line.contains(keys.secretAccessKey()));
  }

  @Test
  void where_nobody_reads_no_key_is_printed(@TempDir Path directory) throws Exception {
    RootKeyNotice first = RootKeyNotice.before(directory);
    Credentials keys = RootKeys.of(directory);
    assertThat(first.lines(keys, false)).noneMatch(line -> line.contains(keys.secretAccessKey()));
  }
}
