package dev.longshore.core.balancing;

import dev.longshore.shapes.ServiceException;

/** Errors that the API's model does not declare but the service answers. */
final class Faults {
  private Faults() {}

  /** What is wrong with the request, in the code that the query protocol has for it. */
  static ServiceException invalid(String message) {
    return new ServiceException("ValidationError", 400, message);
  }

  /** Something that AWS has and this program has not. */
  static ServiceException unsupported(String feature) {
    return new ServiceException(
        "UnsupportedFeatureException", 400, "Longshore does not support " + feature + " yet.");
  }

  /**
   * @throws ServiceException the condition does not hold
   */
  static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }
}
