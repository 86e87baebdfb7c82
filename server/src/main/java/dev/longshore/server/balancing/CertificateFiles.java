package dev.longshore.server.balancing;

import dev.longshore.core.identity.CertificateReader;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.shapes.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Certificates as files: that of the ARN {@code …:certificate/NAME} is {@code NAME.crt}, a PEM
 * chain with the server's own first, beside {@code NAME.key}, its PKCS #8 key.
 *
 * @param reader says whether such a key is such a certificate's
 */
public record CertificateFiles(Path directory, CertificateReader reader) {
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Reads one.
   *
   * @throws IOException it is not there, or cannot be read; the message is for users
   */
  Certificate read(String arn) throws IOException {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    Certificate certificate = new Certificate(arn, text(name + ".crt"), text(name + ".key"));
    try {
      reader.check(certificate.chain(), null, certificate.privateKey());
    } catch (ServiceException e) {
      throw new IOException(directory.resolve(name + ".crt") + ": " + e.getMessage(), e);
    }
    return certificate;
  }

  /** Is another text once one of the two files is another one, or is there or not any more. */
  String stamp(String arn) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return stampOf(name + ".crt") + ' ' + stampOf(name + ".key");
  }

  private String stampOf(String name) {
    try {
      BasicFileAttributes file =
          Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
      return file.fileKey() + "@" + file.lastModifiedTime() + '+' + file.size();
    } catch (IOException e) {
      return "none: " + e.getClass().getSimpleName();
    }
  }

  private String text(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new IOException("There is no certificate file " + file);
    }
    return Files.readString(file);
  }
}
