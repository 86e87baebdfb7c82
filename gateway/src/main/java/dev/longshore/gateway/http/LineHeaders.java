package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message as the lines that they came in. Looking at them makes no objects, and
 * what is not changed is written on as it is, in as few copies as changes leave runs of lines.
 */
final class LineHeaders extends HttpHeaders {
  /** What is noted of a line: where it starts, where its name ends, where its value is. */
  static final int PARTS = 4;

  private static final int GONE = -1;
  private static final int CASE = 0x20;

  /** Room for what a load balancer adds, so that few messages need more. */
  private static final int ADDED_BYTES = 256;

  private static final int ADDED_LINES = 6;

  private byte[] bytes;
  private int length;
  private int[] parts;
  private int count;

  /**
   * Copies lines.
   *
   * @param parts for each line the {@link #PARTS} places in {@code source}; each ends in CR LF
   */
  LineHeaders(byte[] source, int from, int to, int[] parts, int count) {
    this.length = to - from;
    this.bytes = new byte[length + ADDED_BYTES];
    System.arraycopy(source, from, bytes, 0, length);
    this.count = count;
    this.parts = new int[(count + ADDED_LINES) * PARTS];
    for (int i = 0; i < count * PARTS; i++) {
      this.parts[i] = parts[i] - from;
    }
  }

  /** Bytes that {@link #write} writes at most. */
  int writtenAtMost() {
    return length;
  }

  /** Writes all lines, each with its end. */
  void write(ByteBuf to) {
    int from = 0;
    for (int line = 0; line < count; line++) {
      if (isGone(line)) {
        to.writeBytes(bytes, from, start(line) - from);
        from = end(line);
      }
    }
    to.writeBytes(bytes, from, length - from);
  }

  private boolean isGone(int line) {
    return parts[line * PARTS + 1] == GONE;
  }

  private int start(int line) {
    return parts[line * PARTS];
  }

  private int end(int line) {
    return line + 1 < count ? start(line + 1) : length;
  }

  /** The first line with this name, from that one on; {@code count} where there is none. */
  private int find(CharSequence name, int from) {
    int line = from;
    while (line < count && !isNamed(line, name)) {
      line++;
    }
    return line;
  }

  private boolean isNamed(int line, CharSequence name) {
    int start = start(line);
    int size = name.length();
    if (parts[line * PARTS + 1] - start != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      int a = bytes[start + i];
      int b = name.charAt(i);
      boolean sameLetter = (a ^ b) == CASE && (a | CASE) >= 'a' && (a | CASE) <= 'z';
      if (a != b && !sameLetter) {
        return false;
      }
    }
    return true;
  }

  private AsciiString name(int line) {
    int start = start(line);
    return new AsciiString(bytes, start, parts[line * PARTS + 1] - start, false);
  }

  private AsciiString value(int line) {
    int from = parts[line * PARTS + 2];
    return new AsciiString(bytes, from, parts[line * PARTS + 3] - from, false);
  }

  private IntStream lines() {
    return IntStream.range(0, count).filter(line -> !isGone(line));
  }

  private IntStream lines(CharSequence name) {
    return lines().filter(line -> isNamed(line, name));
  }

  @Override
  public @Nullable String get(CharSequence name) {
    int line = find(name, 0);
    return line == count ? null : value(line).toString();
  }

  @Override
  public @Nullable String get(String name) {
    return get((CharSequence) name);
  }

  @Override
  public List<String> getAll(CharSequence name) {
    int first = find(name, 0);
    if (first == count) {
      return List.of();
    }
    return lines(name).mapToObj(line -> value(line).toString()).toList();
  }

  @Override
  public List<String> getAll(String name) {
    return getAll((CharSequence) name);
  }

  @Override
  public Iterator<? extends CharSequence> valueCharSequenceIterator(CharSequence name) {
    int first = find(name, 0);
    if (first == count) {
      return List.<CharSequence>of().iterator();
    }
    return lines(name).mapToObj(this::value).iterator();
  }

  @Override
  public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
    return find(name, 0) < count && super.containsValue(name, value, ignoreCase);
  }

  @Override
  public boolean contains(CharSequence name) {
    return find(name, 0) < count;
  }

  @Override
  public boolean contains(String name) {
    return contains((CharSequence) name);
  }

  @Override
  public HttpHeaders remove(CharSequence name) {
    for (int line = find(name, 0); line < count; line = find(name, line + 1)) {
      parts[line * PARTS + 1] = GONE;
    }
    return this;
  }

  @Override
  public HttpHeaders remove(String name) {
    return remove((CharSequence) name);
  }

  @Override
  public HttpHeaders clear() {
    length = 0;
    count = 0;
    return this;
  }

  /**
   * Adds a line.
   *
   * @throws IllegalArgumentException for a value that would end the line
   */
  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    CharSequence text = text(value);
    int room = name.length() + text.length() + 4;
    if (length + room > bytes.length) {
      bytes = Arrays.copyOf(bytes, length + room + ADDED_BYTES);
    }
    if (++count * PARTS > parts.length) {
      parts = Arrays.copyOf(parts, (count + ADDED_LINES) * PARTS);
    }
    int at = (count - 1) * PARTS;
    parts[at] = length;
    put(name);
    parts[at + 1] = length;
    bytes[length++] = ':';
    bytes[length++] = ' ';
    parts[at + 2] = length;
    put(text);
    parts[at + 3] = length;
    bytes[length++] = '\r';
    bytes[length++] = '\n';
    return this;
  }

  private static CharSequence text(Object value) {
    CharSequence text =
        switch (value) {
          case CharSequence given -> given;
          case Date date -> DateFormatter.format(date);
          default -> value.toString();
        };
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c > 0xff || c == 0x7f) {
        throw new IllegalArgumentException("a header that would end its line");
      }
    }
    return text;
  }

  private void put(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  @Override
  public HttpHeaders add(String name, Object value) {
    return add((CharSequence) name, value);
  }

  @Override
  public HttpHeaders add(String name, Iterable<?> values) {
    values.forEach(each -> add((CharSequence) name, each));
    return this;
  }

  @Override
  public HttpHeaders addInt(CharSequence name, int value) {
    return add(name, (Object) value);
  }

  @Override
  public HttpHeaders addShort(CharSequence name, short value) {
    return add(name, (Object) value);
  }

  @Override
  public HttpHeaders set(CharSequence name, Object value) {
    return remove(name).add(name, value);
  }

  @Override
  public HttpHeaders set(String name, Object value) {
    return set((CharSequence) name, value);
  }

  @Override
  public HttpHeaders set(String name, Iterable<?> values) {
    return remove(name).add(name, values);
  }

  @Override
  public HttpHeaders setInt(CharSequence name, int value) {
    return set(name, (Object) value);
  }

  @Override
  public HttpHeaders setShort(CharSequence name, short value) {
    return set(name, (Object) value);
  }

  @Override
  public @Nullable Integer getInt(CharSequence name) {
    String value = get(name);
    return value == null ? null : Integer.valueOf(value);
  }

  @Override
  public int getInt(CharSequence name, int otherwise) {
    Integer value = getInt(name);
    return value == null ? otherwise : value;
  }

  @Override
  public @Nullable Short getShort(CharSequence name) {
    String value = get(name);
    return value == null ? null : Short.valueOf(value);
  }

  @Override
  public short getShort(CharSequence name, short otherwise) {
    Short value = getShort(name);
    return value == null ? otherwise : value;
  }

  @Override
  public @Nullable Long getTimeMillis(CharSequence name) {
    String value = get(name);
    Date date = value == null ? null : DateFormatter.parseHttpDate(value);
    return date == null ? null : date.toInstant().toEpochMilli();
  }

  @Override
  public long getTimeMillis(CharSequence name, long otherwise) {
    Long value = getTimeMillis(name);
    return value == null ? otherwise : value;
  }

  @Override
  public List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    lines().forEach(line -> all.add(Map.entry(name(line).toString(), value(line).toString())));
    return all;
  }

  @Override
  @SuppressWarnings("deprecation") // It is abstract all the same.
  public Iterator<Map.Entry<String, String>> iterator() {
    return entries().iterator();
  }

  @Override
  public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
    return lines()
        .mapToObj(line -> Map.<CharSequence, CharSequence>entry(name(line), value(line)))
        .iterator();
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public int size() {
    return (int) lines().count();
  }

  @Override
  public Set<String> names() {
    return lines()
        .mapToObj(line -> name(line).toString())
        .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
  }

  @Override
  public HttpHeaders copy() {
    return new LineHeaders(bytes, 0, length, parts, count);
  }
}
