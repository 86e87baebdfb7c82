package dev.longshore.core.identity;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AttachedPermissionsBoundary;
import dev.longshore.shapes.iam.CreateUserRequest;
import dev.longshore.shapes.iam.CreateUserResponse;
import dev.longshore.shapes.iam.DeleteConflictException;
import dev.longshore.shapes.iam.DeleteUserRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetUserRequest;
import dev.longshore.shapes.iam.GetUserResponse;
import dev.longshore.shapes.iam.ListUsersRequest;
import dev.longshore.shapes.iam.ListUsersResponse;
import dev.longshore.shapes.iam.UpdateUserRequest;
import dev.longshore.shapes.iam.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The actions on users. */
final class Users {
  private Users() {}

  static CreateUserResponse create(Draft draft, CreateUserRequest request, Context context) {
    checkFree(draft, request.userName());
    String path = Iam.path(request.path());
    String boundary = HeldPolicies.checkedBoundary(draft, request.permissionsBoundary());
    IamUser user =
        new IamUser(
            request.userName(),
            path,
            Iam.uniqueId("AIDA", context.ids()),
            Iam.arn(context.place(), "user", path, request.userName()),
            context.now(),
            Grants.NONE.withBoundary(boundary),
            List.of(),
            TagLists.of(request.tags()));
    draft.put(IamUser.KIND, user);
    return new CreateUserResponse(shown(user, true));
  }

  private static void checkFree(View view, String name) {
    if (view.find(IamUser.KIND, IamUser.key(name)) != null) {
      throw new EntityAlreadyExistsException("User with name " + name + " already exists.");
    }
  }

  static GetUserResponse get(View view, GetUserRequest request, Context context) {
    if (request.userName() == null && context.caller().isRoot()) {
      String account = context.caller().accountId();
      return new GetUserResponse(
          User.builder()
              .path("/")
              .userName("root")
              .userId(account)
              .arn(context.caller().arn())
              .createDate(context.now())
              .build());
    }
    return new GetUserResponse(shown(Iam.userOrCaller(view, request.userName(), context), true));
  }

  static ListUsersResponse list(View view, ListUsersRequest request, Context context) {
    String prefix = Iam.path(request.pathPrefix());
    List<IamUser> rows = new ArrayList<>();
    for (IamUser user : view.all(IamUser.KIND)) {
      if (user.path().startsWith(prefix)) {
        rows.add(user);
      }
    }
    Pages.Page<User> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, IamUser.KIND::keyOf, user -> shown(user, false));
    return new ListUsersResponse(page.items(), page.truncated(), page.marker());
  }

  static Shape update(Draft draft, UpdateUserRequest request, Context context) {
    IamUser user = Iam.user(draft, request.userName());
    String name = request.newUserName() == null ? user.name() : request.newUserName();
    String path = request.newPath() == null ? user.path() : request.newPath();
    if (!IamUser.key(name).equals(IamUser.key(user.name()))) {
      checkFree(draft, name);
      draft.remove(IamUser.KIND, IamUser.key(user.name()));
    }
    for (AccessKey key : draft.by(AccessKey.BY_USER, IamUser.key(user.name()))) {
      draft.put(AccessKey.KIND, key.of(name));
    }
    String arn = Iam.arn(context.place(), "user", path, name);
    draft.put(IamUser.KIND, user.named(name, path, arn));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteUserRequest request, Context context) {
    IamUser user = Iam.user(draft, request.userName());
    if (!user.grants().attached().isEmpty()) {
      throw conflict("detach all policies");
    }
    if (!user.grants().inline().isEmpty()) {
      throw conflict("delete policies");
    }
    if (draft.count(AccessKey.BY_USER, IamUser.key(user.name())) > 0) {
      throw conflict("delete access keys");
    }
    if (!user.groups().isEmpty()) {
      throw conflict("remove users from group");
    }
    draft.remove(IamUser.KIND, IamUser.key(user.name()));
    return Iam.NOTHING;
  }

  static DeleteConflictException conflict(String what) {
    return new DeleteConflictException("Cannot delete entity, must " + what + " first.");
  }

  /** The groups that a user is in; one that was renamed meanwhile has its new name. */
  static List<IamGroup> groups(View view, IamUser user) {
    List<IamGroup> groups = new ArrayList<>();
    for (String name : user.groups()) {
      IamGroup group = view.find(IamGroup.KIND, IamGroup.key(name));
      if (group != null) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * @param whole with what listings leave out
   */
  static User shown(IamUser user, boolean whole) {
    return User.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn())
        .createDate(user.createdAt())
        .permissionsBoundary(whole ? boundary(user.grants()) : null)
        .tags(whole ? TagLists.orNull(user.tags()) : null)
        .build();
  }

  static @Nullable AttachedPermissionsBoundary boundary(Grants grants) {
    return grants.boundary() == null
        ? null
        : new AttachedPermissionsBoundary("Policy", grants.boundary());
  }
}
