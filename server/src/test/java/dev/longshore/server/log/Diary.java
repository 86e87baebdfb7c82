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
import org.jspecify.annotations.Nullable;

/** The simplest replica: it writes down all the words it is given, in order. */
final class Diary implements Replica {
  private final List<String> words = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final CompletableFuture<Throwable> halt = new CompletableFuture<>();
  private Runnable onLead = () -> {};
  private @Nullable String refused;
  private boolean forgetful;
  private int saves;
  private long index = -1;

  /** What to do whenever this node begins to lead. */
  synchronized void onLead(Runnable action) {
    onLead = action;
  }

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

  /** From now on keeps no words, so that snapshots stay small. */
  synchronized void forgetful() {
    forgetful = true;
  }

  /** From now on throws when it is given that word. */
  synchronized void refuse(String word) {
    refused = word;
  }

  /** How many snapshots were taken. */
  synchronized int saves() {
    return saves;
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

  /** Waits until the diary is as wanted. */
  synchronized void await(Predicate<Diary> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!wanted.test(this)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("after 30 s: " + events);
      }
      wait(left);
    }
  }

  private synchronized void note(long next, String word, String how) {
    if (next <= index) {
      throw new IllegalStateException("index " + next + " after " + index);
    }
    if (word.equals(refused)) {
      throw new IllegalStateException("refused " + word);
    }
    index = next;
    if (!forgetful) {
      words.add(word);
      event(how + " " + word);
    }
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
    saves++;
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
  public synchronized void leads(boolean leader) {
    event(leader ? "leads" : "follows");
    if (leader) {
      onLead.run();
    }
  }

  @Override
  public void halted(Throwable cause) {
    halt.complete(cause);
  }
}
