package dev.longshore.server;

import dev.longshore.core.operation.Ids;
import java.security.SecureRandom;

/** Ids that nobody can guess: some of them open doors, such as a container's endpoint id. */
final class SecureIds implements Ids {
  private final SecureRandom random = new SecureRandom();

  @Override
  public long bits() {
    return random.nextLong();
  }
}
