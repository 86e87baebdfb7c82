package dev.longshore.agent.link;

import dev.longshore.wire.signature.Credentials;

/** What an agent signs with. Asked before each call, since keys of a role's session change. */
@FunctionalInterface
public interface Keys {
  /**
   * The keys of the day.
   *
   * @throws UnreachableException there are none yet, or no more: a call is to wait for new ones
   */
  Credentials current() throws UnreachableException;
}
