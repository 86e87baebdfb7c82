package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.model.ManagedPolicy.Version;
import dev.longshore.core.operation.Context;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.CreatePolicyRequest;
import dev.longshore.shapes.iam.CreatePolicyResponse;
import dev.longshore.shapes.iam.CreatePolicyVersionRequest;
import dev.longshore.shapes.iam.CreatePolicyVersionResponse;
import dev.longshore.shapes.iam.DeleteConflictException;
import dev.longshore.shapes.iam.DeletePolicyRequest;
import dev.longshore.shapes.iam.DeletePolicyVersionRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetPolicyRequest;
import dev.longshore.shapes.iam.GetPolicyResponse;
import dev.longshore.shapes.iam.GetPolicyVersionRequest;
import dev.longshore.shapes.iam.GetPolicyVersionResponse;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.ListEntitiesForPolicyRequest;
import dev.longshore.shapes.iam.ListEntitiesForPolicyResponse;
import dev.longshore.shapes.iam.ListPoliciesRequest;
import dev.longshore.shapes.iam.ListPoliciesResponse;
import dev.longshore.shapes.iam.ListPolicyVersionsRequest;
import dev.longshore.shapes.iam.ListPolicyVersionsResponse;
import dev.longshore.shapes.iam.ManagedPolicyDetail;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.Policy;
import dev.longshore.shapes.iam.PolicyGroup;
import dev.longshore.shapes.iam.PolicyRole;
import dev.longshore.shapes.iam.PolicyUser;
import dev.longshore.shapes.iam.PolicyVersion;
import dev.longshore.shapes.iam.SetDefaultPolicyVersionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The actions on managed policies, the account's own and AWS's. */
final class ManagedPolicies {
  private static final int VERSIONS = 5;
  private static final int LETTERS = 6144;

  private ManagedPolicies() {}

  /** The policy of that ARN; null where there is none. AWS's own stand in no table. */
  static @Nullable ManagedPolicy find(View view, String arn) {
    ManagedPolicy own = view.find(ManagedPolicy.KIND, arn);
    return own == null ? AwsPolicies.find(arn) : own;
  }

  static boolean exists(View view, String arn) {
    return find(view, arn) != null;
  }

  private static ManagedPolicy policy(View view, String arn) {
    ManagedPolicy policy = find(view, arn);
    if (policy == null) {
      throw new NoSuchEntityException("Policy " + arn + " was not found.");
    }
    return policy;
  }

  private static ManagedPolicy own(View view, String arn) {
    ManagedPolicy policy = policy(view, arn);
    if (view.find(ManagedPolicy.KIND, arn) == null) {
      throw new ServiceException(
          "AccessDenied", 403, "Policy " + arn + " is not modifiable: it is AWS's own.");
    }
    return policy;
  }

  static CreatePolicyResponse create(Draft draft, CreatePolicyRequest request, Context context) {
    String name = request.policyName();
    checkFree(draft, name);
    String path = Iam.path(request.path());
    Version first = new Version("v1", checked(request.policyDocument()), context.now());
    ManagedPolicy policy =
        new ManagedPolicy(
            Iam.arn(context.place(), "policy", path, name),
            name,
            path,
            Iam.uniqueId("ANPA", context.ids()),
            request.description(),
            context.now(),
            context.now(),
            first.id(),
            List.of(first),
            1,
            TagLists.of(request.tags()));
    draft.put(ManagedPolicy.KIND, policy);
    return new CreatePolicyResponse(shown(draft, policy, false));
  }

  /** A name is given once, whatever the path. */
  private static void checkFree(View view, String name) {
    for (ManagedPolicy policy : view.all(ManagedPolicy.KIND)) {
      if (policy.name().equalsIgnoreCase(name)) {
        throw new EntityAlreadyExistsException(
            "A policy called " + name + " already exists. Duplicate names are not allowed.");
      }
    }
  }

  private static String checked(String document) {
    Documents.check(document, PolicyKind.IDENTITY);
    if (Documents.size(document) > LETTERS) {
      throw new LimitExceededException("Cannot exceed quota for PolicySize: " + LETTERS);
    }
    return document;
  }

  static GetPolicyResponse get(View view, GetPolicyRequest request, Context context) {
    return new GetPolicyResponse(shown(view, policy(view, request.policyArn()), true));
  }

  static ListPoliciesResponse list(View view, ListPoliciesRequest request, Context context) {
    String scope = request.scope() == null ? "All" : request.scope();
    Map<String, ManagedPolicy> sorted = new TreeMap<>();
    if (!scope.equals("AWS")) {
      view.all(ManagedPolicy.KIND).forEach(policy -> sorted.put(policy.arn(), policy));
    }
    if (!scope.equals("Local")) {
      AwsPolicies.all().forEach(policy -> sorted.put(policy.arn(), policy));
    }
    String prefix = Iam.path(request.pathPrefix());
    boolean attached = Boolean.TRUE.equals(request.onlyAttached());
    boolean bounding = "PermissionsBoundary".equals(request.policyUsageFilter());
    sorted.values().removeIf(policy -> !policy.path().startsWith(prefix));
    sorted.values().removeIf(policy -> attached && attachments(view, policy.arn()) == 0);
    sorted.values().removeIf(policy -> bounding && boundaries(view, policy.arn()) == 0);
    Pages.Page<Policy> page =
        new Pages(request.marker(), request.maxItems())
            .of(sorted.values(), ManagedPolicy::arn, policy -> shown(view, policy, false));
    return new ListPoliciesResponse(page.items(), page.truncated(), page.marker());
  }

  static CreatePolicyVersionResponse addVersion(
      Draft draft, CreatePolicyVersionRequest request, Context context) {
    ManagedPolicy policy = own(draft, request.policyArn());
    if (policy.versions().size() >= VERSIONS) {
      throw new LimitExceededException(
          "A managed policy can have up to "
              + VERSIONS
              + " versions. Before you create a new version, you must delete an existing version.");
    }
    int number = policy.lastVersion() + 1;
    Version version = new Version("v" + number, checked(request.policyDocument()), context.now());
    List<Version> versions = new ArrayList<>(policy.versions());
    versions.add(version);
    boolean counts = Boolean.TRUE.equals(request.setAsDefault());
    ManagedPolicy changed =
        policy.withVersions(
            versions, counts ? version.id() : policy.defaultVersion(), number, context.now());
    draft.put(ManagedPolicy.KIND, changed);
    return new CreatePolicyVersionResponse(shown(changed, version, false));
  }

  static Shape setDefault(Draft draft, SetDefaultPolicyVersionRequest request, Context context) {
    ManagedPolicy policy = own(draft, request.policyArn());
    Version version = version(policy, request.versionId());
    draft.put(
        ManagedPolicy.KIND,
        policy.withVersions(policy.versions(), version.id(), policy.lastVersion(), context.now()));
    return Iam.NOTHING;
  }

  private static Version version(ManagedPolicy policy, String id) {
    Version version = policy.version(id);
    if (version == null) {
      throw new NoSuchEntityException(
          "Policy " + policy.arn() + " version " + id + " does not exist or is not attachable.");
    }
    return version;
  }

  static ListPolicyVersionsResponse versions(
      View view, ListPolicyVersionsRequest request, Context context) {
    ManagedPolicy policy = policy(view, request.policyArn());
    Pages.Page<PolicyVersion> page =
        new Pages(request.marker(), request.maxItems())
            .of(
                policy.versions().reversed(),
                // Newest first, so the names of pages run downwards too.
                version -> Integer.toString(2_000_000_000 - number(version.id())),
                version -> shown(policy, version, false));
    return new ListPolicyVersionsResponse(page.items(), page.truncated(), page.marker());
  }

  private static int number(String version) {
    return Integer.parseInt(version.substring(1));
  }

  static GetPolicyVersionResponse getVersion(
      View view, GetPolicyVersionRequest request, Context context) {
    ManagedPolicy policy = policy(view, request.policyArn());
    return new GetPolicyVersionResponse(shown(policy, version(policy, request.versionId()), true));
  }

  static Shape deleteVersion(Draft draft, DeletePolicyVersionRequest request, Context context) {
    ManagedPolicy policy = own(draft, request.policyArn());
    Version version = version(policy, request.versionId());
    if (version.id().equals(policy.defaultVersion())) {
      throw new DeleteConflictException("Cannot delete the default version of a policy.");
    }
    List<Version> versions = new ArrayList<>(policy.versions());
    versions.remove(version);
    draft.put(
        ManagedPolicy.KIND,
        policy.withVersions(
            versions, policy.defaultVersion(), policy.lastVersion(), context.now()));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeletePolicyRequest request, Context context) {
    ManagedPolicy policy = own(draft, request.policyArn());
    if (attachments(draft, policy.arn()) + boundaries(draft, policy.arn()) > 0) {
      throw new DeleteConflictException("Cannot delete a policy attached to entities.");
    }
    if (policy.versions().size() > 1) {
      throw new DeleteConflictException(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    draft.remove(ManagedPolicy.KIND, policy.arn());
    return Iam.NOTHING;
  }

  static ListEntitiesForPolicyResponse entities(
      View view, ListEntitiesForPolicyRequest request, Context context) {
    String arn = policy(view, request.policyArn()).arn();
    String filter = request.entityFilter() == null ? "" : request.entityFilter();
    boolean bounding = "PermissionsBoundary".equals(request.policyUsageFilter());
    Predicate<Grants> has =
        grants -> bounding ? arn.equals(grants.boundary()) : grants.attached().contains(arn);
    List<PolicyGroup> groups = new ArrayList<>();
    List<PolicyUser> users = new ArrayList<>();
    List<PolicyRole> roles = new ArrayList<>();
    for (IamGroup group : view.all(IamGroup.KIND)) {
      if (has.test(group.grants()) && (filter.isEmpty() || filter.equals("Group"))) {
        groups.add(new PolicyGroup(group.name(), group.id()));
      }
    }
    for (IamUser user : view.all(IamUser.KIND)) {
      if (has.test(user.grants()) && (filter.isEmpty() || filter.equals("User"))) {
        users.add(new PolicyUser(user.name(), user.id()));
      }
    }
    for (IamRole role : view.all(IamRole.KIND)) {
      if (has.test(role.grants()) && (filter.isEmpty() || filter.equals("Role"))) {
        roles.add(new PolicyRole(role.name(), role.id()));
      }
    }
    return new ListEntitiesForPolicyResponse(groups, users, roles, false, null);
  }

  static int attachments(View view, String arn) {
    return count(view, grants -> grants.attached().contains(arn));
  }

  private static int boundaries(View view, String arn) {
    return count(view, grants -> arn.equals(grants.boundary()));
  }

  private static int count(View view, Predicate<Grants> has) {
    int count = 0;
    for (IamGroup group : view.all(IamGroup.KIND)) {
      count += has.test(group.grants()) ? 1 : 0;
    }
    for (IamUser user : view.all(IamUser.KIND)) {
      count += has.test(user.grants()) ? 1 : 0;
    }
    for (IamRole role : view.all(IamRole.KIND)) {
      count += has.test(role.grants()) ? 1 : 0;
    }
    return count;
  }

  private static Policy shown(View view, ManagedPolicy policy, boolean whole) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersion())
        .attachmentCount(attachments(view, policy.arn()))
        .permissionsBoundaryUsageCount(boundaries(view, policy.arn()))
        .isAttachable(true)
        .description(whole ? policy.description() : null)
        .createDate(policy.createdAt())
        .updateDate(policy.updatedAt())
        .tags(TagLists.orNull(policy.tags()))
        .build();
  }

  /** The policy with all its versions. */
  static ManagedPolicyDetail detail(View view, ManagedPolicy policy) {
    return ManagedPolicyDetail.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersion())
        .attachmentCount(attachments(view, policy.arn()))
        .permissionsBoundaryUsageCount(boundaries(view, policy.arn()))
        .isAttachable(true)
        .description(policy.description())
        .createDate(policy.createdAt())
        .updateDate(policy.updatedAt())
        .policyVersionList(
            policy.versions().stream().map(version -> shown(policy, version, true)).toList())
        .build();
  }

  private static PolicyVersion shown(ManagedPolicy policy, Version version, boolean whole) {
    return new PolicyVersion(
        whole ? Documents.encoded(version.document()) : null,
        version.id(),
        version.id().equals(policy.defaultVersion()),
        version.createdAt());
  }
}
