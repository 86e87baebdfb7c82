package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.kms.CreateGrantRequest;
import dev.longshore.shapes.kms.CreateGrantResponse;
import dev.longshore.shapes.kms.GrantConstraints;
import dev.longshore.shapes.kms.InvalidArnException;
import dev.longshore.shapes.kms.LimitExceededException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives a principal the right to use a key, beside what policies say. */
public final class CreateGrant implements Command<CreateGrantRequest, CreateGrantResponse> {
  /** Grants that a key may have. */
  private static final int MOST = 50_000;

  /** What keys here cannot be used for. */
  private static final List<String> FOREIGN =
      List.of(
          "Sign",
          "Verify",
          "GetPublicKey",
          "GenerateDataKeyPair",
          "GenerateDataKeyPairWithoutPlaintext",
          "GenerateMac",
          "VerifyMac",
          "DeriveSharedSecret");

  @Override
  public CreateGrantResponse decide(Draft draft, CreateGrantRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    checkPrincipal(request.granteePrincipal());
    if (request.retiringPrincipal() != null) {
      checkPrincipal(request.retiringPrincipal());
    }
    for (String operation : request.operations()) {
      if (FOREIGN.contains(operation)) {
        throw Keys.invalid(
            "The operation " + operation + " is not supported with a symmetric encryption key.");
      }
    }
    KeyGrant grant = grant(key, request, context);
    KeyGrant before = before(draft, grant);
    KeyCipher.checkDryRun(request.dryRun());
    if (before != null) {
      return new CreateGrantResponse(Grants.token(before), before.id());
    }
    if (draft.count(KeyGrant.BY_KEY, key.id()) >= MOST) {
      throw new LimitExceededException("A key can't have more than " + MOST + " grants.");
    }
    draft.put(KeyGrant.KIND, grant);
    return new CreateGrantResponse(Grants.token(grant), grant.id());
  }

  private static void checkPrincipal(String text) {
    Arn arn = Arn.parse(text).orElse(null);
    if (arn == null || !(arn.service().equals("iam") || arn.service().equals("sts"))) {
      throw new InvalidArnException("ARN does not refer to a valid principal: " + text);
    }
  }

  private static KeyGrant grant(EncryptionKey key, CreateGrantRequest request, Context context) {
    GrantConstraints constraints = request.constraints();
    return new KeyGrant(
        context.ids().hex32() + context.ids().hex32(),
        key.id(),
        request.name(),
        request.granteePrincipal(),
        request.retiringPrincipal(),
        List.copyOf(new TreeSet<>(request.operations())),
        sorted(constraints == null ? null : constraints.encryptionContextSubset()),
        sorted(constraints == null ? null : constraints.encryptionContextEquals()),
        context.now());
  }

  private static Map<String, String> sorted(@Nullable Map<String, String> pairs) {
    return pairs == null
        ? Collections.emptyMap()
        : Collections.unmodifiableMap(new TreeMap<>(pairs));
  }

  /** A grant with a name is made once, however often its maker asks for it. */
  private static @Nullable KeyGrant before(Draft draft, KeyGrant grant) {
    if (grant.name() == null) {
      return null;
    }
    String bucket = KeyGrant.granted(grant.keyId(), grant.grantee());
    for (KeyGrant other : draft.by(KeyGrant.BY_GRANTEE, bucket)) {
      if (grant.name().equals(other.name()) && grant.same(other)) {
        return other;
      }
    }
    return null;
  }
}
