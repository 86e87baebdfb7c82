package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * How blobs stand in files: as they are, or sealed. A sealed file's name says so, for a blob may
 * begin with any bytes; so files of both kinds can stand side by side.
 */
public final class BlobFiles {
  /** Files as they are. */
  public static final BlobFiles PLAIN = new BlobFiles(null, false);

  static final String SUFFIX = ".sealed";

  private final @Nullable MasterKey key;
  private final boolean seal;

  private BlobFiles(@Nullable MasterKey key, boolean seal) {
    this.key = key;
    this.seal = seal;
  }

  /** New blobs are sealed. */
  public static BlobFiles sealed(MasterKey key) {
    return new BlobFiles(key, true);
  }

  /** New blobs are not sealed; those sealed earlier can be read. */
  public static BlobFiles opening(MasterKey key) {
    return new BlobFiles(key, false);
  }

  /** The end of new files' names. */
  String suffix() {
    return seal ? SUFFIX : "";
  }

  private static boolean isSealed(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  private MasterKey key(Path file) throws IOException {
    return key(file.toString());
  }

  /** The key for what is called so. */
  MasterKey key(String name) throws IOException {
    if (key == null) {
      throw new IOException(name + " is sealed, and there is no master key.");
    }
    return key;
  }

  /** A new file. */
  BlobFile create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return isSealed(file) ? SealedFile.create(channel, key(file)) : new PlainFile(channel, 0);
  }

  /** A file to go on with, of which so many bytes count. */
  BlobFile append(Path file, long size) throws IOException {
    return open(
        file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), size);
  }

  /** A file to read. */
  BlobFile read(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    return open(file, channel, size(file, channel.size()));
  }

  private BlobFile open(Path file, FileChannel channel, long size) throws IOException {
    if (!isSealed(file)) {
      return new PlainFile(channel, size);
    }
    try {
      return SealedFile.open(channel, key(file), size);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** How many bytes of a blob a file has. */
  static long size(Path file) throws IOException {
    return size(file, Files.size(file));
  }

  private static long size(Path file, long length) {
    return isSealed(file) ? Seal.size(length) : length;
  }
}
