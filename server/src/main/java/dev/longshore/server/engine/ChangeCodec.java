package dev.longshore.server.engine;

import static java.util.Objects.requireNonNull;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/**
 * The bytes of changes in the log and of a State in a snapshot: CBOR, an array of {@code kind, key,
 * row or null}. Strings that recur within an entry, names of components and ARNs above all, are
 * written once and referred to (CBOR's string references).
 */
final class ChangeCodec {
  private static final int SNAPSHOT_BATCH = 1_000;

  private final CBORFactory cbor = CBORFactory.builder().enable(CBORWriteFeature.STRINGREF).build();

  byte[] encode(Collection<Change<?>> changes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + 512 * changes.size());
    try (JsonGenerator out = cbor.createGenerator(ObjectWriteContext.empty(), bytes)) {
      out.writeStartArray();
      for (Change<?> change : changes) {
        write(out, change.kind(), change.key(), change.after());
      }
      out.writeEndArray();
    }
    return bytes.toByteArray();
  }

  /** Puts and removes in the draft what {@link #encode} wrote. */
  void apply(byte[] entry, Draft draft) {
    try (JsonParser in = cbor.createParser(ObjectReadContext.empty(), entry)) {
      applyArray(in, draft);
    }
  }

  /**
   * Writes every row: entries of some rows each, every entry after its length, so that neither the
   * string references nor the memory of one grow without bound. A length of 0 ends it.
   */
  void writeSnapshot(State state, OutputStream bytes) throws IOException {
    DataOutputStream out = new DataOutputStream(bytes);
    for (Kind<?> kind : state.kinds()) {
      writeTable(out, state, kind);
    }
    out.writeInt(0);
    out.flush();
  }

  private <R> void writeTable(DataOutputStream out, State state, Kind<R> kind) throws IOException {
    List<Change<?>> batch = new ArrayList<>();
    for (R row : state.all(kind)) {
      batch.add(new Change<>(kind, kind.keyOf(row), null, row));
      if (batch.size() == SNAPSHOT_BATCH) {
        writeBatch(out, batch);
      }
    }
    writeBatch(out, batch);
  }

  private void writeBatch(DataOutputStream out, List<Change<?>> batch) throws IOException {
    if (!batch.isEmpty()) {
      byte[] entry = encode(batch);
      out.writeInt(entry.length);
      out.write(entry);
      batch.clear();
    }
  }

  /** Reads what {@link #writeSnapshot} wrote. */
  State readSnapshot(State empty, InputStream bytes) throws IOException {
    DataInputStream in = new DataInputStream(bytes);
    State state = empty;
    for (int length = in.readInt(); length > 0; length = in.readInt()) {
      Draft draft = Draft.on(state);
      apply(in.readNBytes(length), draft);
      state = draft.state();
    }
    return state;
  }

  private static void write(JsonGenerator out, Kind<?> kind, String key, @Nullable Object row) {
    out.writeString(kind.name());
    out.writeString(key);
    if (row == null) {
      out.writeNull();
    } else {
      RowCodec.of(kind.type()).write(out, row);
    }
  }

  private static void applyArray(JsonParser in, Draft draft) {
    if (in.nextToken() != JsonToken.START_ARRAY) {
      throw new IllegalStateException("A log entry does not begin as one.");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String name = in.getString();
      String key = requireNonNull(in.nextStringValue());
      Kind<?> kind = draft.kind(name);
      if (kind == null) {
        throw new IllegalStateException(
            "The log holds rows of \"" + name + "\", which this program does not know.");
      }
      applyRow(in, draft, kind, key);
    }
  }

  private static <R> void applyRow(JsonParser in, Draft draft, Kind<R> kind, String key) {
    if (in.nextToken() == JsonToken.VALUE_NULL) {
      draft.remove(kind, key);
    } else {
      Object row = requireNonNull(RowCodec.of(kind.type()).read(in));
      draft.put(kind, kind.type().cast(row));
    }
  }
}
