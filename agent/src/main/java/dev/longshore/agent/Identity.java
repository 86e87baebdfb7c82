package dev.longshore.agent;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Who the instance is, kept in a file of its own beside the journal.
 *
 * @param cluster as configured at the first registration
 * @param containerInstanceArn empty before that
 * @param label the value of the label by which the agent knows its containers
 */
record Identity(String cluster, String containerInstanceArn, String label) {
  /** The label's name. */
  static final String LABEL = "dev.longshore.agent";

  private static final String FILE = "agent.identity";

  /** The identity kept in the directory, or a fresh one with the given label. */
  static Identity read(Path directory, String label) throws IOException {
    Path file = directory.resolve(FILE);
    return Files.exists(file)
        ? RecordJson.read(Json.parse(Files.readString(file)), Identity.class)
        : new Identity("", "", label);
  }

  void write(Path directory) throws IOException {
    Path next = directory.resolve(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(RecordJson.write(this).write());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        next,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
