package dev.longshore.server.balancing;

import dev.longshore.gateway.route.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Certificates as files: that of the ARN {@code …:certificate/NAME} is {@code NAME.crt}, a PEM
 * chain with the server's own first, beside {@code NAME.key}, its PKCS #8 key.
 */
public record CertificateFiles(Path directory) {
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Reads one.
   *
   * @throws IOException it is not there, or cannot be read; the message is for users
   */
  Certificate read(String arn) throws IOException {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return new Certificate(arn, text(name + ".crt"), text(name + ".key"));
  }

  private String text(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new IOException("There is no certificate file " + file);
    }
    return Files.readString(file);
  }
}
