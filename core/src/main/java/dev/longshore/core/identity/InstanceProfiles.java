package dev.longshore.core.identity;

import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AddRoleToInstanceProfileRequest;
import dev.longshore.shapes.iam.CreateInstanceProfileRequest;
import dev.longshore.shapes.iam.CreateInstanceProfileResponse;
import dev.longshore.shapes.iam.DeleteInstanceProfileRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetInstanceProfileRequest;
import dev.longshore.shapes.iam.GetInstanceProfileResponse;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.ListInstanceProfilesForRoleRequest;
import dev.longshore.shapes.iam.ListInstanceProfilesForRoleResponse;
import dev.longshore.shapes.iam.ListInstanceProfilesRequest;
import dev.longshore.shapes.iam.ListInstanceProfilesResponse;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.RemoveRoleFromInstanceProfileRequest;
import java.util.ArrayList;
import java.util.List;

/** The actions on instance profiles. */
final class InstanceProfiles {
  private InstanceProfiles() {}

  static InstanceProfile profile(View view, String name) {
    InstanceProfile profile = view.find(InstanceProfile.KIND, name);
    if (profile == null) {
      throw new NoSuchEntityException("Instance Profile " + name + " cannot be found.");
    }
    return profile;
  }

  static CreateInstanceProfileResponse create(
      Draft draft, CreateInstanceProfileRequest request, Context context) {
    String name = request.instanceProfileName();
    if (draft.find(InstanceProfile.KIND, name) != null) {
      throw new EntityAlreadyExistsException("Instance Profile " + name + " already exists.");
    }
    String path = Iam.path(request.path());
    InstanceProfile profile =
        new InstanceProfile(
            name,
            path,
            Iam.uniqueId("AIPA", context.ids()),
            Iam.arn(context.place(), "instance-profile", path, name),
            context.now(),
            null,
            TagLists.of(request.tags()));
    draft.put(InstanceProfile.KIND, profile);
    return new CreateInstanceProfileResponse(shown(draft, profile));
  }

  static GetInstanceProfileResponse get(
      View view, GetInstanceProfileRequest request, Context context) {
    return new GetInstanceProfileResponse(
        shown(view, profile(view, request.instanceProfileName())));
  }

  static ListInstanceProfilesResponse list(
      View view, ListInstanceProfilesRequest request, Context context) {
    String prefix = Iam.path(request.pathPrefix());
    List<InstanceProfile> rows = new ArrayList<>();
    for (InstanceProfile profile : view.all(InstanceProfile.KIND)) {
      if (profile.path().startsWith(prefix)) {
        rows.add(profile);
      }
    }
    Pages.Page<dev.longshore.shapes.iam.InstanceProfile> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, InstanceProfile::name, profile -> shown(view, profile));
    return new ListInstanceProfilesResponse(page.items(), page.truncated(), page.marker());
  }

  static ListInstanceProfilesForRoleResponse ofRole(
      View view, ListInstanceProfilesForRoleRequest request, Context context) {
    IamRole role = Iam.role(view, request.roleName());
    List<InstanceProfile> rows = new ArrayList<>();
    for (InstanceProfile profile : view.all(InstanceProfile.KIND)) {
      if (role.name().equals(profile.role())) {
        rows.add(profile);
      }
    }
    Pages.Page<dev.longshore.shapes.iam.InstanceProfile> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, InstanceProfile::name, profile -> shown(view, profile));
    return new ListInstanceProfilesForRoleResponse(page.items(), page.truncated(), page.marker());
  }

  static Shape add(Draft draft, AddRoleToInstanceProfileRequest request, Context context) {
    InstanceProfile profile = profile(draft, request.instanceProfileName());
    IamRole role = Holder.changeable(Iam.role(draft, request.roleName()));
    if (profile.role() != null) {
      throw new LimitExceededException(
          "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
    }
    draft.put(InstanceProfile.KIND, profile.withRole(role.name()));
    return Iam.NOTHING;
  }

  static Shape remove(Draft draft, RemoveRoleFromInstanceProfileRequest request, Context context) {
    InstanceProfile profile = profile(draft, request.instanceProfileName());
    IamRole role = Iam.role(draft, request.roleName());
    if (!role.name().equals(profile.role())) {
      throw new NoSuchEntityException(
          "Role " + role.name() + " in Instance Profile " + profile.name() + " cannot be found.");
    }
    draft.put(InstanceProfile.KIND, profile.withRole(null));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteInstanceProfileRequest request, Context context) {
    InstanceProfile profile = profile(draft, request.instanceProfileName());
    if (profile.role() != null) {
      throw Users.conflict("remove roles from instance profile");
    }
    draft.remove(InstanceProfile.KIND, profile.name());
    return Iam.NOTHING;
  }

  /** Those that hand out this role. */
  static List<dev.longshore.shapes.iam.InstanceProfile> having(View view, IamRole role) {
    List<dev.longshore.shapes.iam.InstanceProfile> profiles = new ArrayList<>();
    for (InstanceProfile profile : view.all(InstanceProfile.KIND)) {
      if (role.name().equals(profile.role())) {
        profiles.add(shown(view, profile));
      }
    }
    return profiles;
  }

  private static dev.longshore.shapes.iam.InstanceProfile shown(
      View view, InstanceProfile profile) {
    IamRole role =
        profile.role() == null ? null : view.find(IamRole.KIND, IamRole.key(profile.role()));
    return dev.longshore.shapes.iam.InstanceProfile.builder()
        .path(profile.path())
        .instanceProfileName(profile.name())
        .instanceProfileId(profile.id())
        .arn(profile.arn())
        .createDate(profile.createdAt())
        .roles(role == null ? List.of() : List.of(Roles.shown(role, false)))
        .tags(TagLists.orNull(profile.tags()))
        .build();
  }
}
