package dev.longshore.wire;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.ServiceException;
import org.jspecify.annotations.Nullable;

/** What the protocols write about errors beyond the members of their structures. */
final class ErrorMembers {
  private ErrorMembers() {}

  /** The text of an error whose structure has no member for it; null when there is nothing. */
  static @Nullable String unmodelledMessage(ServiceException error) {
    for (var member : error.schema().members()) {
      if (isMessage(member)) {
        return null;
      }
    }
    return error.getMessage();
  }

  static boolean isMessage(Member member) {
    return member.name().equalsIgnoreCase("message");
  }

  /** The code and the blame, for clients that were written for the query protocol. */
  static String queryError(ServiceException error) {
    return error.code() + ";" + blame(error);
  }

  static String blame(ServiceException error) {
    return error.isServerFault() ? "Receiver" : "Sender";
  }
}
