package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.model.IamRole;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Caller.Session;
import dev.longshore.core.operation.Place;
import dev.longshore.server.api.Principal;
import dev.longshore.wire.signature.Credentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Issues and recognises temporary keys, and keeps none of them: the session token says whose keys
 * they are, until when and under which policies, under a keyed hash that only the holder of the
 * master key can make; key id and secret are derived from it. So keys outlive a restart of the
 * server, and a forged token is an unknown key. What was issued ends at its expiration and cannot
 * be revoked before; what it may do is asked at each call.
 */
public final class RoleSessions {
  /** The first byte of a token; tokens of another form are nobody's. */
  private static final byte FORM = 3;

  /** Bytes that the policies of a session may have together. */
  static final int MOST_POLICIES = 4096;

  private static final int HASH_BYTES = 32;
  private static final int SECRET_BYTES = 30;
  private static final int KEY_ID_LETTERS = 16;

  /** Longer tokens are none of ours: policies have a bound, and all else is short. */
  private static final int MOST_LETTERS = 10_240;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final SecretKeySpec master;
  private final Place place;

  /**
   * @param master at least 32 random bytes; who knows them can be everybody
   */
  public RoleSessions(byte[] master, Place place) {
    if (master.length < HASH_BYTES) {
      throw new IllegalArgumentException("The master key is too short: " + master.length);
    }
    this.master = new SecretKeySpec(master, "HmacSHA256");
    this.place = place;
  }

  /** The ARN of a role's session; a role's path is left out, as AWS does. */
  public String sessionArn(IamRole role, String sessionName) {
    return "arn:"
        + place.partition()
        + ":sts::"
        + place.accountId()
        + ":assumed-role/"
        + role.name()
        + '/'
        + sessionName;
  }

  /**
   * Keys for a session of that role, which may do all that the role may.
   *
   * @param sessionName names the session in its ARN; for a task its id
   */
  public Credentials issue(IamRole role, String sessionName, Instant now, Instant expiration) {
    Session session = new Session(role.id(), now, List.of(), List.of());
    return issue(sessionArn(role, sessionName), session, expiration);
  }

  /** Keys for that session of that principal. */
  public Credentials issue(String arn, Session session, Instant expiration) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(expiration.getEpochSecond());
      out.writeLong(session.issuedAt().getEpochSecond());
      out.writeUTF(arn);
      out.writeUTF(session.principalId());
      write(out, session.policies());
      write(out, session.policyArns());
    } catch (IOException e) {
      throw new UncheckedIOException("A token is written to memory only.", e);
    }
    return credentials(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, List<String> texts) throws IOException {
    out.writeByte(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      out.writeShort(bytes.length);
      out.write(bytes);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int count = in.readByte(); count > 0; count--) {
      texts.add(new String(in.readNBytes(in.readUnsignedShort()), UTF_8));
    }
    return texts;
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
    if (token == null || token.length <= 1 + HASH_BYTES) {
      return null;
    }
    byte[] claim = Arrays.copyOf(token, token.length - HASH_BYTES);
    byte[] proof = Arrays.copyOfRange(token, claim.length, token.length);
    if (!MessageDigest.isEqual(proof, hash("token", claim)) || claim[0] != FORM) {
      return null;
    }
    Credentials credentials = credentials(claim);
    return credentials.accessKeyId().equals(accessKeyId)
        ? new Principal(credentials, caller(claim))
        : null;
  }

  private Caller caller(byte[] claim) {
    try (var in = new DataInputStream(new ByteArrayInputStream(claim, 9, claim.length - 9))) {
      Instant issuedAt = Instant.ofEpochSecond(in.readLong());
      String arn = in.readUTF();
      String principalId = in.readUTF();
      return new Caller(
          place.accountId(), arn, new Session(principalId, issuedAt, readTexts(in), readTexts(in)));
    } catch (IOException e) {
      throw new UncheckedIOException("A token that was proved ours is well-formed.", e);
    }
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
