package dev.longshore.bench.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Lets the kernel have free memory that a hypervisor has backed already. What is freed goes back to
 * the hypervisor within seconds, and memory that must first be had from it takes several times as
 * long to write as a disk does: that would be measured, the same for all, and nothing else.
 */
final class Scratch {
  private static final int MIB = 1 << 20;

  private Scratch() {}

  /** Writes a file of so many MiB, and deletes it before any of it is on the disk. */
  static void use(int mebibytes) throws IOException {
    Path file = Files.createTempFile("longshore-bench", "scratch");
    ByteBuffer bytes = Blob.noise().limit(MIB);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < mebibytes; i++) {
        bytes.rewind();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } finally {
      Files.delete(file);
    }
  }
}
