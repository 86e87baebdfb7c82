package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Whom {@code longshore gateway} follows, and how. */
class FeedOptionsTest {
  private static final String NO_KEYS = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.";

  @TempDir private Path directory = Path.of("");

  /** What the command says before it has a key to sign with, at which it ends. */
  private String said(String... options) {
    StringWriter printed = new StringWriter();
    CommandLine command = new CommandLine(new GatewayCommand());
    command.setErr(new PrintWriter(printed));
    String[] all = new String[options.length + 2];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "--data-dir";
    all[options.length + 1] = directory.toString();
    assertThat(command.execute(all)).isEqualTo(CommandLine.ExitCode.USAGE);
    return printed.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4566",
        "http://localhost:4566",
        "http://[::1]:4566",
        "https://192.0.2.1:4566"
      })
  void this_machine_and_tls_are_followed(String endpoint) {
    assertThat(said("--endpoint", endpoint)).startsWith(NO_KEYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://192.0.2.1:4566", "http://no-such-host.invalid"})
  void another_machine_is_not_followed_in_the_plain_unless_that_is_said(String endpoint) {
    assertThat(said("--endpoint", endpoint))
        .startsWith("Private keys of certificates would pass the network to ")
        .contains("--plain-http");
    assertThat(said("--endpoint", endpoint, "--plain-http")).startsWith(NO_KEYS);
  }

  @Test
  void what_is_no_address_is_told() {
    assertThat(said("--endpoint", "ftp://127.0.0.1"))
        .startsWith("--endpoint is to be https://HOST:PORT");
  }
}
