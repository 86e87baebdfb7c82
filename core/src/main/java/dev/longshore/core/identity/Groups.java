package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AddUserToGroupRequest;
import dev.longshore.shapes.iam.CreateGroupRequest;
import dev.longshore.shapes.iam.CreateGroupResponse;
import dev.longshore.shapes.iam.DeleteGroupRequest;
import dev.longshore.shapes.iam.EntityAlreadyExistsException;
import dev.longshore.shapes.iam.GetGroupRequest;
import dev.longshore.shapes.iam.GetGroupResponse;
import dev.longshore.shapes.iam.Group;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.ListGroupsForUserRequest;
import dev.longshore.shapes.iam.ListGroupsForUserResponse;
import dev.longshore.shapes.iam.ListGroupsRequest;
import dev.longshore.shapes.iam.ListGroupsResponse;
import dev.longshore.shapes.iam.RemoveUserFromGroupRequest;
import dev.longshore.shapes.iam.UpdateGroupRequest;
import dev.longshore.shapes.iam.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The actions on groups. */
final class Groups {
  private static final int PER_USER = 10;

  private Groups() {}

  static CreateGroupResponse create(Draft draft, CreateGroupRequest request, Context context) {
    checkFree(draft, request.groupName());
    String path = Iam.path(request.path());
    IamGroup group =
        new IamGroup(
            request.groupName(),
            path,
            Iam.uniqueId("AGPA", context.ids()),
            Iam.arn(context.place(), "group", path, request.groupName()),
            context.now(),
            Grants.NONE);
    draft.put(IamGroup.KIND, group);
    return new CreateGroupResponse(shown(group));
  }

  private static void checkFree(View view, String name) {
    if (view.find(IamGroup.KIND, IamGroup.key(name)) != null) {
      throw new EntityAlreadyExistsException("Group with name " + name + " already exists.");
    }
  }

  static GetGroupResponse get(View view, GetGroupRequest request, Context context) {
    IamGroup group = Iam.group(view, request.groupName());
    Pages.Page<User> page =
        new Pages(request.marker(), request.maxItems())
            .of(members(view, group), IamUser.KIND::keyOf, user -> Users.shown(user, false));
    return new GetGroupResponse(shown(group), page.items(), page.truncated(), page.marker());
  }

  private static List<IamUser> members(View view, IamGroup group) {
    List<IamUser> members = new ArrayList<>();
    for (IamUser user : view.all(IamUser.KIND)) {
      if (isIn(user, group.name())) {
        members.add(user);
      }
    }
    return members;
  }

  private static boolean isIn(IamUser user, String group) {
    return user.groups().stream().anyMatch(group::equalsIgnoreCase);
  }

  static Shape update(Draft draft, UpdateGroupRequest request, Context context) {
    IamGroup group = Iam.group(draft, request.groupName());
    String name = request.newGroupName() == null ? group.name() : request.newGroupName();
    String path = request.newPath() == null ? group.path() : request.newPath();
    if (!IamGroup.key(name).equals(IamGroup.key(group.name()))) {
      checkFree(draft, name);
      draft.remove(IamGroup.KIND, IamGroup.key(group.name()));
    }
    for (IamUser user : members(draft, group)) {
      draft.put(IamUser.KIND, user.withGroups(with(without(user, group.name()), name)));
    }
    draft.put(
        IamGroup.KIND, group.named(name, path, Iam.arn(context.place(), "group", path, name)));
    return Iam.NOTHING;
  }

  static Shape delete(Draft draft, DeleteGroupRequest request, Context context) {
    IamGroup group = Iam.group(draft, request.groupName());
    if (!members(draft, group).isEmpty()) {
      throw Users.conflict("remove users from group");
    }
    if (!group.grants().attached().isEmpty()) {
      throw Users.conflict("detach all policies");
    }
    if (!group.grants().inline().isEmpty()) {
      throw Users.conflict("delete policies");
    }
    draft.remove(IamGroup.KIND, IamGroup.key(group.name()));
    return Iam.NOTHING;
  }

  static Shape add(Draft draft, AddUserToGroupRequest request, Context context) {
    IamGroup group = Iam.group(draft, request.groupName());
    IamUser user = Iam.user(draft, request.userName());
    if (isIn(user, group.name())) {
      return Iam.NOTHING;
    }
    if (user.groups().size() >= PER_USER) {
      throw new LimitExceededException("Cannot exceed quota for GroupsPerUser: " + PER_USER);
    }
    draft.put(IamUser.KIND, user.withGroups(with(user.groups(), group.name())));
    return Iam.NOTHING;
  }

  static Shape remove(Draft draft, RemoveUserFromGroupRequest request, Context context) {
    IamGroup group = Iam.group(draft, request.groupName());
    IamUser user = Iam.user(draft, request.userName());
    draft.put(IamUser.KIND, user.withGroups(without(user, group.name())));
    return Iam.NOTHING;
  }

  private static List<String> with(List<String> groups, String name) {
    List<String> more = new ArrayList<>(groups);
    more.add(name);
    return more;
  }

  private static List<String> without(IamUser user, String group) {
    return user.groups().stream().filter(name -> !name.equalsIgnoreCase(group)).toList();
  }

  static ListGroupsResponse list(View view, ListGroupsRequest request, Context context) {
    String prefix = Iam.path(request.pathPrefix());
    List<IamGroup> rows = new ArrayList<>();
    for (IamGroup group : view.all(IamGroup.KIND)) {
      if (group.path().startsWith(prefix)) {
        rows.add(group);
      }
    }
    Pages.Page<Group> page =
        new Pages(request.marker(), request.maxItems())
            .of(rows, IamGroup.KIND::keyOf, Groups::shown);
    return new ListGroupsResponse(page.items(), page.truncated(), page.marker());
  }

  static ListGroupsForUserResponse ofUser(
      View view, ListGroupsForUserRequest request, Context context) {
    List<IamGroup> groups = new ArrayList<>(Users.groups(view, Iam.user(view, request.userName())));
    groups.sort(Comparator.comparing(IamGroup.KIND::keyOf));
    Pages.Page<Group> page =
        new Pages(request.marker(), request.maxItems())
            .of(groups, IamGroup.KIND::keyOf, Groups::shown);
    return new ListGroupsForUserResponse(page.items(), page.truncated(), page.marker());
  }

  static Group shown(IamGroup group) {
    return new Group(group.path(), group.name(), group.id(), group.arn(), group.createdAt());
  }
}
