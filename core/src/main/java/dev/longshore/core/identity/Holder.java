package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.iam.UnmodifiableEntityException;

/** What can have policies. */
enum Holder {
  USER("user", "User", 2048),
  GROUP("group", "Group", 5120),
  ROLE("role", "Role", 10240);

  private final String noun;
  private final String quota;
  private final int inlineLetters;

  /**
   * @param inlineLetters of all its own documents together, white space left out
   */
  Holder(String noun, String quota, int inlineLetters) {
    this.noun = noun;
    this.quota = quota;
    this.inlineLetters = inlineLetters;
  }

  String noun() {
    return noun;
  }

  /** What the quota of its attached policies is called. */
  String quota() {
    return "PoliciesPer" + quota;
  }

  int inlineLetters() {
    return inlineLetters;
  }

  Grants grants(View view, String name) {
    return switch (this) {
      case USER -> Iam.user(view, name).grants();
      case GROUP -> Iam.group(view, name).grants();
      case ROLE -> Iam.role(view, name).grants();
    };
  }

  /** Puts other policies on it; roles of services are not to be changed. */
  void put(Draft draft, String name, Grants grants) {
    switch (this) {
      case USER -> draft.put(IamUser.KIND, Iam.user(draft, name).withGrants(grants));
      case GROUP -> draft.put(IamGroup.KIND, Iam.group(draft, name).withGrants(grants));
      case ROLE -> draft.put(IamRole.KIND, changeable(Iam.role(draft, name)).withGrants(grants));
    }
  }

  /** The role, unless it is a service's. */
  static IamRole changeable(IamRole role) {
    if (role.linkedService() != null) {
      throw new UnmodifiableEntityException(
          "Cannot perform the operation on the protected role '"
              + role.name()
              + "' - this role is only modifiable by AWS");
    }
    return role;
  }
}
