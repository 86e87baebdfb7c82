package dev.longshore.cli;

import dev.longshore.server.TlsSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How the port of a control plane speaks TLS; its options belong together. */
final class TlsOptions {
  @ArgGroup(exclusive = false)
  private @Nullable Files files;

  private static final class Files {
    @Option(
        names = "--tls-certificate",
        required = true,
        paramLabel = "FILE",
        description = {
          "Speak TLS, and show this certificate: PEM, with those that signed it. It is to name",
          "127.0.0.1 where commands or container instances of this machine are to connect."
        })
    private Path certificate = Path.of("");

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "The certificate's key: PEM, as PKCS #8. Both are read again when replaced.")
    private Path key = Path.of("");
  }

  /** What container instances of this process trust: the port's own certificate, if need be. */
  @Nullable Path trusted(ServerOptions options) {
    Path authorities = options.authorities();
    return authorities == null && files != null ? files.certificate : authorities;
  }

  @Nullable TlsSettings settings() {
    return files == null ? null : new TlsSettings(files.certificate, files.key);
  }
}
