package dev.longshore.server.balancing;

import dev.longshore.core.state.View;
import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.route.Certificate;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that listeners show, and whether they are still what was read. One that cannot
 * be used any more, as while one of its files is replaced and the other is not yet, stays in force
 * as it was. One thread only.
 */
final class CertificateBook {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateBook.class);

  private final Certificates source;

  /** By ARN, what was found when it was last looked at. */
  private final Map<String, String> stamps = new HashMap<>();

  /** By ARN, what could be used last. */
  private final Map<String, Certificate> known = new HashMap<>();

  CertificateBook(Certificates source) {
    this.source = source;
  }

  /**
   * What to show for that ARN.
   *
   * @throws IOException there never was a certificate that could be shown; the message is for users
   */
  Certificate read(View view, String arn) throws IOException {
    // Looked at before it is read, so that a change while it is read is found later.
    stamps.put(arn, source.stamp(view, arn));
    try {
      Certificate certificate = source.read(view, arn);
      Gateway.check(certificate);
      known.put(arn, certificate);
      return certificate;
    } catch (IOException | IllegalArgumentException e) {
      Certificate before = known.get(arn);
      if (before == null) {
        throw new IOException(e.getMessage(), e);
      }
      LOG.warn("The certificate {} stays as it was: {}", arn, e.getMessage());
      return before;
    }
  }

  /** Whether that certificate is not what was read, or could not be, any more. */
  boolean hasChanged(View view, String arn) {
    return !source.stamp(view, arn).equals(stamps.get(arn));
  }

  /** Forgets those that nobody shows any more. */
  void retain(Collection<String> arns) {
    stamps.keySet().retainAll(arns);
    known.keySet().retainAll(arns);
  }
}
