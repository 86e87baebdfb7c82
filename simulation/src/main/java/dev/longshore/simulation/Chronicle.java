package dev.longshore.simulation;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happened, line by line, for whoever replays a seed; costs nothing when nobody reads. */
final class Chronicle {
  private final Agenda agenda;
  private final @Nullable Consumer<String> reader;

  Chronicle(Agenda agenda, @Nullable Consumer<String> reader) {
    this.agenda = agenda;
    this.reader = reader;
  }

  boolean isRead() {
    return reader != null;
  }

  void tell(Supplier<String> what) {
    if (reader != null) {
      reader.accept(String.format(Locale.ROOT, "%10.3f  ", agenda.elapsed() / 1000.0) + what.get());
    }
  }
}
