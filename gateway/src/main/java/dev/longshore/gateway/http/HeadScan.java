package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ByteProcessor;

/**
 * Looks at each byte of a message's head before the decoder does, and refuses what parsers are
 * known to disagree about: lines that do not end in CR LF, folded lines, NUL. Reads every byte
 * once, however slowly they come.
 */
final class HeadScan implements ByteProcessor {
  private static final int MAX_EMPTY_LINES = 1;
  private static final String VERSION = "HTTP/";
  private static final int SPACES = 2;

  private final boolean requests;

  private boolean inHead = true;
  private int ahead;
  private byte last;
  private int lineLength;
  private int lines;
  private int emptyLines;
  private boolean ended;

  private boolean named;
  private int spaces;
  private int versionLength;

  /**
   * @param requests whether the heads are requests', whose first line is looked at closely, too
   */
  HeadScan(boolean requests) {
    this.requests = requests;
  }

  /** Whether bytes of a head are expected next, or some have come and its end has not. */
  boolean inHead() {
    return inHead;
  }

  /** Whether a message begins with the next byte. */
  boolean isBetween() {
    return inHead && !begun() && emptyLines == 0;
  }

  /** Whether part of a head has come. */
  boolean begun() {
    return inHead && (lines > 0 || lineLength > 0);
  }

  /** A message is over: what follows is a head again. */
  void next() {
    inHead = true;
    ended = false;
    ahead = 0;
    last = 0;
    lineLength = 0;
    lines = 0;
    emptyLines = 0;
    named = false;
    spaces = 0;
    versionLength = 0;
  }

  /**
   * Looks at what is new of a head. Then the decoder takes what it wants, and {@link #taken} says
   * how much that was.
   *
   * @throws DecoderException where the head is refused
   */
  void look(ByteBuf in) {
    if (!inHead) {
      return;
    }
    int from = in.readerIndex() + ahead;
    int length = in.writerIndex() - from;
    if (length <= 0) {
      return;
    }
    int stop = in.forEachByte(from, length, this);
    ahead = (stop < 0 ? in.writerIndex() : stop + 1) - in.readerIndex();
    if (stop >= 0 && !ended) {
      inHead = false;
      throw new DecoderException("a head that parsers could disagree about");
    }
    inHead = !ended;
  }

  void taken(int bytes) {
    ahead = Math.max(0, ahead - bytes);
  }

  /** Answers false to stop: at the head's end, and at what is refused. */
  @Override
  public boolean process(byte value) {
    if (value == '\n') {
      return last == '\r' && endLine(value);
    }
    if (last == '\r' || value == 0) {
      return false;
    }
    boolean folded = lineLength == 0 && (value == ' ' || value == '\t');
    if (folded || (lines == 0 && lineLength == 0 && value != '\r' && !isTokenStart(value))) {
      return false;
    }
    boolean sound = lines > 0 ? isField(value) : !requests || isRequestLine(value);
    last = value;
    lineLength++;
    return sound;
  }

  /** A name has no space in it or behind it. */
  private boolean isField(byte value) {
    if (value == ':' && lineLength > 0) {
      named = true;
    }
    return named || (value != ' ' && value != '\t' && value != ':');
  }

  /** Three words, a space between each two, the last of them a version in capitals. */
  private boolean isRequestLine(byte value) {
    if (value == '\r') {
      return true;
    }
    if (value == ' ') {
      return last != ' ' && ++spaces <= SPACES;
    }
    if (value == '\t') {
      return false;
    }
    boolean inVersion = spaces == SPACES && versionLength < VERSION.length();
    return !inVersion || VERSION.charAt(versionLength++) == value;
  }

  private boolean endLine(byte value) {
    boolean empty = lineLength == 1;
    last = value;
    lineLength = 0;
    if (!empty) {
      boolean whole = lines > 0 ? named : !requests || versionLength == VERSION.length();
      lines++;
      named = false;
      return whole;
    }
    if (lines == 0) {
      return ++emptyLines <= MAX_EMPTY_LINES;
    }
    ended = true;
    return false;
  }

  private static boolean isTokenStart(byte value) {
    return value > ' ' && value < 0x7f;
  }
}
