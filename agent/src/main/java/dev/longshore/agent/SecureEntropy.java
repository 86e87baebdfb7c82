package dev.longshore.agent;

import dev.longshore.agent.task.Entropy;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names nobody can guess: some of them are all that guards a container's credentials. */
final class SecureEntropy implements Entropy {
  private final SecureRandom random = new SecureRandom();

  @Override
  public String hex(int digits) {
    byte[] bytes = new byte[(digits + 1) / 2];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).substring(0, digits);
  }

  @Override
  public long below(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }
}
