package dev.longshore.core.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.GrantConstraints;
import dev.longshore.shapes.kms.GrantListEntry;
import dev.longshore.shapes.kms.ListGrantsResponse;
import dev.longshore.shapes.kms.NotFoundException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Grants: what they come to as a policy, and how they are found and shown. */
final class Grants {
  private Grants() {}

  /**
   * The policy that stands on a key for this caller by grants; null where none lets them do that.
   * Values stand in it as they are, so it is of the version that knows no variables.
   */
  static @Nullable String policy(View view, EncryptionKey key, String action, Caller caller) {
    String operation = action.substring(action.indexOf(':') + 1);
    List<String> statements = new ArrayList<>();
    for (String principal : principals(view, caller)) {
      for (KeyGrant grant : view.by(KeyGrant.BY_GRANTEE, KeyGrant.granted(key.id(), principal))) {
        if (grant.operations().contains(operation)) {
          statements.add(statement(grant.grantee(), action, conditions(grant, operation)));
        }
      }
    }
    return statements.isEmpty() ? null : document(statements);
  }

  /** The policy that lets those retire a grant who may by the grant itself. */
  static String retiring(KeyGrant grant) {
    List<String> statements = new ArrayList<>();
    if (grant.retiring() != null) {
      statements.add(statement(grant.retiring(), "kms:RetireGrant", List.of()));
    }
    if (grant.operations().contains("RetireGrant")) {
      statements.add(statement(grant.grantee(), "kms:RetireGrant", List.of()));
    }
    return document(statements);
  }

  /** Whom grants may name and mean this caller: the caller, or the role of its session. */
  private static List<String> principals(View view, Caller caller) {
    String[] parts = caller.arn().split("/", -1);
    IamRole role =
        caller.arn().contains(":assumed-role/") && parts.length == 3
            ? view.find(IamRole.KIND, IamRole.key(parts[1]))
            : null;
    return role == null ? List.of(caller.arn()) : List.of(caller.arn(), role.arn());
  }

  private static List<String> conditions(KeyGrant grant, String operation) {
    List<String> conditions = new ArrayList<>();
    if (operation.equals("CreateGrant")) {
      // Nobody gives away more than they were given.
      conditions.add(all("kms:GrantOperations", grant.operations()));
    }
    List<String> pairs = new ArrayList<>();
    grant.subset().forEach((name, value) -> pairs.add(pair(name, value)));
    grant.equal().forEach((name, value) -> pairs.add(pair(name, value)));
    if (!pairs.isEmpty()) {
      conditions.add("\"StringEquals\":{" + String.join(",", pairs) + "}");
    }
    if (!grant.equal().isEmpty()) {
      conditions.add(all("kms:EncryptionContextKeys", List.copyOf(grant.equal().keySet())));
    }
    return conditions;
  }

  private static String all(String key, List<String> values) {
    List<String> quoted = values.stream().map(Grants::quoted).toList();
    return "\"ForAllValues:StringEquals\":{\"" + key + "\":[" + String.join(",", quoted) + "]}";
  }

  private static String pair(String name, String value) {
    return quoted("kms:EncryptionContext:" + name) + ':' + quoted(value);
  }

  private static String statement(String principal, String action, List<String> conditions) {
    return "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
        + quoted(principal)
        + "},\"Action\":\""
        + action
        + "\",\"Resource\":\"*\",\"Condition\":{"
        + String.join(",", conditions)
        + "}}";
  }

  private static String document(List<String> statements) {
    return "{\"Version\":\"2008-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '"' || letter == '\\' || letter < ' ') {
        quoted.append(String.format("\\u%04x", (int) letter));
      } else {
        quoted.append(letter);
      }
    }
    return quoted.append('"').toString();
  }

  /** Names a grant before it is known everywhere; here it is known at once. */
  static String token(KeyGrant grant) {
    return Base64.getEncoder().encodeToString(grant.id().getBytes(US_ASCII));
  }

  /** The grant of a token, or of an id; null where there is none. */
  static @Nullable KeyGrant find(View view, @Nullable String token, @Nullable String id) {
    if (token == null) {
      return id == null ? null : view.find(KeyGrant.KIND, id);
    }
    try {
      return view.find(KeyGrant.KIND, new String(Base64.getDecoder().decode(token), US_ASCII));
    } catch (IllegalArgumentException noToken) {
      // Whoever asks is told that there is no such grant.
      return null;
    }
  }

  /** The grant of that id on that key. */
  static KeyGrant on(View view, EncryptionKey key, String id) {
    KeyGrant grant = view.find(KeyGrant.KIND, id);
    if (grant == null || !grant.keyId().equals(key.id())) {
      throw new NotFoundException("Grant ID " + id + " not found");
    }
    return grant;
  }

  /** A page of those, which stand in the order of their ids. */
  static ListGrantsResponse page(
      String listing,
      Iterable<KeyGrant> grants,
      @Nullable String marker,
      @Nullable Integer limit,
      Context context) {
    var page = KeyPages.page(listing, grants, KeyGrant::id, marker, limit);
    return new ListGrantsResponse(
        page.items().stream().map(grant -> entry(grant, context)).toList(),
        page.marker(),
        page.marker() != null);
  }

  private static GrantListEntry entry(KeyGrant grant, Context context) {
    return GrantListEntry.builder()
        .keyId(Keys.arn(Keys.KEY + grant.keyId(), context))
        .grantId(grant.id())
        .name(grant.name())
        .creationDate(grant.createdAt())
        .granteePrincipal(grant.grantee())
        .retiringPrincipal(grant.retiring())
        .issuingAccount(
            "arn:" + context.place().partition() + ":iam::" + context.place().accountId() + ":root")
        .operations(grant.operations())
        .constraints(constraints(grant.subset(), grant.equal()))
        .build();
  }

  private static @Nullable GrantConstraints constraints(
      Map<String, String> subset, Map<String, String> equal) {
    return subset.isEmpty() && equal.isEmpty()
        ? null
        : GrantConstraints.builder()
            .encryptionContextSubset(subset.isEmpty() ? null : subset)
            .encryptionContextEquals(equal.isEmpty() ? null : equal)
            .build();
  }
}
