package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.agent.link.UnreachableException;
import dev.longshore.wire.signature.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InstanceKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static Credentials session(String id, Duration life) {
    return new Credentials(id, "secret", "token", NOW.plus(life));
  }

  @Test
  void keys_are_fetched_anew_while_the_old_ones_still_hold() throws Exception {
    CountDownLatch renewed = new CountDownLatch(3);
    Iterator<String> ids = List.of("ASIA1", "ASIA2", "ASIA3").iterator();
    KeySource source =
        () -> {
          renewed.countDown();
          return session(ids.hasNext() ? ids.next() : "ASIA4", Duration.ofSeconds(2));
        };
    InstanceKeys keys = new InstanceKeys(source, InstantSource.fixed(NOW));
    keys.fetch();
    assertThat(keys.current().accessKeyId()).isEqualTo("ASIA1");
    Thread renewing = Thread.startVirtualThread(() -> renew(keys));
    assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(keys.current().accessKeyId()).isNotEqualTo("ASIA1");
    renewing.interrupt();
    renewing.join();
  }

  private static void renew(InstanceKeys keys) {
    try {
      keys.renew();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void without_keys_a_call_is_put_off_and_not_sent() throws Exception {
    InstanceKeys keys =
        new InstanceKeys(() -> session("ASIA1", Duration.ZERO), InstantSource.fixed(NOW));
    assertThatThrownBy(keys::current).isInstanceOf(UnreachableException.class);
    keys.fetch();
    assertThatThrownBy(keys::current).isInstanceOf(UnreachableException.class);
  }

  @Test
  void keys_that_never_end_are_never_renewed() throws Exception {
    Credentials given = Credentials.of("AKIA", "secret");
    InstanceKeys keys = new InstanceKeys(() -> given, InstantSource.fixed(NOW));
    keys.fetch();
    keys.renew();
    assertThat(keys.current()).isEqualTo(given);
  }
}
