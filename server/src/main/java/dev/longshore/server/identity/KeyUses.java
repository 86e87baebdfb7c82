package dev.longshore.server.identity;

import dev.longshore.core.model.AccessKeyUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when keys of users are used: the first time, and then once in {@link #PAUSE} at most, for a
 * note is a write to the log. So what is told of a key may be that much too old.
 */
public final class KeyUses {
  /** AWS itself is lazy here, and says no more of it than that it takes a while. */
  static final Duration PAUSE = Duration.ofMinutes(5);

  /** Keys that are remembered; beyond that all are forgotten, and noted once more. */
  static final int REMEMBERED = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

  private final InstantSource clock;
  private final Function<AccessKeyUse, CompletableFuture<?>> notes;
  private final Map<String, Instant> noted = new ConcurrentHashMap<>();

  /**
   * @param notes keeps a use, for good
   */
  public KeyUses(InstantSource clock, Function<AccessKeyUse, CompletableFuture<?>> notes) {
    this.clock = clock;
    this.notes = notes;
  }

  /** That key was used just now. */
  void used(String accessKeyId, String service, String region) {
    Instant now = clock.instant();
    if (!due(accessKeyId, now)) {
      return;
    }
    var use = new AccessKeyUse(accessKeyId, now.truncatedTo(ChronoUnit.MINUTES), service, region);
    var _ =
        notes
            .apply(use)
            .whenComplete((done, failure) -> {
              if (failure != null) {
                LOG.debug("The use of {} was not noted.", accessKeyId, failure);
                noted.remove(accessKeyId, now);
              }
            });
  }

  /** Of calls at the same time one is to note it. */
  private boolean due(String accessKeyId, Instant now) {
    Instant last = noted.get(accessKeyId);
    if (last != null && now.isBefore(last.plus(PAUSE))) {
      return false;
    }
    if (noted.size() >= REMEMBERED) {
      noted.clear();
    }
    var mine = new AtomicBoolean();
    noted.compute(
        accessKeyId,
        (id, before) -> {
          mine.set(before == null || !now.isBefore(before.plus(PAUSE)));
          return mine.get() ? now : before;
        });
    return mine.get();
  }
}
