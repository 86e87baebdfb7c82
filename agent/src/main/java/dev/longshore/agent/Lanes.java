package dev.longshore.agent;

import java.util.concurrent.Semaphore;

/**
 * How much of each kind of work the container engine is given at once. Setting up bridge networks
 * gets slower, not faster, beyond four starts at a time; other network modes have no such limit.
 */
final class Lanes {
  private final Semaphore secrets = new Semaphore(16);
  private final Semaphore manifests = new Semaphore(8);
  private final Semaphore pulls = new Semaphore(4);
  private final Semaphore creations = new Semaphore(16);
  private final Semaphore bridgeStarts = new Semaphore(4);
  private final Semaphore otherStarts = new Semaphore(16);
  private final Semaphore stops = new Semaphore(64);
  private final Semaphore removals = new Semaphore(4);

  Semaphore secrets() {
    return secrets;
  }

  Semaphore manifests() {
    return manifests;
  }

  Semaphore pulls() {
    return pulls;
  }

  Semaphore creations() {
    return creations;
  }

  Semaphore starts(String networkMode) {
    return networkMode.equals("host")
            || networkMode.equals("none")
            || networkMode.startsWith("container:")
        ? otherStarts
        : bridgeStarts;
  }

  Semaphore stops() {
    return stops;
  }

  Semaphore removals() {
    return removals;
  }
}
