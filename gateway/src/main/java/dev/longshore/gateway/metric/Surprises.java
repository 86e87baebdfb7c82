package dev.longshore.gateway.metric;

import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures of connections that no peer can be to blame for. */
public final class Surprises {
  private static final Logger LOG = LoggerFactory.getLogger(Surprises.class);
  private static final AtomicLong next = new AtomicLong(System.nanoTime());

  private Surprises() {}

  /**
   * Takes what ended a connection. What peers and networks do is their affair; all else is a fault
   * of ours and is told, once a second at most, for a peer may know how to bring it about.
   */
  public static void tell(Throwable cause) {
    if (cause instanceof IOException
        || cause instanceof CodecException
        || cause instanceof Http2Exception) {
      LOG.trace("A connection ended.", cause);
      return;
    }
    long due = next.get();
    long now = System.nanoTime();
    if (now - due >= 0 && next.compareAndSet(due, now + TimeUnit.SECONDS.toNanos(1))) {
      LOG.error("A connection ended by a fault of this program.", cause);
    }
  }
}
