package dev.longshore.core.identity;

import dev.longshore.core.operation.Operations;

/** The actions of IAM that are refused, and why. */
final class Refusals {
  private static final String DELEGATION = "there is no console in which rights are delegated";
  private static final String OPEN_ID =
      "roles are not taken on with web identities: an issuer's keys would have to be fetched from"
          + " the internet, and nothing here reaches out to it";
  private static final String SAML = "roles are not taken on with SAML assertions";
  private static final String PASSWORDS =
      "there is no console to log in to, so users have no passwords";
  private static final String DEVICES = "no call asks for a second factor";
  private static final String SERVICE_KEYS = "no service that such credentials are for is served";
  private static final String CERTIFICATES = "calls are signed with access keys only";
  private static final String ORGANIZATIONS = "there is one account, in no organization";
  private static final String OUTBOUND = "no tokens for other clouds are issued";
  private static final String LAST_USE =
      "when rights were last used is not recorded; the audit log has every call";
  private static final String ANALYSIS =
      "policies are decided, not analysed; SimulatePrincipalPolicy tells what they come to";

  private Refusals() {}

  static void register(Operations operations) {
    operations.refuse(
        DELEGATION,
        "AcceptDelegationRequest",
        "AssociateDelegationRequest",
        "CreateDelegationRequest",
        "GetDelegationRequest",
        "GetHumanReadableSummary",
        "ListDelegationRequests",
        "RejectDelegationRequest",
        "SendDelegationToken",
        "UpdateDelegationRequest");
    operations.refuse(
        OPEN_ID,
        "AddClientIDToOpenIDConnectProvider",
        "CreateOpenIDConnectProvider",
        "DeleteOpenIDConnectProvider",
        "GetOpenIDConnectProvider",
        "ListOpenIDConnectProviderTags",
        "RemoveClientIDFromOpenIDConnectProvider",
        "TagOpenIDConnectProvider",
        "UntagOpenIDConnectProvider",
        "UpdateOpenIDConnectProviderThumbprint");
    operations.refuse(
        SAML,
        "CreateSAMLProvider",
        "DeleteSAMLProvider",
        "GetSAMLProvider",
        "ListSAMLProviderTags",
        "TagSAMLProvider",
        "UntagSAMLProvider",
        "UpdateSAMLProvider");
    users(operations);
    account(operations);
  }

  private static void users(Operations operations) {
    operations.refuse(
        PASSWORDS,
        "ChangePassword",
        "CreateLoginProfile",
        "DeleteAccountPasswordPolicy",
        "UpdateAccountPasswordPolicy",
        "UpdateLoginProfile");
    operations.refuse(
        DEVICES,
        "CreateVirtualMFADevice",
        "DeactivateMFADevice",
        "DeleteVirtualMFADevice",
        "EnableMFADevice",
        "GetMFADevice",
        "ListMFADeviceTags",
        "ResyncMFADevice",
        "TagMFADevice",
        "UntagMFADevice");
    operations.refuse(
        SERVICE_KEYS,
        "CreateServiceSpecificCredential",
        "DeleteSSHPublicKey",
        "DeleteServiceSpecificCredential",
        "GetSSHPublicKey",
        "ResetServiceSpecificCredential",
        "UpdateSSHPublicKey",
        "UpdateServiceSpecificCredential",
        "UploadSSHPublicKey");
    operations.refuse(
        CERTIFICATES,
        "DeleteSigningCertificate",
        "UpdateSigningCertificate",
        "UploadSigningCertificate");
  }

  private static void account(Operations operations) {
    operations.refuse(
        ORGANIZATIONS,
        "DisableOrganizationsRootCredentialsManagement",
        "DisableOrganizationsRootSessions",
        "EnableOrganizationsRootCredentialsManagement",
        "EnableOrganizationsRootSessions",
        "GenerateOrganizationsAccessReport",
        "GetOrganizationsAccessReport",
        "ListOrganizationsFeatures",
        "SetSecurityTokenServicePreferences");
    operations.refuse(
        OUTBOUND,
        "DisableOutboundWebIdentityFederation",
        "EnableOutboundWebIdentityFederation",
        "GetOutboundWebIdentityFederationInfo");
    operations.refuse(
        LAST_USE,
        "GenerateCredentialReport",
        "GenerateServiceLastAccessedDetails",
        "GetCredentialReport",
        "GetServiceLastAccessedDetails",
        "GetServiceLastAccessedDetailsWithEntities");
    operations.refuse(
        ANALYSIS,
        "GetContextKeysForCustomPolicy",
        "GetContextKeysForPrincipalPolicy",
        "ListPoliciesGrantingServiceAccess");
  }
}
