package dev.longshore.core.identity;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.operation.Vault;

/** Registers the actions of IAM that are built. */
public final class IdentityRoom {
  private IdentityRoom() {}

  /**
   * Registers every action of this room, and what their callers need to be allowed.
   *
   * @param vault seals the secrets of keys
   */
  public static void register(Operations operations, Vault vault, CertificateReader certificates) {
    operations.needs(new IamNeeds());
    users(operations, new AccessKeys(vault));
    roles(operations);
    policies(operations);
    HolderActions.register(operations);
    Tagging.register(operations);
    certificates(operations, new ServerCertificates(vault, certificates));
    operations.query("SimulatePrincipalPolicy", Simulation::ofPrincipal);
    operations.query("SimulateCustomPolicy", Simulation::custom);
    operations.query("GetAccountSummary", AccountSummary::of);
    operations.query("GetAccountAuthorizationDetails", AccountDetails::of);
    operations.command("CreateAccountAlias", AccountAliases::create);
    operations.command("DeleteAccountAlias", AccountAliases::delete);
    operations.query("ListAccountAliases", AccountAliases::list);
    Absent.register(operations);
    Refusals.register(operations);
  }

  /** Makes the first roles, and those of services. */
  public static Reconciler reconciler() {
    return new SeedReconciler();
  }

  private static void users(Operations operations, AccessKeys keys) {
    operations.command("CreateUser", Users::create);
    operations.query("GetUser", Users::get);
    operations.query("ListUsers", Users::list);
    operations.command("UpdateUser", Users::update);
    operations.command("DeleteUser", Users::delete);
    operations.command("CreateAccessKey", keys::create);
    operations.query("ListAccessKeys", AccessKeys::list);
    operations.query("GetAccessKeyLastUsed", AccessKeys::lastUsed);
    operations.command("UpdateAccessKey", AccessKeys::update);
    operations.command("DeleteAccessKey", AccessKeys::delete);
    operations.command("CreateGroup", Groups::create);
    operations.query("GetGroup", Groups::get);
    operations.query("ListGroups", Groups::list);
    operations.query("ListGroupsForUser", Groups::ofUser);
    operations.command("UpdateGroup", Groups::update);
    operations.command("DeleteGroup", Groups::delete);
    operations.command("AddUserToGroup", Groups::add);
    operations.command("RemoveUserFromGroup", Groups::remove);
  }

  private static void roles(Operations operations) {
    operations.command("CreateRole", Roles::create);
    operations.query("GetRole", Roles::get);
    operations.query("ListRoles", Roles::list);
    operations.command("UpdateRole", Roles::update);
    operations.command("UpdateRoleDescription", Roles::describe);
    operations.command("UpdateAssumeRolePolicy", Roles::updateTrust);
    operations.command("DeleteRole", Roles::delete);
    operations.command("CreateServiceLinkedRole", LinkedRoles::create);
    operations.command("DeleteServiceLinkedRole", LinkedRoles::delete);
    operations.query("GetServiceLinkedRoleDeletionStatus", LinkedRoles::status);
    operations.command("CreateInstanceProfile", InstanceProfiles::create);
    operations.query("GetInstanceProfile", InstanceProfiles::get);
    operations.query("ListInstanceProfiles", InstanceProfiles::list);
    operations.query("ListInstanceProfilesForRole", InstanceProfiles::ofRole);
    operations.command("AddRoleToInstanceProfile", InstanceProfiles::add);
    operations.command("RemoveRoleFromInstanceProfile", InstanceProfiles::remove);
    operations.command("DeleteInstanceProfile", InstanceProfiles::delete);
  }

  private static void policies(Operations operations) {
    operations.command("CreatePolicy", ManagedPolicies::create);
    operations.query("GetPolicy", ManagedPolicies::get);
    operations.query("ListPolicies", ManagedPolicies::list);
    operations.command("CreatePolicyVersion", ManagedPolicies::addVersion);
    operations.command("SetDefaultPolicyVersion", ManagedPolicies::setDefault);
    operations.query("ListPolicyVersions", ManagedPolicies::versions);
    operations.query("GetPolicyVersion", ManagedPolicies::getVersion);
    operations.command("DeletePolicyVersion", ManagedPolicies::deleteVersion);
    operations.command("DeletePolicy", ManagedPolicies::delete);
    operations.query("ListEntitiesForPolicy", ManagedPolicies::entities);
  }

  private static void certificates(Operations operations, ServerCertificates certificates) {
    operations.command("UploadServerCertificate", certificates::upload);
    operations.query("GetServerCertificate", ServerCertificates::get);
    operations.query("ListServerCertificates", ServerCertificates::list);
    operations.command("UpdateServerCertificate", ServerCertificates::update);
    operations.command("DeleteServerCertificate", ServerCertificates::delete);
  }
}
