package dev.longshore.server.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.ServerCertificate;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.gateway.route.Certificate;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that listeners name: those that were uploaded to IAM, else files.
 *
 * @param vault opens the uploaded ones' keys
 */
public record Certificates(Vault vault, CertificateFiles files) {
  /** Is another text once the certificate is another one. */
  String stamp(View view, String arn) {
    ServerCertificate row = row(view, arn);
    return row == null ? files.stamp(arn) : row.id();
  }

  private static @Nullable ServerCertificate row(View view, String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    ServerCertificate row = view.find(ServerCertificate.KIND, name);
    return row != null && row.arn().equals(arn) ? row : null;
  }

  /**
   * Reads one.
   *
   * @throws IOException it is not there, or cannot be read; the message is for users
   */
  Certificate read(View view, String arn) throws IOException {
    ServerCertificate row = row(view, arn);
    if (row == null) {
      return files.read(arn);
    }
    String chain = Objects.requireNonNullElse(row.chain(), "");
    byte[] key = vault.open(row.privateKey(), ServerCertificate.place(row.id()));
    return new Certificate(arn, row.body() + '\n' + chain, new String(key, UTF_8));
  }
}
