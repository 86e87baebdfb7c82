package dev.longshore.agent.docker;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts an upload into chunks, each of which is sent before the next is filled. */
final class UploadStream extends OutputStream {
  private static final int CHUNK = 64 * 1024;

  private final Exchange exchange;
  private final Connection connection;
  private final byte[] buffer = new byte[CHUNK];
  private int filled;
  private boolean refused;

  UploadStream(Exchange exchange) {
    this.exchange = exchange;
    this.connection = exchange.carrier();
  }

  /** Whether it was the engine that stopped the upload, not the upload's own source. */
  boolean refused() {
    return refused;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    var done = 0;
    while (done < length) {
      var count = Math.min(length - done, CHUNK - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, count);
      filled += count;
      done += count;
      if (filled == CHUNK) {
        send();
      }
    }
  }

  /** Says that the upload is whole. An upload that failed must not say so, hence not in close. */
  void finish() throws IOException {
    if (filled > 0) {
      send();
    }
    sending(connection::endUpload);
  }

  private void send() throws IOException {
    var length = filled;
    filled = 0;
    sending(() -> connection.writeUpload(buffer, length));
  }

  private interface Sending {
    void run() throws IOException, InterruptedException;
  }

  private void sending(Sending piece) throws IOException {
    try {
      piece.run();
    } catch (InterruptedException e) {
      throw exchange.interrupted(e);
    } catch (IOException e) {
      refused = true;
      throw e;
    }
  }
}
