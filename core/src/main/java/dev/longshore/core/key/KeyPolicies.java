package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.policy.Subject;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.MalformedPolicyDocumentException;
import dev.longshore.shapes.kms.NotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies that stand on keys. Nobody may use a key whom its policy does not let in. */
final class KeyPolicies {
  /** The only name that a key's policy can have. */
  static final String NAME = "default";

  private static final String USUAL =
      """
      {
        "Version" : "2012-10-17",
        "Id" : "key-default-1",
        "Statement" : [ {
          "Sid" : "Enable IAM User Permissions",
          "Effect" : "Allow",
          "Principal" : {
            "AWS" : "arn:%s:iam::%s:root"
          },
          "Action" : "kms:*",
          "Resource" : "*"
        } ]
      }\
      """;

  /** Keys of services encrypt for their own service alone; the account may look at them. */
  private static final String OF_SERVICE =
      """
      {
        "Version" : "2012-10-17",
        "Id" : "auto-%3$s-1",
        "Statement" : [ {
          "Sid" : "Allow access through %3$s for all principals in the account",
          "Effect" : "Allow",
          "Principal" : {
            "AWS" : "*"
          },
          "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", \
      "kms:CreateGrant", "kms:DescribeKey" ],
          "Resource" : "*",
          "Condition" : {
            "StringEquals" : {
              "kms:CallerAccount" : "%2$s",
              "kms:ViaService" : "%3$s.%4$s.amazonaws.com"
            }
          }
        }, {
          "Sid" : "Allow direct access to key metadata to the account",
          "Effect" : "Allow",
          "Principal" : {
            "AWS" : "arn:%1$s:iam::%2$s:root"
          },
          "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
          "Resource" : "*"
        } ]
      }\
      """;

  private KeyPolicies() {}

  /** The policy of a key: the one that was set, or the one that AWS gives keys without one. */
  static String of(View view, EncryptionKey key, Context context) {
    if (key.policy() != null) {
      return key.policy();
    }
    String form = key.managed() ? OF_SERVICE : USUAL;
    return form.formatted(
        context.place().partition(),
        context.place().accountId(),
        service(view, key),
        context.place().region());
  }

  private static String service(View view, EncryptionKey key) {
    for (KeyAlias alias : view.by(KeyAlias.BY_KEY, key.id())) {
      return alias.name().substring(alias.name().lastIndexOf('/') + 1);
    }
    return "kms";
  }

  /** The only policy of a key has this name; null means it, too. */
  static void checkName(@Nullable String name) {
    if (name != null && !name.equals(NAME)) {
      throw new NotFoundException("No such policy exists");
    }
  }

  /**
   * Refuses what is no policy, and one that would lock its own author out.
   *
   * @param lockout whether the author takes that upon themselves
   */
  static void check(
      String text, @Nullable Boolean lockout, String keyArn, View view, Context context) {
    Policy policy;
    try {
      policy = PolicyReader.read(text, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException e) {
      throw new MalformedPolicyDocumentException(String.valueOf(e.getMessage()));
    }
    if (Boolean.TRUE.equals(lockout)) {
      return;
    }
    String account = context.caller().accountId();
    Inquiry inquiry =
        new Inquiry(
            subject(view, context.caller()),
            "kms:putkeypolicy",
            keyArn,
            name -> name.equals("kms:calleraccount") ? List.of(account) : null);
    if (!PolicySet.ROOT.decide(inquiry, policy, true).allowed()) {
      throw new MalformedPolicyDocumentException(
          "The new key policy will not allow you to update the key policy in the future.");
    }
  }

  private static Subject subject(View view, Caller caller) {
    Caller.Session session = caller.session();
    String id = session == null ? null : session.principalId();
    String[] parts = caller.arn().split("/", -1);
    IamRole role =
        caller.arn().contains(":assumed-role/") && parts.length == 3
            ? view.find(IamRole.KIND, IamRole.key(parts[1]))
            : null;
    return Subject.of(caller.accountId(), caller.arn(), role == null ? null : role.arn(), id);
  }
}
