package dev.longshore.core.identity;

import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.shapes.iam.MalformedPolicyDocumentException;
import java.nio.charset.StandardCharsets;

/** The documents of policies as they come and go. */
final class Documents {
  private static final String UNRESERVED = "-_.~";

  private Documents() {}

  /** Refuses a text that is no policy of that kind, in IAM's words. */
  static void check(String document, PolicyKind kind) {
    try {
      PolicyReader.read(document, kind);
    } catch (MalformedPolicyException e) {
      throw new MalformedPolicyDocumentException(e.text());
    }
  }

  /** How long a document is as quotas count it: without white space. */
  static int size(String document) {
    return (int) document.chars().filter(letter -> !Character.isWhitespace(letter)).count();
  }

  /** As IAM shows documents: every byte that is not unreserved as its percent code. */
  static String encoded(String document) {
    StringBuilder text = new StringBuilder(document.length() * 2);
    for (byte each : document.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (each & 0xFF);
      boolean plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || UNRESERVED.indexOf(letter) >= 0;
      if (plain) {
        text.append(letter);
      } else {
        text.append('%').append(hex(letter >> 4)).append(hex(letter & 15));
      }
    }
    return text.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
