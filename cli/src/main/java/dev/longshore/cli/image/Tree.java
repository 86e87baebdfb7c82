package dev.longshore.cli.image;

import dev.longshore.agent.docker.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files of this machine and where in an image they are to stand. Equal files make equal layers. */
final class Tree {
  private static final int DIRECTORY_MODE = 0755;
  private static final int SHARED_MODE = 01777;

  private final Map<String, Path> sources = new TreeMap<>();

  /** Adds a directory's content below a path of the image; an empty path is its root. */
  Tree directory(String at, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Path below = directory.relativize(file);
        if (!below.toString().isEmpty()) {
          sources.put((at.isEmpty() ? "" : at + '/') + below, file);
        }
      }
    }
    return this;
  }

  /** Adds one file; what is a link of this machine is followed. */
  Tree file(String at, Path file) throws IOException {
    sources.put(at, file.toRealPath());
    return this;
  }

  void writeTo(TarWriter tar) throws IOException {
    Map<String, Boolean> directories = new TreeMap<>();
    for (String path : sources.keySet()) {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        directories.put(path.substring(0, slash), !sources.containsKey(path.substring(0, slash)));
      }
    }
    directories.putIfAbsent("tmp", !sources.containsKey("tmp"));
    for (Map.Entry<String, Boolean> each : directories.entrySet()) {
      if (each.getValue()) {
        tar.directory(each.getKey(), each.getKey().equals("tmp") ? SHARED_MODE : DIRECTORY_MODE);
      }
    }
    for (Map.Entry<String, Path> each : sources.entrySet()) {
      write(tar, each.getKey(), each.getValue());
    }
    tar.end();
  }

  private static void write(TarWriter tar, String path, Path source) throws IOException {
    if (Files.isSymbolicLink(source)) {
      tar.link(path, Files.readSymbolicLink(source).toString());
    } else if (Files.isDirectory(source)) {
      tar.directory(path, mode(source));
    } else if (Files.isRegularFile(source)) {
      tar.file(path, mode(source), Files.size(source), out -> Files.copy(source, out));
    } else {
      throw new IOException(source + " is neither file, directory nor link");
    }
  }

  private static int mode(Path source) throws IOException {
    Set<PosixFilePermission> set = Files.getPosixFilePermissions(source, LinkOption.NOFOLLOW_LINKS);
    int mode = 0;
    // They are declared as in rwxrwxrwx.
    for (PosixFilePermission each : PosixFilePermission.values()) {
      mode = mode << 1 | (set.contains(each) ? 1 : 0);
    }
    return mode;
  }
}
