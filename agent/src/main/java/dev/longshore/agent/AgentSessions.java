package dev.longshore.agent;

import dev.longshore.agent.link.AcsSession;
import dev.longshore.agent.link.ControlPlane;
import dev.longshore.agent.link.Endpoints;
import dev.longshore.agent.link.LinkConfig;
import dev.longshore.agent.link.StateReporter;
import dev.longshore.agent.link.TcsSession;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's two sessions and what goes over them. Before they are begun, and between two
 * connections, answers are dropped: whoever asked asks again.
 */
final class AgentSessions implements EffectRunner.Replies {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSessions.class);

  private final AgentHost host;
  private final LinkConfig link;
  private final ControlPlane controlPlane;
  private final StateReporter reporter;
  private final RuntimeHealth health;
  private final ExecutorService threads;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final AtomicBoolean healthDue = new AtomicBoolean();
  private volatile @Nullable AcsSession acs;
  private volatile @Nullable TcsSession tcs;
  private volatile boolean online;

  AgentSessions(
      AgentHost host,
      LinkConfig link,
      ControlPlane controlPlane,
      StateReporter reporter,
      RuntimeHealth health,
      ExecutorService threads) {
    this.host = host;
    this.link = link;
    this.controlPlane = controlPlane;
    this.reporter = reporter;
    this.health = health;
    this.threads = threads;
  }

  /** Connects for the instance, and stays connected. */
  void begin(String containerInstanceArn, AgentTelemetry telemetry, EffectRunner.Sink sink) {
    RandomGenerator random = new SecureRandom();
    Endpoints endpoints = new Endpoints(controlPlane, link, containerInstanceArn, host.clock());
    AcsSession work =
        new AcsSession(
            host.transport(),
            link,
            endpoints,
            containerInstanceArn,
            host.timing(),
            host.clock(),
            random,
            new Listener(sink));
    TcsSession publication =
        new TcsSession(
            host.transport(),
            link,
            endpoints,
            containerInstanceArn,
            host.timing(),
            host.clock(),
            random,
            telemetry);
    acs = work;
    tcs = publication;
    run("ACS", work::run);
    run("TCS", publication::run);
  }

  private interface Running {
    void run() throws InterruptedException;
  }

  private void run(String name, Running session) {
    threads.execute(() -> {
      try {
        session.run();
      } catch (InterruptedException e) {
        LOG.debug("{} ends", name);
      }
    });
  }

  /** Completes with the first connection. */
  CompletableFuture<Void> connected() {
    return connected;
  }

  boolean isOnline() {
    return online;
  }

  void end() {
    AcsSession work = acs;
    TcsSession publication = tcs;
    if (work != null) {
      work.stop();
    }
    if (publication != null) {
      publication.stop();
    }
  }

  @Override
  public void send(Effect.Acknowledge ack) {
    AcsSession session = acs;
    if (session != null) {
      session.send(ack);
    }
  }

  @Override
  public void send(Effect.AcknowledgeCredentials ack) {
    AcsSession session = acs;
    if (session != null) {
      session.send(ack);
    }
  }

  @Override
  public void send(Effect.VerifyStops verify) {
    AcsSession session = acs;
    if (session != null) {
      session.send(verify);
    }
  }

  @Override
  public void publishHealth() {
    TcsSession session = tcs;
    if (session != null && healthDue.compareAndSet(false, true)) {
      threads.execute(() -> {
        healthDue.set(false);
        session.publishHealth();
      });
    }
  }

  private final class Listener implements AcsSession.Listener {
    private final EffectRunner.Sink sink;

    Listener(EffectRunner.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void connected() {
      online = true;
      reporter.retryNow();
      AgentSessions.this.connected.complete(null);
    }

    @Override
    public void disconnected() {
      online = false;
    }

    @Override
    public void received(Event event) {
      try {
        sink.submit(event);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void heartbeat() {
      threads.execute(health::check);
    }
  }
}
