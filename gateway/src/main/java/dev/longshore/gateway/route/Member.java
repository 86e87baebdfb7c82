package dev.longshore.gateway.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target as the gateway knows it: it lives as long as the target is registered at the same
 * address, through all changes of the routes. Its health is written by the control thread alone.
 */
public final class Member {
  private static final int TAG_BYTES = 16;

  private final String groupArn;
  private final String id;
  private final String address;
  private final int port;
  private final String tag;
  private final long seed;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile TargetHealth health = TargetHealth.REGISTERING;
  private volatile long healthySince;
  private volatile Target.State state;
  private volatile boolean gone;

  Member(String groupArn, Target target) {
    this.groupArn = groupArn;
    this.id = target.id();
    this.address = target.address();
    this.port = target.port();
    this.state = target.state();
    byte[] digest = digest(key(groupArn, target));
    this.tag = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    this.seed = java.nio.ByteBuffer.wrap(digest).getLong();
  }

  /** Names a target within all routes; another address makes it another. */
  static String key(String groupArn, Target target) {
    return groupArn + '|' + target.id() + '|' + target.port() + '|' + target.address();
  }

  private static byte[] digest(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(all, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public String groupArn() {
    return groupArn;
  }

  public String id() {
    return id;
  }

  public String address() {
    return address;
  }

  public int port() {
    return port;
  }

  /** Says which target it is in a cookie: the same in every gateway, and telling no address. */
  public String tag() {
    return tag;
  }

  /** A number of its own, to mix with a flow's. */
  long seed() {
    return seed;
  }

  /** Requests and connections under way. */
  public int outstanding() {
    return outstanding.get();
  }

  /** A request or a connection begins. */
  public void begin() {
    outstanding.incrementAndGet();
  }

  /** A request or a connection is over. */
  public void end() {
    outstanding.decrementAndGet();
  }

  /** Whether new requests may still come. */
  public boolean accepting() {
    return state == Target.State.REGISTERED && !gone;
  }

  /** Whether it is no longer among the targets, so that nothing may go on with it. */
  public boolean gone() {
    return gone;
  }

  public boolean draining() {
    return state == Target.State.DRAINING;
  }

  public boolean healthy() {
    TargetHealth.State now = health.state();
    return now == TargetHealth.State.HEALTHY || now == TargetHealth.State.UNAVAILABLE;
  }

  /** The state, as a client of the API would be told. */
  public TargetHealth health() {
    return draining() ? TargetHealth.DRAINING : health;
  }

  /**
   * Notes what checks found.
   *
   * @param now nanoseconds, from which slow start counts
   */
  public void health(TargetHealth found, long now) {
    boolean before = healthy();
    health = found;
    if (!before && healthy()) {
      healthySince = now;
    }
  }

  long healthySince() {
    return healthySince;
  }

  void state(Target.State state) {
    if (this.state == Target.State.DRAINING && state == Target.State.REGISTERED) {
      health = TargetHealth.REGISTERING;
    }
    this.state = state;
  }

  void leave() {
    gone = true;
  }

  @Override
  public String toString() {
    return id + ':' + port;
  }
}
