package dev.longshore.server.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import dev.longshore.gateway.feed.FeedJson;
import dev.longshore.gateway.feed.FeedMessage;
import dev.longshore.gateway.feed.FeedMessage.Applied;
import dev.longshore.gateway.feed.FeedMessage.Hello;
import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.gateway.route.Routes;
import dev.longshore.server.http.WebSocketConnection;
import dev.longshore.server.identity.PemCertificates;
import dev.longshore.server.metric.RecentMetrics;
import dev.longshore.server.vault.Keyring;
import dev.longshore.server.vault.SealingVault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One gateway is fed, and answers late. */
class FeedSessionTest {
  private final Inbox inbox = new Inbox();
  private final List<Long> sent = new ArrayList<>();
  private FeedSession session;

  /** A network that keeps what is sent. */
  private final class Wire implements WebSocketConnection {
    @Override
    public boolean send(String message) {
      FeedMessage read = FeedJson.read(message);
      assertThat(read).isInstanceOf(Update.class);
      sent.add(((Update) read).version());
      return true;
    }

    @Override
    public void close(int code, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public String remote() {
      return "here";
    }
  }

  @BeforeEach
  void connect() throws InterruptedException {
    Teller teller = new Teller(new Unheard());
    Keyring keys = Keyring.parse(List.of(Keyring.fresh(new SecureRandom())));
    Certificates none =
        new Certificates(
            new SealingVault(keys, new SecureRandom()),
            new CertificateFiles(Path.of("none"), new PemCertificates()));
    Meter meter = new Meter(new RecentMetrics(), InstantSource.system());
    session = new FeedSession(new DataPlane(new RouteBook(none), teller, meter), inbox);
    session.opened(new Wire());
    says(new Hello("one", Map.of()));
  }

  /** Nothing is found here. */
  private static final class Unheard implements BalancingReports {
    @Override
    public CompletableFuture<Integer> listeners(ReportListeners.Report report) {
      throw new AssertionError(report);
    }

    @Override
    public CompletableFuture<Integer> health(ReportTargetHealth.Report report) {
      throw new AssertionError(report);
    }

    @Override
    public CompletableFuture<Integer> followed(ReportFollowed.Report report) {
      throw new AssertionError(report);
    }
  }

  private void says(FeedMessage message) throws InterruptedException {
    session.text(FeedJson.write(message));
    inbox.take(committed -> {
      throw new AssertionError("nothing is committed here");
    });
  }

  private void offer(long version) {
    session.follow(new Offer(new Routes(version, List.of(), List.of()), null));
  }

  private void applied(long version) throws InterruptedException {
    says(new Applied(version, List.of(), ""));
  }

  @Test
  void a_switch_does_not_wait_for_the_answer_to_the_change_before() {
    offer(1);
    offer(2);
    assertThat(sent).containsExactly(1L, 2L);
  }

  @Test
  void a_gateway_that_is_slow_is_sent_the_newest_routes_only() throws InterruptedException {
    offer(1);
    offer(2);
    offer(3);
    offer(4);
    assertThat(sent).containsExactly(1L, 2L);
    applied(1);
    assertThat(sent).containsExactly(1L, 2L, 4L);
    applied(2);
    applied(4);
    assertThat(sent).containsExactly(1L, 2L, 4L);
  }

  @Test
  void answers_to_what_was_not_sent_get_a_gateway_no_more() throws InterruptedException {
    applied(1);
    applied(2);
    offer(1);
    offer(2);
    offer(3);
    assertThat(sent).containsExactly(1L, 2L);
  }
}
