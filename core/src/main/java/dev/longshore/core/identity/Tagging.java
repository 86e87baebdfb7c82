package dev.longshore.core.identity;

import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.model.ServerCertificate;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.iam.ListInstanceProfileTagsRequest;
import dev.longshore.shapes.iam.ListInstanceProfileTagsResponse;
import dev.longshore.shapes.iam.ListPolicyTagsRequest;
import dev.longshore.shapes.iam.ListPolicyTagsResponse;
import dev.longshore.shapes.iam.ListRoleTagsRequest;
import dev.longshore.shapes.iam.ListRoleTagsResponse;
import dev.longshore.shapes.iam.ListServerCertificateTagsRequest;
import dev.longshore.shapes.iam.ListServerCertificateTagsResponse;
import dev.longshore.shapes.iam.ListUserTagsRequest;
import dev.longshore.shapes.iam.ListUserTagsResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.Tag;
import dev.longshore.shapes.iam.TagInstanceProfileRequest;
import dev.longshore.shapes.iam.TagPolicyRequest;
import dev.longshore.shapes.iam.TagRoleRequest;
import dev.longshore.shapes.iam.TagServerCertificateRequest;
import dev.longshore.shapes.iam.TagUserRequest;
import dev.longshore.shapes.iam.UntagInstanceProfileRequest;
import dev.longshore.shapes.iam.UntagPolicyRequest;
import dev.longshore.shapes.iam.UntagRoleRequest;
import dev.longshore.shapes.iam.UntagServerCertificateRequest;
import dev.longshore.shapes.iam.UntagUserRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actions on tags; each sort of row has its own three. */
final class Tagging {
  private Tagging() {}

  static void register(Operations operations) {
    users(operations);
    roles(operations);
    policies(operations);
    profiles(operations);
    certificates(operations);
  }

  private static void users(Operations operations) {
    operations.command(
        "TagUser",
        (Draft draft, TagUserRequest request, Context context) -> {
          IamUser row = Iam.user(draft, request.userName());
          draft.put(IamUser.KIND, row.withTags(TagLists.with(row.tags(), request.tags())));
          return Iam.NOTHING;
        });
    operations.command(
        "UntagUser",
        (Draft draft, UntagUserRequest request, Context context) -> {
          IamUser row = Iam.user(draft, request.userName());
          draft.put(IamUser.KIND, row.withTags(TagLists.without(row.tags(), request.tagKeys())));
          return Iam.NOTHING;
        });
    operations.query(
        "ListUserTags",
        (View view, ListUserTagsRequest request, Context context) -> {
          IamUser row = Iam.user(view, request.userName());
          Pages.Page<Tag> page = page(row.tags(), request.marker(), request.maxItems());
          return new ListUserTagsResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void roles(Operations operations) {
    operations.command(
        "TagRole",
        (Draft draft, TagRoleRequest request, Context context) -> {
          IamRole row = Holder.changeable(Iam.role(draft, request.roleName()));
          draft.put(IamRole.KIND, row.withTags(TagLists.with(row.tags(), request.tags())));
          return Iam.NOTHING;
        });
    operations.command(
        "UntagRole",
        (Draft draft, UntagRoleRequest request, Context context) -> {
          IamRole row = Holder.changeable(Iam.role(draft, request.roleName()));
          draft.put(IamRole.KIND, row.withTags(TagLists.without(row.tags(), request.tagKeys())));
          return Iam.NOTHING;
        });
    operations.query(
        "ListRoleTags",
        (View view, ListRoleTagsRequest request, Context context) -> {
          IamRole row = Iam.role(view, request.roleName());
          Pages.Page<Tag> page = page(row.tags(), request.marker(), request.maxItems());
          return new ListRoleTagsResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void policies(Operations operations) {
    operations.command(
        "TagPolicy",
        (Draft draft, TagPolicyRequest request, Context context) -> {
          ManagedPolicy row = own(draft, request.policyArn());
          draft.put(ManagedPolicy.KIND, row.withTags(TagLists.with(row.tags(), request.tags())));
          return Iam.NOTHING;
        });
    operations.command(
        "UntagPolicy",
        (Draft draft, UntagPolicyRequest request, Context context) -> {
          ManagedPolicy row = own(draft, request.policyArn());
          draft.put(
              ManagedPolicy.KIND, row.withTags(TagLists.without(row.tags(), request.tagKeys())));
          return Iam.NOTHING;
        });
    operations.query(
        "ListPolicyTags",
        (View view, ListPolicyTagsRequest request, Context context) -> {
          ManagedPolicy row = own(view, request.policyArn());
          Pages.Page<Tag> page = page(row.tags(), request.marker(), request.maxItems());
          return new ListPolicyTagsResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void profiles(Operations operations) {
    operations.command(
        "TagInstanceProfile",
        (Draft draft, TagInstanceProfileRequest request, Context context) -> {
          InstanceProfile row = InstanceProfiles.profile(draft, request.instanceProfileName());
          draft.put(InstanceProfile.KIND, row.withTags(TagLists.with(row.tags(), request.tags())));
          return Iam.NOTHING;
        });
    operations.command(
        "UntagInstanceProfile",
        (Draft draft, UntagInstanceProfileRequest request, Context context) -> {
          InstanceProfile row = InstanceProfiles.profile(draft, request.instanceProfileName());
          draft.put(
              InstanceProfile.KIND, row.withTags(TagLists.without(row.tags(), request.tagKeys())));
          return Iam.NOTHING;
        });
    operations.query(
        "ListInstanceProfileTags",
        (View view, ListInstanceProfileTagsRequest request, Context context) -> {
          InstanceProfile row = InstanceProfiles.profile(view, request.instanceProfileName());
          Pages.Page<Tag> page = page(row.tags(), request.marker(), request.maxItems());
          return new ListInstanceProfileTagsResponse(page.items(), page.truncated(), page.marker());
        });
  }

  private static void certificates(Operations operations) {
    operations.command(
        "TagServerCertificate",
        (Draft draft, TagServerCertificateRequest request, Context context) -> {
          ServerCertificate row =
              ServerCertificates.certificate(draft, request.serverCertificateName());
          draft.put(
              ServerCertificate.KIND, row.withTags(TagLists.with(row.tags(), request.tags())));
          return Iam.NOTHING;
        });
    operations.command(
        "UntagServerCertificate",
        (Draft draft, UntagServerCertificateRequest request, Context context) -> {
          ServerCertificate row =
              ServerCertificates.certificate(draft, request.serverCertificateName());
          draft.put(
              ServerCertificate.KIND,
              row.withTags(TagLists.without(row.tags(), request.tagKeys())));
          return Iam.NOTHING;
        });
    operations.query(
        "ListServerCertificateTags",
        (View view, ListServerCertificateTagsRequest request, Context context) -> {
          ServerCertificate row =
              ServerCertificates.certificate(view, request.serverCertificateName());
          Pages.Page<Tag> page = page(row.tags(), request.marker(), request.maxItems());
          return new ListServerCertificateTagsResponse(
              page.items(), page.truncated(), page.marker());
        });
  }

  private static Pages.Page<Tag> page(
      Map<String, String> tags, @Nullable String marker, @Nullable Integer maxItems) {
    return new Pages(marker, maxItems).of(TagLists.shown(tags), Tag::key, tag -> tag);
  }

  private static ManagedPolicy own(View view, String arn) {
    ManagedPolicy policy = view.find(ManagedPolicy.KIND, arn);
    if (policy == null) {
      throw new NoSuchEntityException("Policy " + arn + " was not found.");
    }
    return policy;
  }
}
