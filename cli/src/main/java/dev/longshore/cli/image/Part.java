package dev.longshore.cli.image;

import dev.longshore.wire.json.Json;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes of a file that are to be a blob.
 *
 * @param offset where in the file they begin
 */
record Part(Path file, long offset, long size, String digest, String mediaType) {
  /** The bytes of a file, which are read once to name them. */
  static Part of(Path file, long offset, long size, String mediaType) throws IOException {
    MessageDigest hash = sha256();
    try (InputStream in = new DigestInputStream(open(file, offset, size), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new Part(file, offset, size, named(hash), mediaType);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  static String named(MessageDigest hash) {
    return "sha256:" + HexFormat.of().formatHex(hash.digest());
  }

  static String digest(byte[] bytes) {
    MessageDigest hash = sha256();
    hash.update(bytes);
    return named(hash);
  }

  InputStream open() throws IOException {
    return open(file, offset, size);
  }

  static InputStream open(Path file, long offset, long size) throws IOException {
    return new Section(FileChannel.open(file).position(offset), size);
  }

  Json descriptor() {
    return descriptor(mediaType, digest, size);
  }

  static Json.Fields descriptor(String mediaType, String digest, long size) {
    return Json.fields()
        .with("mediaType", Json.of(mediaType))
        .with("digest", Json.of(digest))
        .with("size", Json.of(size));
  }

  /** So many bytes of a file, from where its channel stands. */
  private static final class Section extends FilterInputStream {
    private long left;

    Section(FileChannel channel, long size) {
      super(Channels.newInputStream(channel));
      left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(bytes, from, (int) Math.min(length, left));
      if (read < 0) {
        throw new IOException("the file is shorter than it was");
      }
      left -= read;
      return read;
    }
  }
}
