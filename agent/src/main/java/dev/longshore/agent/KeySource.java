package dev.longshore.agent;

import dev.longshore.wire.signature.Credentials;

/** Where an agent gets the keys that it acts with. */
@FunctionalInterface
public interface KeySource {
  /**
   * New keys; waits where they cannot be had yet.
   *
   * @throws KeysRefusedException they will not be had
   */
  Credentials fresh() throws KeysRefusedException, InterruptedException;
}
