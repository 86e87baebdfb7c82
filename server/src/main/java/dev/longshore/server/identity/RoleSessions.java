package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.server.api.Principal;
import dev.longshore.wire.signature.Credentials;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Issues and recognises the temporary keys of roles, and keeps none of them: the session token says
 * whose keys they are and until when, under a keyed hash that only the holder of the master key can
 * make; key id and secret are derived from it. So keys outlive a restart of the server, and a
 * forged token is an unknown key. What was issued ends at its expiration and cannot be revoked
 * before.
 */
public final class RoleSessions {
  /** The first byte of a token: of a role that a task has, and of one that it is started with. */
  private static final byte TASK = 1;

  private static final byte STARTER = 2;
  private static final int TIME_BYTES = Long.BYTES;
  private static final int HASH_BYTES = 32;
  private static final int SECRET_BYTES = 30;
  private static final int KEY_ID_LETTERS = 16;
  private static final int ROLE_ID_LETTERS = 17;

  /** Longer tokens are none of ours: a principal's name is far below two thousand bytes. */
  private static final int MOST_LETTERS = 4096;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final SecretKeySpec master;
  private final Place place;

  /**
   * @param master at least 32 random bytes; who knows them can be every role
   */
  public RoleSessions(byte[] master, Place place) {
    if (master.length < HASH_BYTES) {
      throw new IllegalArgumentException("The master key is too short: " + master.length);
    }
    this.master = new SecretKeySpec(master, "HmacSHA256");
    this.place = place;
  }

  /** The ARN of a role that is named by its ARN, or by its name within this account. */
  public String roleArn(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : "arn:" + place.partition() + ":iam::" + place.accountId() + ":role/" + nameOrArn;
  }

  /**
   * Keys for a session of that role.
   *
   * @param roleArn may have a path, which the session's ARN leaves out, as AWS's does
   * @param sessionName names the session in its ARN; for a task its id
   */
  public Credentials issue(String roleArn, String sessionName, Instant expiration) {
    return issue(TASK, roleArn, sessionName, expiration);
  }

  /** The same for an execution role: agents use its keys to start the task. */
  public Credentials issueToStart(String roleArn, String sessionName, Instant expiration) {
    return issue(STARTER, roleArn, sessionName, expiration);
  }

  private Credentials issue(byte kind, String roleArn, String sessionName, Instant expiration) {
    String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String arn =
        "arn:"
            + place.partition()
            + ":sts::"
            + place.accountId()
            + ":assumed-role/"
            + role
            + '/'
            + sessionName;
    byte[] name = arn.getBytes(UTF_8);
    byte[] claim =
        ByteBuffer.allocate(1 + TIME_BYTES + name.length)
            .put(kind)
            .putLong(expiration.getEpochSecond())
            .put(name)
            .array();
    return credentials(claim);
  }

  private Credentials credentials(byte[] claim) {
    byte[] proof = hash("token", claim);
    byte[] token = ByteBuffer.allocate(claim.length + HASH_BYTES).put(claim).put(proof).array();
    return new Credentials(
        "ASIA" + letters(hash("key id", claim), KEY_ID_LETTERS),
        Base64.getEncoder().encodeToString(Arrays.copyOf(hash("secret", claim), SECRET_BYTES)),
        Base64.getEncoder().encodeToString(token),
        Instant.ofEpochSecond(ByteBuffer.wrap(claim).getLong(1)));
  }

  /** Whom these keys stand for; null where they were not issued here. They may have expired. */
  public @Nullable Principal holding(String accessKeyId, @Nullable String sessionToken) {
    byte[] token = decoded(sessionToken);
    if (token == null || token.length <= 1 + TIME_BYTES + HASH_BYTES) {
      return null;
    }
    byte[] claim = Arrays.copyOf(token, token.length - HASH_BYTES);
    byte[] proof = Arrays.copyOfRange(token, claim.length, token.length);
    if (!MessageDigest.isEqual(proof, hash("token", claim))) {
      return null;
    }
    boolean starts = claim[0] == STARTER;
    if (!starts && claim[0] != TASK) {
      return null;
    }
    Credentials credentials = credentials(claim);
    String arn = new String(claim, 1 + TIME_BYTES, claim.length - 1 - TIME_BYTES, UTF_8);
    return credentials.accessKeyId().equals(accessKeyId)
        ? new Principal(credentials, new Caller(place.accountId(), arn, starts))
        : null;
  }

  private static byte @Nullable [] decoded(@Nullable String token) {
    if (token == null || token.length() > MOST_LETTERS) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      // Not our form, so not our token; what came is for no log.
      return null;
    }
  }

  /**
   * An id for the credentials of one role of one task that nobody can guess and that is the same
   * whenever it is asked for: containers know it from the day they were made.
   */
  public String credentialsId(String taskArn, String roleType) {
    ByteBuffer bits =
        ByteBuffer.wrap(hash("credentials id", (taskArn + ' ' + roleType).getBytes(UTF_8)));
    long high = (bits.getLong() & ~0xF000L) | 0x4000L;
    long low = (bits.getLong() & (~0L >>> 2)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  /**
   * The unique id of a caller, as STS shows it: the account's for root, the session's for roles.
   */
  public String userId(Caller caller) {
    String[] parts = caller.arn().split("/", -1);
    if (parts.length < 3) {
      return caller.accountId();
    }
    byte[] role = (caller.accountId() + ' ' + parts[1]).getBytes(UTF_8);
    return "AROA" + letters(hash("role id", role), ROLE_ID_LETTERS) + ':' + parts[2];
  }

  private static String letters(byte[] random, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int at = 0; at < count; at++) {
      text.append(LETTERS.charAt(random[at] & 31));
    }
    return text.toString();
  }

  /** A hash per purpose, so that none of what is shown tells anything of what is secret. */
  private byte[] hash(String purpose, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(master);
      mac.update(purpose.getBytes(UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA-256.", e);
    }
  }
}
