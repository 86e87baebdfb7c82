package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Caller.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords for the registry that say themselves whose they are and until when, under a MAC that
 * only this server can make. Nothing is kept about them, so they survive a restart.
 */
public final class RegistryTokens {
  /** How long a password is good. */
  public static final Duration LIFE = Duration.ofHours(12);

  private static final String FILE = "registry-key";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int LONGEST = 16_384;

  /** No part of a token. */
  private static final String[] NOTHING = {""};

  private static final String LOGIN = "login";

  private final SecretKeySpec key;

  /** What is to be thought of a password. */
  sealed interface Verdict {}

  /** It is this caller's. */
  record Holder(Caller caller) implements Verdict {}

  /** It was good once. */
  record Expired() implements Verdict {}

  /** It was not made here. */
  record Forged() implements Verdict {}

  private RegistryTokens(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Tokens under that key. */
  static RegistryTokens under(byte[] key) {
    return new RegistryTokens(key);
  }

  /** Tokens under the key that is kept in that directory; it is made if there is none yet. */
  public static RegistryTokens in(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      Path whole = directory.resolve(FILE + ".new");
      Files.deleteIfExists(whole);
      Files.createFile(
          whole,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(whole, fresh);
      Files.move(whole, file);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != KEY_BYTES) {
      throw new IOException(file + " does not hold a key of " + KEY_BYTES + " bytes.");
    }
    return new RegistryTokens(key);
  }

  /** A password that is good until that time. */
  String password(Caller caller, Instant until) {
    StringBuilder text = new StringBuilder(LOGIN);
    text.append('\n').append(until.getEpochSecond());
    text.append('\n').append(caller.accountId()).append('\n').append(caller.arn());
    Session session = caller.session();
    if (session != null) {
      text.append('\n').append(session.principalId());
      text.append('\n').append(session.issuedAt().getEpochSecond());
      text.append('\n').append(hidden(session.policies()));
      text.append('\n').append(hidden(session.policyArns()));
    }
    return sealed(text.toString());
  }

  /** A permit to read one layer of one repository until that time, which can stand in a URL. */
  String permit(String repository, String digest, Instant until) {
    return sealed("layer\n" + until.getEpochSecond() + '\n' + repository + '\n' + digest);
  }

  Verdict verify(String password, Instant now) {
    String[] parts = opened(password);
    if (!parts[0].equals(LOGIN) || (parts.length != 4 && parts.length != 8)) {
      return new Forged();
    }
    return expired(parts, now) ? new Expired() : new Holder(holder(parts));
  }

  /** A session's password is bound by what binds the session. */
  private static Caller holder(String[] parts) {
    if (parts.length == 4) {
      return new Caller(parts[2], parts[3]);
    }
    Instant issuedAt = Instant.ofEpochSecond(Long.parseLong(parts[5]));
    return new Caller(
        parts[2], parts[3], new Session(parts[4], issuedAt, shown(parts[6]), shown(parts[7])));
  }

  private static String hidden(List<String> texts) {
    Base64.Encoder letters = Base64.getEncoder();
    return String.join(
        ",", texts.stream().map(text -> letters.encodeToString(text.getBytes(UTF_8))).toList());
  }

  private static List<String> shown(String hidden) {
    if (hidden.isEmpty()) {
      return List.of();
    }
    return Arrays.stream(hidden.split(",", -1))
        .map(text -> new String(Base64.getDecoder().decode(text), UTF_8))
        .toList();
  }

  boolean permits(String permit, String repository, String digest, Instant now) {
    String[] parts = opened(permit);
    return parts.length == 4
        && parts[0].equals("layer")
        && !expired(parts, now)
        && parts[2].equals(repository)
        && parts[3].equals(digest);
  }

  private static boolean expired(String[] parts, Instant now) {
    return now.getEpochSecond() >= Long.parseLong(parts[1]);
  }

  private String sealed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Base64.Encoder letters = Base64.getUrlEncoder().withoutPadding();
    return letters.encodeToString(bytes) + '.' + letters.encodeToString(mac(bytes));
  }

  /** The parts of a text sealed here; none where it was not. */
  private String[] opened(String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > LONGEST) {
      return NOTHING;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(0, dot).getBytes(US_ASCII));
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1).getBytes(US_ASCII));
      return MessageDigest.isEqual(mac, mac(bytes))
          ? new String(bytes, UTF_8).split("\n", -1)
          : NOTHING;
    } catch (IllegalArgumentException notBase64) {
      return NOTHING;
    }
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
    }
  }
}
