package dev.longshore.server.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stream that gives up where nothing comes for a while, whatever the whole of it may take. */
final class PatientStream extends FilterInputStream {
  private static final Executor THREADS = task -> Thread.ofVirtual().name("patient").start(task);

  private final Duration patience;

  PatientStream(InputStream in, Duration patience) {
    super(in);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(() -> readNow(into, from, most), THREADS);
    try {
      return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Ends the other thread's reading too.
      in.close();
      throw new IOException("Nothing came for " + patience.toSeconds() + " seconds.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UncheckedIOException failure
          ? failure.getCause()
          : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      in.close();
      throw new IOException("Interrupted while bytes were waited for.", e);
    }
  }

  private int readNow(byte[] into, int from, int most) {
    try {
      return in.read(into, from, most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
