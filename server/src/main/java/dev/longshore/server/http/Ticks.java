package dev.longshore.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has a session look at its time limits now and then. One slow beat per connection costs less than
 * setting and cancelling a timer with every request.
 */
final class Ticks {
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private Ticks() {}

  static Future<?> start(ChannelHandlerContext ctx, HttpSettings settings, Runnable look) {
    Duration beat = LONGEST;
    for (Duration limit :
        List.of(
            settings.timeouts().idle(),
            settings.timeouts().request(),
            settings.timeouts().write(),
            settings.webSockets().ping())) {
      Duration quarter = limit.dividedBy(4);
      beat = quarter.compareTo(beat) < 0 ? quarter : beat;
    }
    long nanos = Math.max(SHORTEST.toNanos(), beat.toNanos());
    return ctx.executor().scheduleWithFixedDelay(look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  static boolean past(long since, Duration limit) {
    return System.nanoTime() - since > limit.toNanos();
  }
}
