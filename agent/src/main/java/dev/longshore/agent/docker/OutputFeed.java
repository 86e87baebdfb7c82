package dev.longshore.agent.docker;

import java.io.IOException;
import java.util.Optional;

/**
 * A process's output: plain bytes where it has a terminal, otherwise frames of eight bytes (which
 * stream, three zeros, length) and so many bytes of that stream.
 */
final class OutputFeed implements Attachment {
  /** Frames may be as long as their writer liked; they are handed on in pieces of this size. */
  private static final int PIECE = 64 * 1024;

  private static final int HEADER = 8;
  private static final int ERROR_STREAM = 2;

  private final Exchange exchange;
  private final BodyStream body;
  private final boolean terminal;
  private Output.Source source = Output.Source.OUT;
  private long left;

  OutputFeed(Exchange exchange, boolean terminal) {
    this.exchange = exchange;
    this.body = exchange.body();
    this.terminal = terminal;
  }

  @Override
  public Optional<Output> next() {
    try {
      if (terminal) {
        return piece(PIECE);
      }
      while (left == 0) {
        if (!header()) {
          return Optional.empty();
        }
      }
      var piece = piece(left);
      piece.ifPresent(taken -> left -= taken.bytes().length);
      return piece;
    } catch (IOException impossible) {
      throw new IllegalStateException("the body's own failures are no IOExceptions", impossible);
    }
  }

  private boolean header() throws IOException {
    var bytes = body.readNBytes(HEADER);
    if (bytes.length < HEADER) {
      return false;
    }
    source = bytes[0] == ERROR_STREAM ? Output.Source.ERROR : Output.Source.OUT;
    for (var i = 4; i < HEADER; i++) {
      left = (left << 8) | (bytes[i] & 0xff);
    }
    return true;
  }

  private Optional<Output> piece(long longest) {
    var buffer = new byte[(int) Math.min(longest, PIECE)];
    var count = body.read(buffer, 0, buffer.length);
    if (count < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Output(
            source, count == buffer.length ? buffer : java.util.Arrays.copyOf(buffer, count)));
  }

  @Override
  public void write(byte[] bytes) {
    try {
      exchange.carrier().writeRaw(bytes);
    } catch (InterruptedException e) {
      throw exchange.interrupted(e);
    } catch (IOException e) {
      throw DockerException.of(
          DockerException.Kind.UNREACHABLE, "the process takes no more input", e);
    }
  }

  @Override
  public void endInput() {
    exchange.carrier().endRaw();
  }

  @Override
  public void close() {
    body.close();
  }
}
