package dev.longshore.server.vault;

import static dev.longshore.core.operation.Vault.KEY_BYTES;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a vault. The first one seals, each of them opens what it once sealed. So a new key is
 * put in front of the old ones, which stay for as long as anything is sealed under them.
 *
 * <p>As text a key is a line: its id in eight hexadecimal digits, a space, and its {@value
 * dev.longshore.core.operation.Vault#KEY_BYTES} bytes in hexadecimal.
 */
public final class Keyring {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{8}) ([0-9a-f]{" + 2 * KEY_BYTES + "})");

  /** One key; its id stands in each envelope. */
  record Key(int id, SecretKeySpec key) {
    static Key of(int id, byte[] bytes) {
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException("A key has " + KEY_BYTES + " bytes.");
      }
      return new Key(id, new SecretKeySpec(bytes, "AES"));
    }

    @Override
    public String toString() {
      return HexFormat.of().toHexDigits(id);
    }
  }

  private final List<Key> keys;

  private Keyring(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** A keyring of one key. */
  static Keyring of(byte[] key) {
    return new Keyring(List.of(Key.of(0, key)));
  }

  /**
   * Reads keys, a line each; empty lines are skipped.
   *
   * @throws IllegalArgumentException a line is no key, an id stands twice, or there is no key
   */
  public static Keyring parse(List<String> lines) {
    List<Key> keys = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      var key = LINE.matcher(line.strip());
      if (!key.matches()) {
        throw new IllegalArgumentException(
            "Line " + (keys.size() + 1) + " is not an id and a key in hexadecimal.");
      }
      int id = HexFormat.fromHexDigits(key.group(1));
      if (keys.stream().anyMatch(other -> other.id() == id)) {
        throw new IllegalArgumentException("The id " + key.group(1) + " stands there twice.");
      }
      keys.add(Key.of(id, HexFormat.of().parseHex(key.group(2))));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("There is no key.");
    }
    return new Keyring(keys);
  }

  /** A new key as a line. */
  public static String fresh(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return HexFormat.of().toHexDigits(random.nextInt()) + ' ' + HexFormat.of().formatHex(key);
  }

  Key sealing() {
    return keys.getFirst();
  }

  @Nullable Key named(int id) {
    for (Key key : keys) {
      if (key.id() == id) {
        return key;
      }
    }
    return null;
  }

  /** The ids of the keys, never the keys. */
  @Override
  public String toString() {
    return "Keyring" + keys;
  }
}
