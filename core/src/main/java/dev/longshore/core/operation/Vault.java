package dev.longshore.core.operation;

import dev.longshore.shapes.Blob;

/**
 * Seals what may stand in rows, and so in the log and its snapshots, but may not be read there. The
 * key is kept outside of them. A sealed value belongs to one place: opened as another's it is
 * refused, so nobody who can write rows can move a secret to where they may read it.
 *
 * <p>May be used on any thread and does not block.
 */
public interface Vault {
  /**
   * Seals bytes. The same bytes never look the same twice.
   *
   * @param boundTo the place that the value belongs to, for example the row's table and key; not
   *     secret, and needed again to open it
   */
  Blob seal(byte[] plain, String boundTo);

  /**
   * What was sealed.
   *
   * @throws BrokenSealException it was sealed by another vault or for another place, or was changed
   */
  byte[] open(Blob sealed, String boundTo);

  /** Bytes that nobody can guess: for keys and passwords. */
  byte[] random(int count);

  /**
   * A vault that seals under a key of its own, as keys of the key management service do.
   *
   * @param key {@link #KEY_BYTES} bytes
   */
  Vault under(byte[] key);

  /** Bytes of a key. */
  int KEY_BYTES = 32;
}
