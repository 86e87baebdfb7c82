package dev.longshore.core.identity;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.iam.AttachGroupPolicyRequest;
import dev.longshore.shapes.iam.AttachRolePolicyRequest;
import dev.longshore.shapes.iam.AttachUserPolicyRequest;
import dev.longshore.shapes.iam.AttachedPolicy;
import dev.longshore.shapes.iam.DeleteGroupPolicyRequest;
import dev.longshore.shapes.iam.DeleteRolePermissionsBoundaryRequest;
import dev.longshore.shapes.iam.DeleteRolePolicyRequest;
import dev.longshore.shapes.iam.DeleteUserPermissionsBoundaryRequest;
import dev.longshore.shapes.iam.DeleteUserPolicyRequest;
import dev.longshore.shapes.iam.DetachGroupPolicyRequest;
import dev.longshore.shapes.iam.DetachRolePolicyRequest;
import dev.longshore.shapes.iam.DetachUserPolicyRequest;
import dev.longshore.shapes.iam.GetGroupPolicyRequest;
import dev.longshore.shapes.iam.GetGroupPolicyResponse;
import dev.longshore.shapes.iam.GetRolePolicyRequest;
import dev.longshore.shapes.iam.GetRolePolicyResponse;
import dev.longshore.shapes.iam.GetUserPolicyRequest;
import dev.longshore.shapes.iam.GetUserPolicyResponse;
import dev.longshore.shapes.iam.ListAttachedGroupPoliciesRequest;
import dev.longshore.shapes.iam.ListAttachedGroupPoliciesResponse;
import dev.longshore.shapes.iam.ListAttachedRolePoliciesRequest;
import dev.longshore.shapes.iam.ListAttachedRolePoliciesResponse;
import dev.longshore.shapes.iam.ListAttachedUserPoliciesRequest;
import dev.longshore.shapes.iam.ListAttachedUserPoliciesResponse;
import dev.longshore.shapes.iam.ListGroupPoliciesRequest;
import dev.longshore.shapes.iam.ListGroupPoliciesResponse;
import dev.longshore.shapes.iam.ListRolePoliciesRequest;
import dev.longshore.shapes.iam.ListRolePoliciesResponse;
import dev.longshore.shapes.iam.ListUserPoliciesRequest;
import dev.longshore.shapes.iam.ListUserPoliciesResponse;
import dev.longshore.shapes.iam.PutGroupPolicyRequest;
import dev.longshore.shapes.iam.PutRolePermissionsBoundaryRequest;
import dev.longshore.shapes.iam.PutRolePolicyRequest;
import dev.longshore.shapes.iam.PutUserPermissionsBoundaryRequest;
import dev.longshore.shapes.iam.PutUserPolicyRequest;

/** The actions that users, groups and roles have alike, on the policies that they hold. */
final class HolderActions {
  private HolderActions() {}

  static void register(Operations operations) {
    users(operations);
    groups(operations);
    roles(operations);
    boundaries(operations);
  }

  private static void users(Operations operations) {
    operations.command(
        "AttachUserPolicy",
        (Draft draft, AttachUserPolicyRequest request, Context context) ->
            HeldPolicies.attach(draft, Holder.USER, request.userName(), request.policyArn()));
    operations.command(
        "DetachUserPolicy",
        (Draft draft, DetachUserPolicyRequest request, Context context) ->
            HeldPolicies.detach(draft, Holder.USER, request.userName(), request.policyArn()));
    operations.query(
        "ListAttachedUserPolicies",
        (View view, ListAttachedUserPoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<AttachedPolicy> page =
              HeldPolicies.attached(
                  view, Holder.USER, request.userName(), request.pathPrefix(), pages);
          return new ListAttachedUserPoliciesResponse(
              page.items(), page.truncated(), page.marker());
        });
    operations.command(
        "PutUserPolicy",
        (Draft draft, PutUserPolicyRequest request, Context context) ->
            HeldPolicies.put(
                draft,
                Holder.USER,
                request.userName(),
                request.policyName(),
                request.policyDocument()));
    operations.query(
        "GetUserPolicy",
        (View view, GetUserPolicyRequest request, Context context) ->
            new GetUserPolicyResponse(
                request.userName(),
                request.policyName(),
                HeldPolicies.document(
                    view, Holder.USER, request.userName(), request.policyName())));
    operations.command(
        "DeleteUserPolicy",
        (Draft draft, DeleteUserPolicyRequest request, Context context) ->
            HeldPolicies.delete(draft, Holder.USER, request.userName(), request.policyName()));
    operations.query(
        "ListUserPolicies",
        (View view, ListUserPoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<String> page =
              HeldPolicies.names(view, Holder.USER, request.userName(), pages);
          return new ListUserPoliciesResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void groups(Operations operations) {
    operations.command(
        "AttachGroupPolicy",
        (Draft draft, AttachGroupPolicyRequest request, Context context) ->
            HeldPolicies.attach(draft, Holder.GROUP, request.groupName(), request.policyArn()));
    operations.command(
        "DetachGroupPolicy",
        (Draft draft, DetachGroupPolicyRequest request, Context context) ->
            HeldPolicies.detach(draft, Holder.GROUP, request.groupName(), request.policyArn()));
    operations.query(
        "ListAttachedGroupPolicies",
        (View view, ListAttachedGroupPoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<AttachedPolicy> page =
              HeldPolicies.attached(
                  view, Holder.GROUP, request.groupName(), request.pathPrefix(), pages);
          return new ListAttachedGroupPoliciesResponse(
              page.items(), page.truncated(), page.marker());
        });
    operations.command(
        "PutGroupPolicy",
        (Draft draft, PutGroupPolicyRequest request, Context context) ->
            HeldPolicies.put(
                draft,
                Holder.GROUP,
                request.groupName(),
                request.policyName(),
                request.policyDocument()));
    operations.query(
        "GetGroupPolicy",
        (View view, GetGroupPolicyRequest request, Context context) ->
            new GetGroupPolicyResponse(
                request.groupName(),
                request.policyName(),
                HeldPolicies.document(
                    view, Holder.GROUP, request.groupName(), request.policyName())));
    operations.command(
        "DeleteGroupPolicy",
        (Draft draft, DeleteGroupPolicyRequest request, Context context) ->
            HeldPolicies.delete(draft, Holder.GROUP, request.groupName(), request.policyName()));
    operations.query(
        "ListGroupPolicies",
        (View view, ListGroupPoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<String> page =
              HeldPolicies.names(view, Holder.GROUP, request.groupName(), pages);
          return new ListGroupPoliciesResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void roles(Operations operations) {
    operations.command(
        "AttachRolePolicy",
        (Draft draft, AttachRolePolicyRequest request, Context context) ->
            HeldPolicies.attach(draft, Holder.ROLE, request.roleName(), request.policyArn()));
    operations.command(
        "DetachRolePolicy",
        (Draft draft, DetachRolePolicyRequest request, Context context) ->
            HeldPolicies.detach(draft, Holder.ROLE, request.roleName(), request.policyArn()));
    operations.query(
        "ListAttachedRolePolicies",
        (View view, ListAttachedRolePoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<AttachedPolicy> page =
              HeldPolicies.attached(
                  view, Holder.ROLE, request.roleName(), request.pathPrefix(), pages);
          return new ListAttachedRolePoliciesResponse(
              page.items(), page.truncated(), page.marker());
        });
    operations.command(
        "PutRolePolicy",
        (Draft draft, PutRolePolicyRequest request, Context context) ->
            HeldPolicies.put(
                draft,
                Holder.ROLE,
                request.roleName(),
                request.policyName(),
                request.policyDocument()));
    operations.query(
        "GetRolePolicy",
        (View view, GetRolePolicyRequest request, Context context) ->
            new GetRolePolicyResponse(
                request.roleName(),
                request.policyName(),
                HeldPolicies.document(
                    view, Holder.ROLE, request.roleName(), request.policyName())));
    operations.command(
        "DeleteRolePolicy",
        (Draft draft, DeleteRolePolicyRequest request, Context context) ->
            HeldPolicies.delete(draft, Holder.ROLE, request.roleName(), request.policyName()));
    operations.query(
        "ListRolePolicies",
        (View view, ListRolePoliciesRequest request, Context context) -> {
          Pages pages = new Pages(request.marker(), request.maxItems());
          Pages.Page<String> page =
              HeldPolicies.names(view, Holder.ROLE, request.roleName(), pages);
          return new ListRolePoliciesResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void boundaries(Operations operations) {
    operations.command(
        "PutUserPermissionsBoundary",
        (Draft draft, PutUserPermissionsBoundaryRequest request, Context context) ->
            HeldPolicies.bound(
                draft, Holder.USER, request.userName(), request.permissionsBoundary()));
    operations.command(
        "DeleteUserPermissionsBoundary",
        (Draft draft, DeleteUserPermissionsBoundaryRequest request, Context context) ->
            HeldPolicies.bound(draft, Holder.USER, request.userName(), null));
    operations.command(
        "PutRolePermissionsBoundary",
        (Draft draft, PutRolePermissionsBoundaryRequest request, Context context) ->
            HeldPolicies.bound(
                draft, Holder.ROLE, request.roleName(), request.permissionsBoundary()));
    operations.command(
        "DeleteRolePermissionsBoundary",
        (Draft draft, DeleteRolePermissionsBoundaryRequest request, Context context) ->
            HeldPolicies.bound(draft, Holder.ROLE, request.roleName(), null));
  }
}
