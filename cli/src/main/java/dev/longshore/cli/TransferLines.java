package dev.longshore.cli;

import dev.longshore.cli.image.Transfer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongConsumer;

/** A line for each transfer, which on a terminal shows a bar while it lasts. */
final class TransferLines implements Transfer {
  private static final String ERASE = "\r\u001b[K";
  private static final long BEAT_NANOS = 100_000_000;
  private static final int BAR = 30;
  private static final int SHORT = 19;

  private final PrintWriter out;
  private final boolean live = Boolean.getBoolean("longshore.terminal");
  private String what = "";
  private long size;

  TransferLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public LongConsumer begin(String of, long bytes) {
    // Of a digest its beginning is enough to tell it from the others.
    what = of.startsWith("sha256:") ? of.substring(0, SHORT) : of;
    size = bytes;
    long[] last = {System.nanoTime()};
    return done -> {
      if (live && System.nanoTime() - last[0] > BEAT_NANOS) {
        last[0] = System.nanoTime();
        out.print(ERASE + "  ..  " + what + ' ' + bar(done) + ' ' + size(done));
        out.flush();
      }
    };
  }

  private String bar(long done) {
    if (size <= 0) {
      return "";
    }
    int filled = (int) (BAR * Math.min(done, size) / size);
    return '[' + "#".repeat(filled) + " ".repeat(BAR - filled) + ']';
  }

  @Override
  public void end(String outcome) {
    String bytes = size < 0 ? "" : ", " + size(size);
    out.println((live ? ERASE : "") + "  ok  " + what + ' ' + outcome + bytes);
    out.flush();
  }

  /** Bytes as people read them: {@code 12.3 MB}. */
  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
