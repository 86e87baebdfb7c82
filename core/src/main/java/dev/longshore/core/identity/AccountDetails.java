package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AttachedPolicy;
import dev.longshore.shapes.iam.GetAccountAuthorizationDetailsRequest;
import dev.longshore.shapes.iam.GetAccountAuthorizationDetailsResponse;
import dev.longshore.shapes.iam.GroupDetail;
import dev.longshore.shapes.iam.ManagedPolicyDetail;
import dev.longshore.shapes.iam.PolicyDetail;
import dev.longshore.shapes.iam.RoleDetail;
import dev.longshore.shapes.iam.UserDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everybody in the account and all policies, at once: what tools look through for rights. */
final class AccountDetails {
  private final View view;
  private final @Nullable List<String> filter;

  /** By kind and key, so that a page can begin anywhere; details are made of what is shown. */
  private final Map<String, Supplier<Shape>> entries = new TreeMap<>();

  private AccountDetails(View view, @Nullable List<String> filter) {
    this.view = view;
    this.filter = filter;
  }

  static GetAccountAuthorizationDetailsResponse of(
      View view, GetAccountAuthorizationDetailsRequest request, Context context) {
    AccountDetails details = new AccountDetails(view, request.filter());
    details.collect();
    Pages.Page<Shape> page =
        new Pages(request.marker(), request.maxItems())
            .of(details.entries.entrySet(), Map.Entry::getKey, entry -> entry.getValue().get());
    return GetAccountAuthorizationDetailsResponse.builder()
        .userDetailList(only(UserDetail.class, page))
        .groupDetailList(only(GroupDetail.class, page))
        .roleDetailList(only(RoleDetail.class, page))
        .policies(only(ManagedPolicyDetail.class, page))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static <T> List<T> only(Class<T> kind, Pages.Page<Shape> page) {
    return page.items().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private void collect() {
    if (wants("User")) {
      view.all(IamUser.KIND)
          .forEach(user -> entries.put("user " + IamUser.key(user.name()), () -> user(user)));
    }
    if (wants("Group")) {
      view.all(IamGroup.KIND)
          .forEach(group -> entries.put("group " + IamGroup.key(group.name()), () -> group(group)));
    }
    if (wants("Role")) {
      view.all(IamRole.KIND)
          .forEach(role -> entries.put("role " + IamRole.key(role.name()), () -> role(role)));
    }
    if (wants("LocalManagedPolicy")) {
      view.all(ManagedPolicy.KIND).forEach(this::add);
    }
    if (wants("AWSManagedPolicy")) {
      AwsPolicies.all().forEach(this::add);
    }
  }

  private void add(ManagedPolicy policy) {
    entries.put("policy " + policy.arn(), () -> ManagedPolicies.detail(view, policy));
  }

  private boolean wants(String kind) {
    return filter == null || filter.isEmpty() || filter.contains(kind);
  }

  private UserDetail user(IamUser user) {
    return UserDetail.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn())
        .createDate(user.createdAt())
        .userPolicyList(inline(user.grants()))
        .groupList(Users.groups(view, user).stream().map(IamGroup::name).toList())
        .attachedManagedPolicies(attached(user.grants()))
        .permissionsBoundary(Users.boundary(user.grants()))
        .tags(TagLists.orNull(user.tags()))
        .build();
  }

  private static GroupDetail group(IamGroup group) {
    return GroupDetail.builder()
        .path(group.path())
        .groupName(group.name())
        .groupId(group.id())
        .arn(group.arn())
        .createDate(group.createdAt())
        .groupPolicyList(inline(group.grants()))
        .attachedManagedPolicies(attached(group.grants()))
        .build();
  }

  private RoleDetail role(IamRole role) {
    return RoleDetail.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.id())
        .arn(role.arn())
        .createDate(role.createdAt())
        .assumeRolePolicyDocument(Documents.encoded(role.trust()))
        .instanceProfileList(InstanceProfiles.having(view, role))
        .rolePolicyList(inline(role.grants()))
        .attachedManagedPolicies(attached(role.grants()))
        .permissionsBoundary(Users.boundary(role.grants()))
        .tags(TagLists.orNull(role.tags()))
        .build();
  }

  private static List<PolicyDetail> inline(Grants grants) {
    List<PolicyDetail> policies = new ArrayList<>();
    new TreeMap<>(grants.inline())
        .forEach(
            (name, document) -> policies.add(new PolicyDetail(name, Documents.encoded(document))));
    return policies;
  }

  private static List<AttachedPolicy> attached(Grants grants) {
    return grants.attached().stream()
        .map(arn -> new AttachedPolicy(arn.substring(arn.lastIndexOf('/') + 1), arn))
        .toList();
  }
}
