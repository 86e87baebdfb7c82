package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which policies count for a user or a role, by the rows there are now. */
public final class CallerPolicies {
  private CallerPolicies() {}

  /** Of a user: its own, those of its groups, and its boundary. */
  public static PolicySet of(View view, IamUser user, DocumentSource source) {
    List<Policy> identity = new ArrayList<>();
    add(view, user.grants(), source, identity);
    for (IamGroup group : Users.groups(view, user)) {
      add(view, group.grants(), source, identity);
    }
    return new PolicySet(identity, boundary(view, user.grants(), source), null);
  }

  /** Of a role; a session may be allowed less. */
  public static PolicySet of(View view, IamRole role, DocumentSource source) {
    List<Policy> identity = new ArrayList<>();
    add(view, role.grants(), source, identity);
    return new PolicySet(identity, boundary(view, role.grants(), source), null);
  }

  /** Of a group alone. */
  static PolicySet of(View view, IamGroup group, DocumentSource source) {
    List<Policy> identity = new ArrayList<>();
    add(view, group.grants(), source, identity);
    return new PolicySet(identity, null, null);
  }

  /** Of a managed policy, which counts for a session by its ARN; null where there is none. */
  public static @Nullable Policy managed(View view, String arn, DocumentSource source) {
    ManagedPolicy policy = ManagedPolicies.find(view, arn);
    return policy == null ? null : source.of(policy.document());
  }

  private static void add(View view, Grants grants, DocumentSource source, List<Policy> to) {
    for (String arn : grants.attached()) {
      Policy policy = managed(view, arn, source);
      if (policy != null) {
        to.add(policy);
      }
    }
    grants.inline().values().forEach(document -> to.add(source.of(document)));
  }

  /** A boundary that is gone bounds to nothing. */
  private static @Nullable Policy boundary(View view, Grants grants, DocumentSource source) {
    if (grants.boundary() == null) {
      return null;
    }
    Policy policy = managed(view, grants.boundary(), source);
    return policy == null ? Policy.NOTHING : policy;
  }
}
