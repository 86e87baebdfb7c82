package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.kms.CreateKeyRequest;
import dev.longshore.shapes.kms.CreateKeyResponse;
import dev.longshore.shapes.kms.LimitExceededException;
import dev.longshore.shapes.kms.UnsupportedOperationException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Creates a symmetric key. */
public final class CreateKey implements Command<CreateKeyRequest, CreateKeyResponse> {
  /** Keys that one region of an account may have. */
  private static final int MOST = 100_000;

  private final Vault vault;

  CreateKey(Vault vault) {
    this.vault = vault;
  }

  @Override
  public CreateKeyResponse decide(Draft draft, CreateKeyRequest request, Context context) {
    only("KeySpec", request.keySpec(), "SYMMETRIC_DEFAULT");
    only("CustomerMasterKeySpec", request.customerMasterKeySpec(), "SYMMETRIC_DEFAULT");
    only("KeyUsage", request.keyUsage(), "ENCRYPT_DECRYPT");
    only("Origin", request.origin(), "AWS_KMS");
    if (Boolean.TRUE.equals(request.multiRegion())) {
      throw new UnsupportedOperationException("This control plane has one region.");
    }
    if (draft.count(EncryptionKey.KIND) >= MOST) {
      throw new LimitExceededException("You can't have more than " + MOST + " keys.");
    }
    String id = context.ids().uuid();
    if (request.policy() != null) {
      KeyPolicies.check(
          request.policy(),
          request.bypassPolicyLockoutSafetyCheck(),
          Keys.arn("key/" + id, context),
          draft,
          context);
    }
    EncryptionKey key =
        Keys.created(
            id,
            vault,
            false,
            request.description(),
            request.policy(),
            Keys.tagged(Collections.emptyMap(), Given.list(request.tags())),
            context);
    draft.put(EncryptionKey.KIND, key);
    return new CreateKeyResponse(DescribeKey.metadata(key, context));
  }

  private static void only(String member, @Nullable String given, String built) {
    if (given != null && !given.equals(built)) {
      throw new UnsupportedOperationException(
          "Longshore has keys of " + member + ' ' + built + " only, not of " + given + '.');
    }
  }
}
