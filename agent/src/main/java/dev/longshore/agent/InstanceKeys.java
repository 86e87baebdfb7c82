package dev.longshore.agent;

import dev.longshore.agent.link.Keys;
import dev.longshore.agent.link.Nudge;
import dev.longshore.agent.link.UnreachableException;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an agent acts with, fetched anew when half of their life is over. While there are
 * none, calls are put off as they are where the control plane is not reached, so no report is lost.
 */
final class InstanceKeys implements Keys {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceKeys.class);
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
  private static final Duration WAIT_WITHOUT = Duration.ofSeconds(30);

  private final KeySource source;
  private final InstantSource clock;
  private final Nudge pause = new Nudge();
  private volatile @Nullable Credentials held;

  InstanceKeys(KeySource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Credentials current() throws UnreachableException {
    Credentials keys = held;
    if (keys == null || isOver(keys)) {
      throw new UnreachableException("the instance has no keys at the time", null);
    }
    return keys;
  }

  private boolean isOver(Credentials keys) {
    Instant end = keys.expiration();
    return end != null && !clock.instant().isBefore(end);
  }

  /** Fetches the first ones. */
  void fetch() throws KeysRefusedException, InterruptedException {
    held = source.fresh();
  }

  /** Keeps them fresh until interrupted; returns where they never end. */
  void renew() throws InterruptedException {
    Credentials keys = held;
    while (keys != null && keys.expiration() != null) {
      var _ = pause.await(untilRenewal(keys.expiration()));
      try {
        fetch();
        LOG.debug("the instance's keys were renewed");
      } catch (KeysRefusedException e) {
        LOG.warn("the instance's keys, which end at {}, are not renewed", keys.expiration(), e);
      }
      keys = held;
    }
  }

  private Duration untilRenewal(Instant end) {
    Duration half = Duration.between(clock.instant(), end).dividedBy(2);
    if (half.isNegative()) {
      return WAIT_WITHOUT;
    }
    return half.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : half;
  }
}
