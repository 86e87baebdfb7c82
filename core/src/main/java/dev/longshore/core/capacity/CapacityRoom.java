package dev.longshore.core.capacity;

import dev.longshore.core.operation.Operations;

/** Registers the actions on capacity providers. */
public final class CapacityRoom {
  private CapacityRoom() {}

  /** Registers every action of this room. */
  public static void register(Operations operations) {
    operations.query("DescribeCapacityProviders", new DescribeCapacityProviders());
  }
}
