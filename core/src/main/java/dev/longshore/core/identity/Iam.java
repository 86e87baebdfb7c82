package dev.longshore.core.identity;

import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.iam.NoSuchEntityException;
import org.jspecify.annotations.Nullable;

/** What the actions of IAM share: finding rows, naming new ones. */
final class Iam {
  /** The answer of actions that answer nothing. */
  static final Shape NOTHING = Structure.EMPTY.builder().build();

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LETTERS = 17;
  private static final int KEY_LETTERS = 16;

  private Iam() {}

  /** An id that is never given twice: four letters that say of what, and seventeen by chance. */
  static String uniqueId(String prefix, Ids ids) {
    return prefix + letters(ids, ID_LETTERS);
  }

  /** The id of a new access key. */
  static String accessKeyId(Ids ids) {
    return "AKIA" + letters(ids, KEY_LETTERS);
  }

  private static String letters(Ids ids, int count) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < count; at++) {
      text.append(LETTERS.charAt(ids.below(LETTERS.length())));
    }
    return text.toString();
  }

  /**
   * The ARN of something in IAM.
   *
   * @param path begins and ends with a slash
   */
  static String arn(Place place, String type, String path, String name) {
    return "arn:" + place.partition() + ":iam::" + place.accountId() + ':' + type + path + name;
  }

  static String path(@Nullable String path) {
    return path == null || path.isEmpty() ? "/" : path;
  }

  static IamUser user(View view, String name) {
    IamUser user = view.find(IamUser.KIND, IamUser.key(name));
    if (user == null) {
      throw new NoSuchEntityException("The user with name " + name + " cannot be found.");
    }
    return user;
  }

  static IamGroup group(View view, String name) {
    IamGroup group = view.find(IamGroup.KIND, IamGroup.key(name));
    if (group == null) {
      throw new NoSuchEntityException("The group with name " + name + " cannot be found.");
    }
    return group;
  }

  static IamRole role(View view, String name) {
    IamRole role = view.find(IamRole.KIND, IamRole.key(name));
    if (role == null) {
      throw new NoSuchEntityException("The role with name " + name + " cannot be found.");
    }
    return role;
  }

  /** The user of that name, or the one who asks where no name is given. */
  static IamUser userOrCaller(View view, @Nullable String name, Context context) {
    if (name != null) {
      return user(view, name);
    }
    String own = userName(context.caller());
    if (own == null) {
      throw new ServiceException(
          "ValidationError", 400, "Must specify userName when calling with non-User credentials");
    }
    return user(view, own);
  }

  /** The name of a caller who is a user; null for others. */
  static @Nullable String userName(Caller caller) {
    String arn = caller.arn();
    return arn.contains(":user/") ? arn.substring(arn.lastIndexOf('/') + 1) : null;
  }
}
