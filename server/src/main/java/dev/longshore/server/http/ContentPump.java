package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a {@link Content} in pieces, a few at a time, as fast as the peer takes them. It runs on
 * the connection's event loop.
 */
final class ContentPump {
  private static final Logger LOG = LoggerFactory.getLogger(ContentPump.class);
  private static final int AHEAD = 4;

  /** What the kernel copies at once costs no memory, so its pieces are larger. */
  private static final int REGION = 1 << 20;

  private static final int COPY = 64 << 10;

  private final ChannelHandlerContext ctx;
  private final Content content;
  private final BiFunction<ByteBuf, Boolean, Object> frame;
  private final Runnable moved;
  private final Consumer<Boolean> done;
  private final @Nullable FileChannel file;
  private long at;
  private int waiting;
  private boolean ended;

  /**
   * @param regions whether this protocol can have the kernel copy a file
   * @param frame makes a message of bytes; told whether they are the last
   * @param moved called whenever the peer took a piece
   * @param done called once: true where all was sent
   */
  ContentPump(
      ChannelHandlerContext ctx,
      Content content,
      boolean regions,
      BiFunction<ByteBuf, Boolean, Object> frame,
      Runnable moved,
      Consumer<Boolean> done) {
    this.ctx = ctx;
    this.content = content;
    this.frame = frame;
    this.moved = moved;
    this.done = done;
    this.file = regions ? content.file() : null;
  }

  void start() {
    pump();
  }

  private void pump() {
    boolean wrote = false;
    while (!ended && waiting < AHEAD && at < content.length()) {
      if (!write()) {
        return;
      }
      wrote = true;
    }
    if (wrote) {
      ctx.flush();
    }
    if (waiting == 0 && at == content.length()) {
      end(true);
    }
  }

  private boolean write() {
    Object piece;
    long length = Math.min(file == null ? COPY : REGION, content.length() - at);
    try {
      piece = file == null ? copy((int) length) : new Region(file, content.offset() + at, length);
    } catch (IOException e) {
      LOG.error("A content cannot be read on", e);
      end(false);
      return false;
    }
    at += length;
    waiting++;
    ctx.write(piece)
        .addListener(outcome -> {
          waiting--;
          moved.run();
          if (!outcome.isSuccess()) {
            end(false);
          } else {
            pump();
          }
        });
    return true;
  }

  private Object copy(int length) throws IOException {
    ByteBuf bytes = ctx.alloc().buffer(length, length);
    try {
      content.read(at, bytes.internalNioBuffer(0, length));
      bytes.writerIndex(length);
      return frame.apply(bytes.retain(), at + length == content.length());
    } finally {
      bytes.release();
    }
  }

  /** Sends no more, where that has not come to an end by itself. */
  void stop() {
    end(false);
  }

  private void end(boolean whole) {
    if (ended) {
      return;
    }
    ended = true;
    close(content);
    done.accept(whole);
  }

  /** Closes a content; that it could not be closed is only worth a line in the log. */
  static void close(Content content) {
    try {
      content.close();
    } catch (IOException e) {
      LOG.warn("A content could not be closed", e);
    }
  }

  /** Netty's region would close the file with its first piece. */
  private static final class Region extends DefaultFileRegion {
    Region(FileChannel file, long position, long count) {
      super(file, position, count);
    }

    @Override
    protected void deallocate() {
      // The content closes its file.
    }
  }
}
