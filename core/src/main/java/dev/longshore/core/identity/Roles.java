package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.InstanceProfile;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.Keys;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.policy.Subject;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.CreateRoleRequest;
import dev.longshore.shapes.iam.CreateRoleResponse;
import dev.longshore.shapes.iam.DeleteRoleRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetRoleRequest;
import dev.longshore.shapes.iam.GetRoleResponse;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.ListRolesRequest;
import dev.longshore.shapes.iam.ListRolesResponse;
import dev.longshore.shapes.iam.Role;
import dev.longshore.shapes.iam.UpdateAssumeRolePolicyRequest;
import dev.longshore.shapes.iam.UpdateRoleDescriptionRequest;
import dev.longshore.shapes.iam.UpdateRoleDescriptionResponse;
import dev.longshore.shapes.iam.UpdateRoleRequest;
import dev.longshore.shapes.iam.UpdateRoleResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions on roles, and whether a service may take one on. */
public final class Roles {
  static final int USUAL_SESSION = 3600;
  private static final int TRUST_LETTERS = 2048;

  private Roles() {}

  /** The role that is named by its name or its ARN; null where there is none. */
  public static @Nullable IamRole find(View view, Place place, String nameOrArn) {
    IamRole role = view.find(IamRole.KIND, IamRole.keyOf(nameOrArn));
    boolean same =
        role != null
            && (nameOrArn.startsWith("arn:")
                ? role.arn().equals(nameOrArn)
                : role.name().equalsIgnoreCase(nameOrArn));
    return same ? role : null;
  }

  /**
   * Whether a service may take on a role for an object of ours.
   *
   * @param service for example {@code ecs-tasks.amazonaws.com}
   * @param sourceArn what it does so for, which trusts may ask for as {@code aws:SourceArn}
   */
  public static boolean trusts(IamRole role, String service, Place place, String sourceArn) {
    Keys keys =
        key ->
            switch (key) {
              case "aws:sourceaccount" -> List.of(place.accountId());
              case "aws:sourcearn" -> List.of(sourceArn);
              default -> null;
            };
    Inquiry inquiry = new Inquiry(Subject.service(service), "sts:assumerole", role.arn(), keys);
    try {
      return PolicyReader.read(role.trust(), PolicyKind.TRUST).trusts(inquiry);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException("The trust of " + role.arn() + " was checked once.", e);
    }
  }

  static CreateRoleResponse create(Draft draft, CreateRoleRequest request, Context context) {
    String name = request.roleName();
    if (draft.find(IamRole.KIND, IamRole.key(name)) != null) {
      throw new EntityAlreadyExistsException("Role with name " + name + " already exists.");
    }
    String path = Iam.path(request.path());
    Integer session = request.maxSessionDuration();
    String boundary = HeldPolicies.checkedBoundary(draft, request.permissionsBoundary());
    IamRole role =
        new IamRole(
            name,
            path,
            Iam.uniqueId("AROA", context.ids()),
            Iam.arn(context.place(), "role", path, name),
            context.now(),
            trust(request.assumeRolePolicyDocument()),
            request.description(),
            session == null ? USUAL_SESSION : session,
            Grants.NONE.withBoundary(boundary),
            TagLists.of(request.tags()),
            null);
    draft.put(IamRole.KIND, role);
    return new CreateRoleResponse(shown(role, true));
  }

  private static String trust(String document) {
    Documents.check(document, PolicyKind.TRUST);
    if (Documents.size(document) > TRUST_LETTERS) {
      throw new LimitExceededException("Cannot exceed quota for ACLSizePerRole: " + TRUST_LETTERS);
    }
    return document;
  }

  static GetRoleResponse get(View view, GetRoleRequest request, Context context) {
    return new GetRoleResponse(shown(Iam.role(view, request.roleName()), true));
  }

  static ListRolesResponse list(View view, ListRolesRequest request, Context context) {
    String prefix = Iam.path(request.pathPrefix());
    List<IamRole> rows = new ArrayList<>();
    for (IamRole role : view.all(IamRole.KIND)) {
      if (role.path().startsWith(prefix)) {
        rows.add(role);
      }
    }
    Pages.Page<Role> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, IamRole.KIND::keyOf, role -> shown(role, false));
    return new ListRolesResponse(page.items(), page.truncated(), page.marker());
  }

  static UpdateRoleResponse update(Draft draft, UpdateRoleRequest request, Context context) {
    IamRole role = Iam.role(draft, request.roleName());
    // Of a service's role its description alone may be changed.
    IamRole changed = request.maxSessionDuration() == null ? role : Holder.changeable(role);
    Integer session = request.maxSessionDuration();
    draft.put(
        IamRole.KIND,
        changed.withDescription(
            request.description() == null ? role.description() : request.description(),
            session == null ? role.maxSession() : session));
    return new UpdateRoleResponse();
  }

  static UpdateRoleDescriptionResponse describe(
      Draft draft, UpdateRoleDescriptionRequest request, Context context) {
    IamRole role = Iam.role(draft, request.roleName());
    IamRole changed = role.withDescription(request.description(), role.maxSession());
    draft.put(IamRole.KIND, changed);
    return new UpdateRoleDescriptionResponse(shown(changed, true));
  }

  static Shape updateTrust(Draft draft, UpdateAssumeRolePolicyRequest request, Context context) {
    IamRole role = Holder.changeable(Iam.role(draft, request.roleName()));
    draft.put(IamRole.KIND, role.withTrust(trust(request.policyDocument())));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteRoleRequest request, Context context) {
    IamRole role = Holder.changeable(Iam.role(draft, request.roleName()));
    for (InstanceProfile profile : draft.all(InstanceProfile.KIND)) {
      if (role.name().equals(profile.role())) {
        throw Users.conflict("remove roles from instance profile");
      }
    }
    if (!role.grants().attached().isEmpty()) {
      throw Users.conflict("detach all policies");
    }
    if (!role.grants().inline().isEmpty()) {
      throw Users.conflict("delete policies");
    }
    draft.remove(IamRole.KIND, IamRole.key(role.name()));
    return Iam.NOTHING;
  }

  /**
   * @param whole with what listings leave out
   */
  static Role shown(IamRole role, boolean whole) {
    return Role.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.id())
        .arn(role.arn())
        .createDate(role.createdAt())
        .assumeRolePolicyDocument(Documents.encoded(role.trust()))
        .description(role.description())
        .maxSessionDuration(role.maxSession())
        .permissionsBoundary(whole ? Users.boundary(role.grants()) : null)
        .tags(whole ? TagLists.orNull(role.tags()) : null)
        .build();
  }
}
