package dev.longshore.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.operation.BrokenSealException;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Vault;
import dev.longshore.shapes.Blob;
import java.util.Arrays;

/**
 * A vault for tests that has no ciphers: it writes the place in front, and turns each bit of the
 * value, so that a value left in the plain is noticed.
 */
public final class OpenVault implements Vault {
  private final Ids ids = Ids.seeded(7);
  private final String name;

  public OpenVault() {
    this("vault");
  }

  private OpenVault(String name) {
    this.name = name;
  }

  @Override
  public Blob seal(byte[] plain, String boundTo) {
    byte[] front = front(boundTo);
    byte[] sealed = Arrays.copyOf(front, front.length + plain.length);
    for (int at = 0; at < plain.length; at++) {
      sealed[front.length + at] = (byte) ~plain[at];
    }
    return Blob.of(sealed);
  }

  @Override
  public byte[] open(Blob sealed, String boundTo) {
    byte[] front = front(boundTo);
    byte[] bytes = sealed.toBytes();
    if (!Arrays.equals(front, Arrays.copyOf(bytes, front.length))) {
      throw new BrokenSealException("Sealed for another place.");
    }
    byte[] plain = Arrays.copyOfRange(bytes, front.length, bytes.length);
    for (int at = 0; at < plain.length; at++) {
      plain[at] = (byte) ~plain[at];
    }
    return plain;
  }

  private byte[] front(String boundTo) {
    return (name + ' ' + boundTo + '\n').getBytes(UTF_8);
  }

  @Override
  public byte[] random(int count) {
    byte[] bytes = new byte[count];
    for (int at = 0; at < count; at++) {
      bytes[at] = (byte) ids.bits();
    }
    return bytes;
  }

  @Override
  public Vault under(byte[] key) {
    return new OpenVault("key " + Arrays.hashCode(key));
  }
}
