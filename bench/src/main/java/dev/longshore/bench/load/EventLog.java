package dev.longshore.bench.load;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.Event;
import dev.longshore.agent.docker.EventQuery;
import dev.longshore.agent.docker.Feed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the engine tells of the containers that have a label, one event after the other. */
final class EventLog implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ContainerEngine engine = DockerEngine.at(EngineAddress.STANDARD);
  private final Feed<Event> feed;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile boolean over;

  EventLog(String label) {
    feed = engine.events(EventQuery.containers(Instant.now(), List.of(label)));
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try {
      Optional<Event> event = feed.next();
      while (event.isPresent()) {
        events.add(event.get());
        event = feed.next();
      }
    } catch (DockerException e) {
      // The end of this log may cut an event in two.
      if (!over) {
        throw e;
      }
    }
  }

  /** Forgets what happened before. */
  void forget() {
    events.clear();
  }

  /**
   * Waits for the next event.
   *
   * @throws IOException nothing happens any more
   */
  Event next() throws IOException, InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new IOException("waited in vain for the engine's next event");
    }
    return event;
  }

  @Override
  public void close() {
    over = true;
    feed.close();
    engine.close();
  }
}
