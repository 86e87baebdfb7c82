package dev.longshore.agent;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.link.Telemetry.RuntimeCheck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the container engine answers; checked at every heartbeat, told once per check. */
final class RuntimeHealth {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeHealth.class);

  private final ContainerEngine engine;
  private final InstantSource clock;
  private final AtomicReference<@Nullable RuntimeCheck> untold = new AtomicReference<>();
  private final AtomicReference<RuntimeCheck> last;

  RuntimeHealth(ContainerEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
    Instant now = clock.instant();
    last = new AtomicReference<>(new RuntimeCheck("INITIALIZING", now, now));
  }

  void check() {
    String status = "OK";
    try {
      engine.ping();
    } catch (DockerException e) {
      LOG.warn("the container engine does not answer: {}", e.getMessage());
      status = "IMPAIRED";
    }
    Instant now = clock.instant();
    String checked = status;
    untold.set(
        last.updateAndGet(before ->
            new RuntimeCheck(
                checked, now, before.status().equals(checked) ? before.changedAt() : now)));
  }

  Optional<RuntimeCheck> take() {
    return Optional.ofNullable(untold.getAndSet(null));
  }
}
