package dev.longshore.server.identity;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.policy.Keys;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The condition keys of a call: those that every call has, and those of what it needs. */
record CallKeys(
    Caller caller,
    String userId,
    Map<String, String> tags,
    Need need,
    Circumstances circumstances,
    Place place)
    implements Keys {
  private static final String PRINCIPAL_TAG = "aws:principaltag/";

  @Override
  public @Nullable List<String> values(String name) {
    List<String> own = need.keys().get(name);
    if (own != null) {
      return own;
    }
    String value = value(name);
    return value == null ? null : List.of(value);
  }

  private @Nullable String value(String name) {
    return switch (name) {
      case "aws:currenttime" -> circumstances.now().truncatedTo(ChronoUnit.SECONDS).toString();
      case "aws:epochtime" -> Long.toString(circumstances.now().getEpochSecond());
      case "aws:securetransport" -> Boolean.toString(circumstances.secure());
      case "aws:sourceip" -> orNull(circumstances.sourceIp());
      case "aws:useragent" -> orNull(circumstances.userAgent());
      case "aws:requestedregion" -> place.region();
      case "aws:principalarn" -> principalArn();
      case "aws:principalaccount" -> caller.accountId();
      case "aws:principaltype" -> type();
      case "aws:userid" -> orNull(userId);
      case "aws:username" -> userName();
      case "aws:viaawsservice" -> "false";
      case "aws:tokenissuetime" ->
          caller.session() == null ? null : caller.session().issuedAt().toString();
      case "aws:multifactorauthpresent" -> caller.session() == null ? null : "false";
      default -> name.startsWith(PRINCIPAL_TAG) ? tag(name) : null;
    };
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private String type() {
    if (caller.isRoot()) {
      return "Account";
    }
    return caller.arn().contains(":assumed-role/") ? "AssumedRole" : "User";
  }

  /** Of a session it is the role that policies mean. */
  private String principalArn() {
    String[] parts = caller.arn().split("/", -1);
    return type().equals("AssumedRole") && parts.length == 3
        ? "arn:" + place.partition() + ":iam::" + caller.accountId() + ":role/" + parts[1]
        : caller.arn();
  }

  private @Nullable String userName() {
    String arn = caller.arn();
    return arn.contains(":user/") ? arn.substring(arn.lastIndexOf('/') + 1) : null;
  }

  /** Keys of tags are looked up whatever their case, as keys of conditions are. */
  private @Nullable String tag(String name) {
    String wanted = name.substring(PRINCIPAL_TAG.length());
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().equalsIgnoreCase(wanted)) {
        return tag.getValue();
      }
    }
    return null;
  }
}
