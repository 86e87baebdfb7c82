package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.CreateGrantRequest;
import dev.longshore.shapes.kms.DecryptRequest;
import dev.longshore.shapes.kms.EncryptRequest;
import dev.longshore.shapes.kms.GenerateDataKeyRequest;
import dev.longshore.shapes.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.longshore.shapes.kms.ReEncryptRequest;
import dev.longshore.shapes.kms.RetireGrantRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rights that actions on keys need: on each key and alias that is named, and on the key that a
 * ciphertext is under.
 */
final class KeyNeeds implements Needs {
  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    return switch (input) {
      case EncryptRequest request ->
          onKey(action, request.keyId(), request.encryptionContext(), view, context);
      case GenerateDataKeyRequest request ->
          onKey(action, request.keyId(), request.encryptionContext(), view, context);
      case GenerateDataKeyWithoutPlaintextRequest request ->
          onKey(action, request.keyId(), request.encryptionContext(), view, context);
      case DecryptRequest request ->
          onKey(
              action,
              keyOf(request.ciphertextBlob(), request.keyId()),
              request.encryptionContext(),
              view,
              context);
      case ReEncryptRequest request -> reEncrypt(request, view, context);
      case CreateGrantRequest request -> List.of(grant(action, request, view, context));
      case RetireGrantRequest request -> List.of(retirement(action, request, view, context));
      default -> named(action, input, view, context);
    };
  }

  private static List<Need> reEncrypt(ReEncryptRequest request, View view, Context context) {
    List<Need> needs =
        new ArrayList<>(
            onKey(
                "kms:ReEncryptFrom",
                keyOf(request.ciphertextBlob(), request.sourceKeyId()),
                request.sourceEncryptionContext(),
                view,
                context));
    needs.addAll(
        onKey(
            "kms:ReEncryptTo",
            request.destinationKeyId(),
            request.destinationEncryptionContext(),
            view,
            context));
    return needs;
  }

  private static Need grant(String action, CreateGrantRequest request, View view, Context context) {
    return on(action, request.keyId(), view, context)
        .with("kms:GrantOperations", request.operations())
        .with("kms:GranteePrincipal", request.granteePrincipal())
        .with("kms:RetiringPrincipal", request.retiringPrincipal());
  }

  /** By key and id, or by a token that says both. */
  private static Need retirement(
      String action, RetireGrantRequest request, View view, Context context) {
    KeyGrant grant = Grants.find(view, request.grantToken(), request.grantId());
    if (grant == null) {
      return Need.of(action, Need.EVERYTHING);
    }
    return on(action, grant.keyId(), view, context).under(Grants.retiring(grant));
  }

  /** The key that a ciphertext is under, or else the one that the caller says it is under. */
  private static String keyOf(@Nullable Blob ciphertext, @Nullable String said) {
    String id = ciphertext == null ? null : KeyCipher.keyId(ciphertext.toBytes());
    if (id != null) {
      return id;
    }
    return said == null ? Need.EVERYTHING : said;
  }

  private static List<Need> onKey(
      String action,
      String text,
      @Nullable Map<String, String> encryptionContext,
      View view,
      Context context) {
    return List.of(KeyRights.within(on(action, text, view, context), encryptionContext));
  }

  private static List<Need> named(String action, Shape input, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    for (Member member : input.schema().members()) {
      Object value = input.member(member.index());
      if (value == null) {
        continue;
      }
      switch (member.wireName()) {
        case "KeyId", "TargetKeyId" -> needs.add(on(action, value.toString(), view, context));
        case "AliasName" -> needs.add(Need.of(action, Keys.arn(value.toString(), context)));
        default -> {}
      }
    }
    return needs.isEmpty() ? List.of(Need.of(action, Need.EVERYTHING)) : needs;
  }

  private static Need on(String action, String text, View view, Context context) {
    EncryptionKey key = Keys.find(view, text);
    if (key != null) {
      return KeyRights.on(action, key, view, context);
    }
    boolean whole = text.startsWith("arn:") || text.equals(Need.EVERYTHING);
    return Need.of(action, whole ? text : Keys.arn("key/" + text, context));
  }
}
