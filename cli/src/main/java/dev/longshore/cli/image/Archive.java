package dev.longshore.cli.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a tar file which files stand: ustar, with the long names of pax and of GNU. Nothing is
 * unpacked.
 */
final class Archive {
  private static final int BLOCK = 512;
  private static final Pattern SUM = Pattern.compile(" *[0-7]{1,7} *");
  private static final int LONGEST_RECORD = 1 << 20;
  private static final int MOST_FILES = 100_000;
  private static final int LARGEST_DOCUMENT = 4 << 20;

  private final Path path;
  private final Map<String, Section> files = new LinkedHashMap<>();
  private final Map<String, String> links = new HashMap<>();

  /** A file's bytes within the archive. */
  record Section(long offset, long size) {}

  private Archive(Path path) {
    this.path = path;
  }

  /**
   * Reads the headers.
   *
   * @throws IOException also where it is no tar file
   */
  static Archive open(Path path) throws IOException {
    Archive archive = new Archive(path);
    try (FileChannel channel = FileChannel.open(path)) {
      archive.index(channel);
    }
    return archive;
  }

  private void index(FileChannel channel) throws IOException {
    Map<String, String> more = new HashMap<>();
    ByteBuffer header = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at + BLOCK <= channel.size(); ) {
      read(channel, at, header);
      if (header.get(0) == 0) {
        return;
      }
      checkSum(header);
      String named = more.get("path");
      String target = more.getOrDefault("linkpath", text(header, 157, 100));
      String longSize = more.get("size");
      long size = longSize == null ? octal(header) : number(longSize);
      long data = at + BLOCK;
      if (size < 0 || size > channel.size() - data) {
        throw new IOException(path + " ends in the middle of a file");
      }
      byte type = header.get(156);
      switch (type) {
        case 'x' -> records(channel, data, size, more);
        case 'L' -> more.put("path", longName(channel, data, size));
        case 'K' -> more.put("linkpath", longName(channel, data, size));
        default -> {
          add(named == null ? name(header) : named, type, target, new Section(data, size));
          more.clear();
        }
      }
      at = data + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
  }

  private void add(String name, byte type, String target, Section section) throws IOException {
    if (files.size() + links.size() >= MOST_FILES) {
      throw new IOException(path + " has more than " + MOST_FILES + " files");
    }
    String plain = name.startsWith("./") ? name.substring(2) : name;
    if (type == '0' || type == 0) {
      files.put(plain, section);
    } else if (type == '1') {
      links.put(plain, target);
    } else if (type == '2') {
      Path at = Path.of("/" + plain).resolveSibling(target).normalize();
      links.put(plain, at.toString().substring(1));
    }
  }

  private static void read(FileChannel channel, long at, ByteBuffer into) throws IOException {
    into.clear();
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        throw new IOException("the archive ends in the middle of a file");
      }
    }
  }

  private void checkSum(ByteBuffer header) throws IOException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header.get(i) & 0xff;
    }
    if (!SUM.matcher(text(header, 148, 8)).matches()
        || Integer.parseInt(text(header, 148, 8).strip(), 8) != sum) {
      throw new IOException(path + " is no tar archive");
    }
  }

  private static String text(ByteBuffer header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - offset];
    header.get(offset, bytes);
    return new String(bytes, UTF_8);
  }

  private static String name(ByteBuffer header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    boolean ustar = text(header, 257, 6).equals("ustar");
    return ustar && !prefix.isEmpty() ? prefix + '/' + name : name;
  }

  private static long octal(ByteBuffer header) throws IOException {
    if ((header.get(124) & 0x80) != 0) {
      // GNU writes large sizes as binary numbers.
      return header.getLong(128);
    }
    try {
      String digits = text(header, 124, 12).strip();
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a size in the archive is none", e);
    }
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("a size in the archive is none", e);
    }
  }

  private static byte[] bytes(FileChannel channel, long at, long size) throws IOException {
    if (size > LONGEST_RECORD) {
      throw new IOException("a name in the archive is too long");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    read(channel, at, bytes);
    return bytes.array();
  }

  private static String longName(FileChannel channel, long at, long size) throws IOException {
    String name = new String(bytes(channel, at, size), UTF_8);
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  /** Lines that begin with their own length in bytes: {@code 12 path=a/b\n}. */
  private static void records(FileChannel channel, long at, long size, Map<String, String> into)
      throws IOException {
    byte[] all = bytes(channel, at, size);
    for (int from = 0; from < all.length; ) {
      int blank = from;
      while (blank < all.length && all[blank] != ' ') {
        blank++;
      }
      long length = number(new String(all, from, blank - from, UTF_8));
      if (length <= blank - from + 1 || length > all.length - from) {
        throw new IOException("a record in the archive is damaged");
      }
      int end = from + (int) length;
      String record = new String(all, blank + 1, end - blank - 2, UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        into.put(record.substring(0, equals), record.substring(equals + 1));
      }
      from = end;
    }
  }

  /** Where a file stands, links followed; null where there is none. */
  @Nullable Section find(String name) {
    String at = name;
    for (int hops = 0; links.containsKey(at) && hops < 16; hops++) {
      at = links.get(at);
    }
    return files.get(at);
  }

  /** A file that is to be a blob. */
  Part part(String name, String mediaType) throws IOException {
    Section section = section(name);
    return Part.of(path, section.offset(), section.size(), mediaType);
  }

  private Section section(String name) throws IOException {
    Section section = find(name);
    if (section == null) {
      throw new IOException(path + " has no file " + name);
    }
    return section;
  }

  /** The first bytes of a file. */
  byte[] start(String name, int count) throws IOException {
    Section section = section(name);
    try (FileChannel channel = FileChannel.open(path)) {
      return bytes(channel, section.offset(), Math.min(count, section.size()));
    }
  }

  byte[] document(String name) throws IOException {
    Section section = section(name);
    if (section.size() > LARGEST_DOCUMENT) {
      throw new IOException(name + " in " + path + " is too large");
    }
    try (var in = Part.open(path, section.offset(), section.size())) {
      return in.readAllBytes();
    }
  }

  Json json(String name) throws IOException {
    return Json.parse(new String(document(name), UTF_8));
  }
}
