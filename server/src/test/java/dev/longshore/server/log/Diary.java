package dev.longshore.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The simplest replica: it writes down all the words it is given, in order. */
final class Diary implements Replica {
  private final List<String> words = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final CompletableFuture<Throwable> halt = new CompletableFuture<>();
  private long index = -1;

  /** Appends a word; it is written down when it is durable. */
  CompletableFuture<Long> write(Log log, String word) {
    return log.append(word.getBytes(UTF_8))
        .whenComplete((durable, failure) -> {
          if (failure == null) {
            note(durable, word, "wrote");
          } else {
            event("lost " + word);
          }
        });
  }

  /** Appends a word without caring when, or whether, it becomes durable. */
  void jot(Log log, String word) {
    CompletableFuture<Long> _ = write(log, word);
  }

  synchronized List<String> words() {
    return List.copyOf(words);
  }

  /** Everything that happened, in order: restore, entry, wrote, lost, leads, follows. */
  synchronized List<String> events() {
    return List.copyOf(events);
  }

  synchronized long index() {
    return index;
  }

  CompletableFuture<Throwable> halt() {
    return halt;
  }

  /** Waits until the words are as wanted. */
  synchronized void await(Predicate<List<String>> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!wanted.test(words)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("after 30 s the diary holds " + words.size() + " words");
      }
      wait(left);
    }
  }

  private synchronized void note(long next, String word, String how) {
    if (next <= index) {
      throw new IllegalStateException("index " + next + " after " + index);
    }
    index = next;
    words.add(word);
    event(how + " " + word);
  }

  private synchronized void event(String event) {
    events.add(event);
    notifyAll();
  }

  @Override
  public synchronized void restore(long restored, InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    words.clear();
    for (int left = in.readInt(); left > 0; left--) {
      words.add(new String(in.readNBytes(in.readInt()), UTF_8));
    }
    index = restored;
    event("restore " + words.size());
  }

  @Override
  public void entry(long next, byte[] bytes) {
    note(next, new String(bytes, UTF_8), "entry");
  }

  @Override
  public synchronized long save(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(words.size());
    for (String word : words) {
      byte[] bytes = word.getBytes(UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
    }
    data.flush();
    return index;
  }

  @Override
  public void leads(boolean leader) {
    event(leader ? "leads" : "follows");
  }

  @Override
  public void halted(Throwable cause) {
    halt.complete(cause);
  }
}
