package dev.longshore.server.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Told of every call once it is answered. Called on event loops: it must not block. */
@FunctionalInterface
public interface Audit {
  /** Keeps nothing. */
  Audit NONE = entry -> {};

  /**
   * What somebody did, or wanted to.
   *
   * @param principal the caller's ARN; null where nobody was made out
   * @param action as policies name it; empty where the call was not understood
   * @param resources that the call was about, by ARN
   * @param allowed whether the caller was known and let through
   * @param error the code of the answer's error; null where there was none
   */
  record Entry(
      Instant time,
      String requestId,
      @Nullable String principal,
      String sourceIp,
      String userAgent,
      String action,
      List<String> resources,
      boolean allowed,
      @Nullable String error) {}

  void record(Entry entry);
}
