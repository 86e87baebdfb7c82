package dev.longshore.server.balancing;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import dev.longshore.gateway.feed.FeedMessage.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has kept in rows what the data plane found, in its order, on a thread of its own. */
final class Teller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

  /** So many reports wait; more are left out, and made good when their group is looked at again. */
  private static final int MOST_WAITING = 100_000;

  private static final int AT_ONCE = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Something to be kept. */
  private sealed interface News {
    record Health(ReportTargetHealth.Found found) implements News {}

    record Listeners(ReportListeners.Report report) implements News {}

    record Followed(ReportFollowed.Report report) implements News {}
  }

  private final BlockingQueue<News> news = new LinkedBlockingQueue<>(MOST_WAITING);
  private final BalancingReports reports;
  private final Thread thread =
      Thread.ofVirtual().name("longshore-balancing-teller").unstarted(this::run);

  Teller(BalancingReports reports) {
    this.reports = reports;
  }

  void start() {
    thread.start();
  }

  void listeners(ReportListeners.Report report) {
    tell(new News.Listeners(report));
  }

  void followed(ReportFollowed.Report report) {
    tell(new News.Followed(report));
  }

  void health(Found found) {
    tell(
        new News.Health(
            new ReportTargetHealth.Found(
                found.targetGroupArn(),
                found.targetId(),
                found.port(),
                found.health().state().name().toLowerCase(Locale.ROOT),
                found.health().reason(),
                found.health().description())));
  }

  private void tell(News what) {
    if (!news.offer(what)) {
      LOG.warn("Too much is waiting to be kept; left out: {}", what);
    }
  }

  private void run() {
    List<News> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(news.take());
        news.drainTo(batch, AT_ONCE);
        keep(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("What the data plane finds is kept no more.", e);
    }
  }

  private void keep(List<News> batch) throws InterruptedException {
    List<ReportTargetHealth.Found> found = new ArrayList<>();
    for (News each : batch) {
      switch (each) {
        case News.Health health -> found.add(health.found());
        case News.Listeners listeners -> keep(reports.listeners(listeners.report()));
        case News.Followed followed -> keep(reports.followed(followed.report()));
      }
    }
    if (!found.isEmpty()) {
      keep(reports.health(new ReportTargetHealth.Report(List.copyOf(found))));
    }
  }

  private static void keep(CompletableFuture<Integer> report) throws InterruptedException {
    try {
      report.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever leads next compares everything.
      LOG.warn("What the data plane found was not kept: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
