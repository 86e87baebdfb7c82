package dev.longshore.server.balancing;

/** A gateway that follows. All is called on the thread of {@link Balancing}, and not for long. */
interface Follower {
  /** What it is called in logs; no two that follow at once have the same name. */
  String name();

  /**
   * Has it follow these routes instead of all that were offered before. What becomes of it is told
   * to the data plane, later.
   */
  void follow(Offer offer);

  /** Looks whether it is still there. */
  void tick();

  /** It is not followed by any more. */
  void dismiss(String why);
}
