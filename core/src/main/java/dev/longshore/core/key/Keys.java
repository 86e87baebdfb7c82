package dev.longshore.core.key;

import com.google.re2j.Pattern;
import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.kms.DisabledException;
import dev.longshore.shapes.kms.KMSInvalidStateException;
import dev.longshore.shapes.kms.NotFoundException;
import dev.longshore.shapes.kms.Tag;
import dev.longshore.shapes.kms.TagException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds keys by what callers call them, and makes new ones. */
final class Keys {
  static final String ALIAS = "alias/";
  static final String KEY = "key/";
  private static final int MOST_TAGS = 50;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Keys() {}

  static String arn(String resource, Context context) {
    return "arn:"
        + context.place().partition()
        + ":kms:"
        + context.place().region()
        + ':'
        + context.place().accountId()
        + ':'
        + resource;
  }

  static String arn(EncryptionKey key, Context context) {
    return arn(KEY + key.id(), context);
  }

  static EncryptionKey created(
      String id,
      Vault vault,
      boolean managed,
      @Nullable String description,
      @Nullable String policy,
      Map<String, String> tags,
      Context context) {
    return new EncryptionKey(
        id,
        vault.seal(vault.random(Vault.KEY_BYTES), EncryptionKey.boundTo(id)),
        managed,
        true,
        description,
        policy,
        null,
        tags,
        context.now());
  }

  /** What a caller wrote without the ARN around it: an id or an alias. */
  private static String plain(String text) {
    String resource = Arn.isMeant(text) ? Arn.parse(text).map(Arn::resource).orElse(text) : text;
    return resource.startsWith(KEY) ? resource.substring(KEY.length()) : resource;
  }

  static @Nullable EncryptionKey find(View view, String text) {
    String plain = plain(text);
    KeyAlias alias = view.find(KeyAlias.KIND, plain);
    return view.find(EncryptionKey.KIND, alias == null ? plain : alias.keyId());
  }

  /** The key of an id, an ARN, an alias or an alias's ARN. */
  static EncryptionKey existing(View view, String text, Context context) {
    EncryptionKey key = find(view, text);
    if (key != null) {
      return key;
    }
    String plain = plain(text);
    throw new NotFoundException(
        plain.startsWith(ALIAS)
            ? "Alias " + arn(plain, context) + " is not found."
            : UUID.matches(plain)
                ? "Key '" + arn(KEY + plain, context) + "' does not exist"
                : "Invalid keyId '" + plain + "'");
  }

  /** Whether this is an alias as only services have them, or its ARN. */
  static boolean isReserved(String text) {
    return plain(text).startsWith(ALIAS + "aws/");
  }

  /** The key of an id or ARN; aliases are none. */
  static EncryptionKey named(View view, String text, Context context) {
    if (plain(text).startsWith(ALIAS)) {
      throw new NotFoundException("Invalid keyId '" + text + "'");
    }
    return existing(view, text, context);
  }

  /** The key of an id or ARN, which its user may change. */
  static EncryptionKey changeable(View view, String text, Context context) {
    EncryptionKey key = named(view, text, context);
    if (key.managed()) {
      throw new ServiceException(
          "AccessDeniedException", 400, arn(key, context) + " is managed by AWS.");
    }
    return key;
  }

  /** The key, which can be used to encrypt and decrypt. */
  static EncryptionKey usable(View view, String text, Context context) {
    EncryptionKey key = notPending(existing(view, text, context), context);
    if (!key.enabled()) {
      throw new DisabledException(arn(key, context) + " is disabled.");
    }
    return key;
  }

  static EncryptionKey notPending(EncryptionKey key, Context context) {
    if (key.deletionDue() != null) {
      throw new KMSInvalidStateException(arn(key, context) + " is pending deletion.");
    }
    return key;
  }

  static ServiceException invalid(String text) {
    return new ServiceException("ValidationException", 400, text);
  }

  /** The tags with those of a request put among them. */
  static Map<String, String> tagged(Map<String, String> before, List<Tag> more) {
    Map<String, String> tags = new TreeMap<>(before);
    for (Tag tag : more) {
      if (tag.tagKey().startsWith("aws:")) {
        throw new TagException("Tag keys must not begin with aws:.");
      }
      tags.put(tag.tagKey(), tag.tagValue());
    }
    if (tags.size() > MOST_TAGS) {
      throw new TagException("Too many tags");
    }
    return Collections.unmodifiableMap(tags);
  }
}
