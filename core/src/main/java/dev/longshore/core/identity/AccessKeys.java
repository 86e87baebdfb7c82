package dev.longshore.core.identity;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.AccessKeyUse;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AccessKeyLastUsed;
import dev.longshore.shapes.iam.AccessKeyMetadata;
import dev.longshore.shapes.iam.CreateAccessKeyRequest;
import dev.longshore.shapes.iam.CreateAccessKeyResponse;
import dev.longshore.shapes.iam.DeleteAccessKeyRequest;
import dev.longshore.shapes.iam.GetAccessKeyLastUsedRequest;
import dev.longshore.shapes.iam.GetAccessKeyLastUsedResponse;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.ListAccessKeysRequest;
import dev.longshore.shapes.iam.ListAccessKeysResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.UpdateAccessKeyRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The actions on access keys. A secret is shown when it is made, and stands sealed in its row. */
final class AccessKeys {
  private static final int PER_USER = 2;

  /** Base64 makes forty letters of them. */
  private static final int SECRET_BYTES = 30;

  private static final String ACTIVE = "Active";

  private final Vault vault;

  AccessKeys(Vault vault) {
    this.vault = vault;
  }

  CreateAccessKeyResponse create(Draft draft, CreateAccessKeyRequest request, Context context) {
    IamUser user = Iam.userOrCaller(draft, request.userName(), context);
    if (draft.count(AccessKey.BY_USER, IamUser.key(user.name())) >= PER_USER) {
      throw new LimitExceededException("Cannot exceed quota for AccessKeysPerUser: " + PER_USER);
    }
    String id = Iam.accessKeyId(context.ids());
    String secret = Base64.getEncoder().encodeToString(vault.random(SECRET_BYTES));
    byte[] plain = secret.getBytes(StandardCharsets.US_ASCII);
    draft.put(
        AccessKey.KIND,
        new AccessKey(
            id, user.name(), true, context.now(), vault.seal(plain, AccessKey.place(id))));
    return new CreateAccessKeyResponse(
        new dev.longshore.shapes.iam.AccessKey(user.name(), id, ACTIVE, secret, context.now()));
  }

  static ListAccessKeysResponse list(View view, ListAccessKeysRequest request, Context context) {
    IamUser user = Iam.userOrCaller(view, request.userName(), context);
    Pages.Page<AccessKeyMetadata> page =
        new Pages(request.marker(), request.maxItems())
            .of(
                view.by(AccessKey.BY_USER, IamUser.key(user.name())),
                AccessKey::id,
                AccessKeys::shown);
    return new ListAccessKeysResponse(page.items(), page.truncated(), page.marker());
  }

  private static AccessKeyMetadata shown(AccessKey key) {
    return new AccessKeyMetadata(
        key.user(), key.id(), key.active() ? ACTIVE : "Inactive", key.createdAt());
  }

  static Shape update(Draft draft, UpdateAccessKeyRequest request, Context context) {
    IamUser user = Iam.userOrCaller(draft, request.userName(), context);
    AccessKey key = key(draft, user, request.accessKeyId());
    draft.put(AccessKey.KIND, key.withActive(request.status().equals(ACTIVE)));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteAccessKeyRequest request, Context context) {
    IamUser user = Iam.userOrCaller(draft, request.userName(), context);
    String id = key(draft, user, request.accessKeyId()).id();
    draft.remove(AccessKey.KIND, id);
    if (draft.find(AccessKeyUse.KIND, id) != null) {
      draft.remove(AccessKeyUse.KIND, id);
    }
    return Iam.NOTHING;
  }

  /** As AWS says it, a key that nobody used was used for N/A in N/A. */
  static GetAccessKeyLastUsedResponse lastUsed(
      View view, GetAccessKeyLastUsedRequest request, Context context) {
    String id = request.accessKeyId();
    AccessKey key = view.find(AccessKey.KIND, id);
    if (key == null) {
      throw absent(id);
    }
    AccessKeyUse use = view.find(AccessKeyUse.KIND, id);
    AccessKeyLastUsed told =
        use == null
            ? new AccessKeyLastUsed(null, "N/A", "N/A")
            : new AccessKeyLastUsed(use.at(), use.service(), use.region());
    return new GetAccessKeyLastUsedResponse(key.user(), told);
  }

  private static AccessKey key(View view, IamUser user, String id) {
    AccessKey key = view.find(AccessKey.KIND, id);
    if (key == null || !key.user().equals(user.name())) {
      throw absent(id);
    }
    return key;
  }

  private static NoSuchEntityException absent(String id) {
    return new NoSuchEntityException("The Access Key with id " + id + " cannot be found.");
  }
}
