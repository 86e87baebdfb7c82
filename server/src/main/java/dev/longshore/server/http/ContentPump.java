package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a {@link Content} in pieces, a few at a time, as fast as the peer takes them. It runs on
 * the connection's event loop; what is slow to read is read by threads of its own.
 */
final class ContentPump {
  private static final Logger LOG = LoggerFactory.getLogger(ContentPump.class);
  private static final int AHEAD = 4;

  /** What the kernel copies at once costs no memory, so its pieces are larger. */
  private static final int REGION = 1 << 20;

  private static final int COPY = 64 << 10;

  /** What another thread is asked for at once. */
  private static final int FETCH = 256 << 10;

  private final ChannelHandlerContext ctx;
  private final Content content;
  private final BiFunction<ByteBuf, Boolean, Object> frame;
  private final Runnable moved;
  private final Consumer<Boolean> done;
  private final @Nullable FileChannel file;
  private long at;
  private int waiting;
  private boolean ended;

  /** Whether another thread reads the next piece; the content is closed after that. */
  private boolean fetching;

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
    while (!ended && !fetching && waiting < AHEAD && at < content.length()) {
      if (file == null && content.slow()) {
        fetch();
        break;
      }
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
    send(piece, length);
    return true;
  }

  private void send(Object piece, long length) {
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
  }

  /** Has the next piece read by another thread, to be sent by this one. */
  private void fetch() {
    fetching = true;
    int length = (int) Math.min(FETCH, content.length() - at);
    ByteBuf bytes = ctx.alloc().buffer(length, length);
    long from = at;
    Thread.ofVirtual()
        .name("content")
        .start(() -> {
          IOException failure = null;
          try {
            content.read(from, bytes.internalNioBuffer(0, length));
          } catch (IOException e) {
            failure = e;
          } catch (RuntimeException e) {
            failure = new IOException(e);
          }
          hand(bytes, length, failure);
        });
  }

  private void hand(ByteBuf bytes, int length, @Nullable IOException failure) {
    try {
      ctx.executor().execute(() -> fetched(bytes, length, failure));
    } catch (RejectedExecutionException e) {
      // The server has ended, and with it the connection.
      bytes.release();
      close(content);
    }
  }

  private void fetched(ByteBuf bytes, int length, @Nullable IOException failure) {
    fetching = false;
    if (ended) {
      bytes.release();
      close(content);
    } else if (failure != null) {
      bytes.release();
      LOG.error("A content cannot be read on", failure);
      end(false);
    } else {
      bytes.writerIndex(length);
      send(frame.apply(bytes, at + length == content.length()), length);
      ctx.flush();
      pump();
    }
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
    if (!fetching) {
      close(content);
    }
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
