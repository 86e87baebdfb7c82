package dev.longshore.server.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class RaftLogTest {
  private static final AtomicInteger MADE = new AtomicInteger();
  // Ratis takes up to a second to close; tests that need nothing any more do not wait for it.
  private static final List<Thread> CLOSING = new ArrayList<>();

  @TempDir static Path directory = Path.of("");

  @AfterAll
  static void awaitClosing() throws InterruptedException {
    for (Thread thread : CLOSING) {
      thread.join();
    }
  }

  private static void closeLater(Log log) {
    CLOSING.add(Thread.ofPlatform().start(log::close));
  }

  private static Path fresh() {
    return directory.resolve("log-" + MADE.incrementAndGet());
  }

  @Nested
  class Contract extends LogContract {
    private Path path = fresh();

    @Override
    Log empty() {
      path = fresh();
      return new RaftLog(RaftLogConfig.alone(path));
    }

    @Override
    Log reopened(Log closed) {
      return new RaftLog(RaftLogConfig.alone(path));
    }

    @Override
    void discard(Log log) {
      closeLater(log);
    }
  }
}
