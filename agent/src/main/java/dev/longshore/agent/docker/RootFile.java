package dev.longshore.agent.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something in an image's root file system; paths are without a leading slash. */
public sealed interface RootFile {
  String path();

  /** A file with permission bits such as 0755; its content is written whenever it is needed. */
  record Plain(String path, int mode, long size, Upload content) implements RootFile {}

  /** A directory; those above a file need not be named. */
  record Directory(String path, int mode) implements RootFile {}

  /** A symbolic link. */
  record Link(String path, String target) implements RootFile {}

  /** A copy of a file of this machine, which must not change while the archive is in use. */
  static RootFile copy(String path, int mode, Path source) throws IOException {
    return new Plain(path, mode, Files.size(source), out -> Files.copy(source, out));
  }

  static RootFile text(String path, int mode, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Plain(path, mode, bytes.length, out -> out.write(bytes));
  }

  static RootFile link(String path, String target) {
    return new Link(path, target);
  }
}
