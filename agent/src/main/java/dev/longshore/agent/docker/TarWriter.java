package dev.longshore.agent.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes a tar archive in the ustar format: 512-byte headers and blocks; what does not fit a header
 * stands in a pax record before it. Owner, group and time are always zero, so that equal files make
 * equal archives.
 */
public final class TarWriter {
  private static final int BLOCK = 512;

  /** A header has eleven octal digits for a size. */
  private static final long LARGEST = (1L << 33) - 1;

  // Where the fields of a header begin, and how long they are.
  private static final Field NAME = new Field(0, 100);
  private static final Field MODE = new Field(100, 8);
  private static final Field USER = new Field(108, 8);
  private static final Field GROUP = new Field(116, 8);
  private static final Field SIZE = new Field(124, 12);
  private static final Field TIME = new Field(136, 12);
  private static final Field CHECKSUM = new Field(148, 8);
  private static final Field TYPE = new Field(156, 1);
  private static final Field LINK = new Field(157, 100);
  private static final Field MAGIC = new Field(257, 8);
  private static final Field PREFIX = new Field(345, 155);

  /** A field of a header. */
  private record Field(int offset, int length) {
    void text(byte[] header, String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > length) {
        throw new IllegalArgumentException("too long for a tar archive: " + text);
      }
      System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    void octal(byte[] header, long number) {
      text(header, String.format(Locale.ROOT, "%0" + (length - 1) + "o", number));
    }
  }

  private final OutputStream out;

  /** Writes to a stream, which it does not close. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a directory with permission bits such as 0755. */
  public void directory(String path, int mode) throws IOException {
    header(path + "/", mode, 0, '5', "");
  }

  /** Writes a symbolic link. */
  public void link(String path, String target) throws IOException {
    header(path, 0777, 0, '2', target);
  }

  /** Writes a file of exactly so many bytes, which the content writes. */
  public void file(String path, int mode, long size, Upload content) throws IOException {
    header(path, mode, size, '0', "");
    var counted = new CountingStream(out);
    content.writeTo(counted);
    if (counted.count() != size) {
      throw new IOException(path + " has " + counted.count() + " bytes, not " + size);
    }
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  /** Two empty blocks end an archive. */
  public void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private void header(String path, int mode, long size, char type, String target)
      throws IOException {
    var records = records(path, size, target);
    if (!records.isEmpty()) {
      var bytes = records.getBytes(StandardCharsets.UTF_8);
      header("pax", 0644, bytes.length, 'x', "");
      out.write(bytes);
      out.write(new byte[-bytes.length & (BLOCK - 1)]);
    }
    var header = new byte[BLOCK];
    var cut = cut(path);
    var fits = !records.contains(" path=");
    PREFIX.text(header, fits && cut >= 0 ? path.substring(0, cut) : "");
    NAME.text(header, fits ? path.substring(cut + 1) : shortened(path));
    MODE.octal(header, mode);
    USER.octal(header, 0);
    GROUP.octal(header, 0);
    SIZE.octal(header, size > LARGEST ? 0 : size);
    TIME.octal(header, 0);
    TYPE.text(header, String.valueOf(type));
    LINK.text(header, shortened(target));
    MAGIC.text(header, "ustar\0" + "00");
    // The checksum is taken with its own field full of blanks.
    Arrays.fill(header, CHECKSUM.offset, CHECKSUM.offset + CHECKSUM.length, (byte) ' ');
    var sum = 0;
    for (var b : header) {
      sum += b & 0xff;
    }
    CHECKSUM.text(header, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.write(header);
  }

  /** What the header cannot say, as pax has it: lines that begin with their own length. */
  private static String records(String path, long size, String target) {
    var cut = cut(path);
    var records = new StringBuilder();
    if (bytes(path.substring(cut + 1)) > NAME.length
        || (cut > 0 && bytes(path.substring(0, cut)) > PREFIX.length)) {
      records.append(record("path", path));
    }
    if (bytes(target) > LINK.length) {
      records.append(record("linkpath", target));
    }
    return size > LARGEST ? records + record("size", Long.toString(size)) : records.toString();
  }

  private static String record(String key, String value) {
    var rest = " " + key + "=" + value + "\n";
    var length = bytes(rest) + 1;
    while (bytes(length + rest) != length) {
      length++;
    }
    return length + rest;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** For readers that know no pax records: what fits. */
  private static String shortened(String path) {
    var end = path.length();
    while (bytes(path.substring(0, end)) > NAME.length) {
      end--;
    }
    return path.substring(0, end);
  }

  /** The slash that divides a long path into prefix and name, or -1 for a short one. */
  private static int cut(String path) {
    if (path.getBytes(StandardCharsets.UTF_8).length <= NAME.length) {
      return -1;
    }
    return path.lastIndexOf('/', Math.min(PREFIX.length, path.length() - 2));
  }

  /** Counts what passes. */
  static final class CountingStream extends OutputStream {
    private final OutputStream out;
    private long count;

    CountingStream(OutputStream out) {
      this.out = out;
    }

    long count() {
      return count;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
