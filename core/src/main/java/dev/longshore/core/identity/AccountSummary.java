package dev.longshore.core.identity;

import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.model.ServerCertificate;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.GetAccountSummaryResponse;
import java.util.Map;
import java.util.TreeMap;

/** How much there is of everything in the account, and how much there may be. */
final class AccountSummary {
  private AccountSummary() {}

  static GetAccountSummaryResponse of(View view, Shape nothing, Context context) {
    Map<String, Integer> summary = new TreeMap<>();
    summary.put("Users", view.count(IamUser.KIND));
    summary.put("Groups", view.count(IamGroup.KIND));
    summary.put("Roles", view.count(IamRole.KIND));
    summary.put("Policies", view.count(ManagedPolicy.KIND));
    summary.put("InstanceProfiles", view.count(InstanceProfile.KIND));
    summary.put("ServerCertificates", view.count(ServerCertificate.KIND));
    summary.put("AccessKeysPerUserQuota", 2);
    summary.put("GroupsPerUserQuota", 10);
    summary.put("AttachedPoliciesPerUserQuota", 10);
    summary.put("AttachedPoliciesPerGroupQuota", 10);
    summary.put("AttachedPoliciesPerRoleQuota", 10);
    summary.put("VersionsPerPolicyQuota", 5);
    summary.put("PolicySizeQuota", 6144);
    summary.put("UserPolicySizeQuota", 2048);
    summary.put("GroupPolicySizeQuota", 5120);
    summary.put("AssumeRolePolicySizeQuota", 2048);
    summary.put("AccountMFAEnabled", 0);
    summary.put("AccountAccessKeysPresent", 1);
    return new GetAccountSummaryResponse(summary);
  }
}
