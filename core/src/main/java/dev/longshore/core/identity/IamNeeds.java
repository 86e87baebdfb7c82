package dev.longshore.core.identity;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What callers of IAM need to be allowed: the action on the user, group, role or policy meant. */
final class IamNeeds implements Needs {
  /** Members that name what an action is on, the first one there counts; and what that is. */
  private static final List<List<String>> NAMES =
      List.of(
          List.of("InstanceProfileName", "instance-profile"),
          List.of("GroupName", "group"),
          List.of("RoleName", "role"),
          List.of("UserName", "user"),
          List.of("ServerCertificateName", "server-certificate"));

  /** Actions on one's own user where no name is given. */
  private static final List<String> OWN =
      List.of("GetUser", "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey");

  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    Need need = Need.of(action, resource(action, input, view, context));
    String policy = text(input, "PolicyArn");
    if (policy != null && !need.resource().equals(policy)) {
      need = need.with("iam:PolicyARN", policy);
    }
    need = need.with("iam:PermissionsBoundary", text(input, "PermissionsBoundary"));
    need = need.with("iam:AWSServiceName", text(input, "AWSServiceName"));
    needs.add(need.withRequestTags(tags(input)).withResourceTags(tagsOf(view, input)));
    if (action.endsWith(":AddRoleToInstanceProfile")) {
      String role = arn("role", String.valueOf(text(input, "RoleName")), view, context);
      needs.add(Need.of("iam:PassRole", role).with("iam:PassedToService", "ec2.amazonaws.com"));
    }
    return needs;
  }

  private static String resource(String action, Shape input, View view, Context context) {
    String name = action.substring(action.indexOf(':') + 1);
    for (List<String> each : NAMES) {
      String given = text(input, each.getFirst());
      if (given != null) {
        return arn(each.getLast(), given, Iam.path(text(input, "Path")), view, context);
      }
    }
    String policy = text(input, "PolicyArn");
    if (policy != null) {
      return policy;
    }
    String policyName = text(input, "PolicyName");
    if (policyName != null) {
      return arn("policy", policyName, Iam.path(text(input, "Path")), view, context);
    }
    if (name.equals("GetAccessKeyLastUsed")) {
      return holder(String.valueOf(text(input, "AccessKeyId")), view, context);
    }
    String own = Iam.userName(context.caller());
    if (OWN.contains(name) && own != null) {
      return context.caller().arn();
    }
    String type =
        switch (name) {
          case "ListUsers" -> "user";
          case "ListGroups" -> "group";
          case "ListRoles" -> "role";
          case "ListPolicies" -> "policy";
          case "ListInstanceProfiles" -> "instance-profile";
          case "ListServerCertificates" -> "server-certificate";
          default -> "";
        };
    return type.isEmpty()
        ? Need.EVERYTHING
        : Iam.arn(context.place(), type, Iam.path(text(input, "PathPrefix")), "");
  }

  /** The user whose key that is; a key that nobody has could be anybody's. */
  private static String holder(String accessKeyId, View view, Context context) {
    AccessKey key = view.find(AccessKey.KIND, accessKeyId);
    return arn("user", key == null ? "*" : key.user(), view, context);
  }

  private static String arn(String type, String name, View view, Context context) {
    return arn(type, name, "/", view, context);
  }

  /** What is there has the path that it was made with. */
  private static String arn(String type, String name, String path, View view, Context context) {
    IamUser user = type.equals("user") ? view.find(IamUser.KIND, IamUser.key(name)) : null;
    IamRole role = type.equals("role") ? view.find(IamRole.KIND, IamRole.key(name)) : null;
    IamGroup group = type.equals("group") ? view.find(IamGroup.KIND, IamGroup.key(name)) : null;
    if (user != null) {
      return user.arn();
    }
    if (role != null) {
      return role.arn();
    }
    return group != null ? group.arn() : Iam.arn(context.place(), type, path, name);
  }

  private static Map<String, String> tagsOf(View view, Shape input) {
    String user = text(input, "UserName");
    String role = text(input, "RoleName");
    IamUser userRow = user == null ? null : view.find(IamUser.KIND, IamUser.key(user));
    IamRole roleRow = role == null ? null : view.find(IamRole.KIND, IamRole.key(role));
    if (roleRow != null) {
      return roleRow.tags();
    }
    return userRow == null ? Collections.emptyMap() : userRow.tags();
  }

  private static Map<String, String> tags(Shape input) {
    Map<String, String> tags = new TreeMap<>();
    if (member(input, "Tags") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Tag tag) {
          tags.put(tag.key(), tag.value());
        }
      }
    }
    return tags;
  }

  private static @Nullable Object member(Shape input, String name) {
    Member member = input.schema().named(name);
    return member == null ? null : input.member(member.index());
  }

  private static @Nullable String text(Shape input, String name) {
    return member(input, name) instanceof String text ? text : null;
  }
}
