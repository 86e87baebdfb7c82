package dev.longshore.server.identity;

import dev.longshore.core.identity.CallerPolicies;
import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.IamGroup;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.model.ManagedPolicy;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.policy.Decision;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.policy.Subject;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.engine.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What callers may do by the policies that there are. Which policies count for a caller is
 * remembered until a row of IAM changes; a change that is committed counts for the next call.
 */
public final class PolicyPermissions implements Permissions, Watcher {
  /** Callers that are remembered; beyond that all are forgotten, and found out once more. */
  private static final int REMEMBERED = 4096;

  private static final List<Kind<?>> FOLLOWED =
      List.of(IamUser.KIND, IamGroup.KIND, IamRole.KIND, ManagedPolicy.KIND, AccessKey.KIND);

  private final Supplier<State> state;
  private final Place place;
  private final ReadDocuments identities = new ReadDocuments(PolicyKind.IDENTITY);
  private final ReadDocuments resources = new ReadDocuments(PolicyKind.RESOURCE);
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * What counts for a caller.
   *
   * @param since how many changes of IAM had been seen before the rows were read
   */
  private record Holder(
      long since, PolicySet policies, Subject subject, Map<String, String> tags, String userId) {}

  public PolicyPermissions(Supplier<State> state, Place place) {
    this.state = state;
    this.place = place;
  }

  @Override
  public void leading(State now) {
    changes.incrementAndGet();
  }

  @Override
  public void committed(State now, List<Change<?>> committed) {
    for (Change<?> change : committed) {
      if (FOLLOWED.contains(change.kind())) {
        changes.incrementAndGet();
        return;
      }
    }
  }

  @Override
  public @Nullable String refusal(Caller caller, Need need, Circumstances circumstances) {
    if (isLocked(caller, need.action())) {
      return Decision.NOT_ALLOWED_BY_SESSION.ending(need.action());
    }
    Holder holder = holder(caller);
    Inquiry inquiry =
        new Inquiry(
            holder.subject,
            need.action().toLowerCase(Locale.ROOT),
            need.resource(),
            new CallKeys(caller, holder.userId, holder.tags, need, circumstances, place));
    Policy resource = need.policies().isEmpty() ? null : onResource(need.policies());
    Decision decision = holder.policies.decide(inquiry, resource, need.policyDecides());
    if (decision.allowed()) {
      return null;
    }
    // AWS does not say why a role cannot be taken on, nor whether there is one.
    return need.action().equals("sts:AssumeRole") && !decision.explicit()
        ? ""
        : decision.ending(need.action());
  }

  private Policy onResource(List<String> documents) {
    Policy policy = resources.of(documents.getFirst());
    for (String more : documents.subList(1, documents.size())) {
      policy = policy.and(resources.of(more));
    }
    return policy;
  }

  /** Keys of GetSessionToken reach neither IAM nor, but for two actions, STS. */
  private static boolean isLocked(Caller caller, String action) {
    return caller.session() != null
        && caller.arn().contains(":user/")
        && (action.startsWith("iam:")
            || (action.startsWith("sts:") && !action.equals("sts:AssumeRole")));
  }

  private Holder holder(Caller caller) {
    // A session with policies of its own is none of those that share what counts for them.
    Caller.Session session = caller.session();
    String key =
        session == null || session.isPlain()
            ? caller.arn() + ' ' + (session == null ? "" : session.principalId())
            : caller.arn() + session.principalId() + session.policies() + session.policyArns();
    Holder known = holders.get(key);
    if (known != null && known.since == changes.get()) {
      return known;
    }
    long since = changes.get();
    Holder found = found(caller, since);
    if (holders.size() >= REMEMBERED) {
      holders.clear();
    }
    holders.put(key, found);
    return found;
  }

  private Holder found(Caller caller, long since) {
    State now = state.get();
    String account = caller.accountId();
    Caller.Session session = caller.session();
    String[] parts = caller.arn().split("/", -1);
    if (caller.isRoot()) {
      Subject subject = Subject.of(account, caller.arn(), null, account);
      return new Holder(since, PolicySet.ROOT, subject, Map.of(), account);
    }
    if (caller.arn().contains(":assumed-role/") && session != null && parts.length == 3) {
      IamRole role = now.find(IamRole.KIND, IamRole.key(parts[1]));
      // A role that was deleted and made anew is another one, though it has the name.
      if (role != null && role.id().equals(session.principalId())) {
        Subject subject = Subject.of(account, caller.arn(), role.arn(), role.id());
        PolicySet set = CallerPolicies.of(now, role, identities);
        return new Holder(
            since, bounded(now, set, session), subject, role.tags(), role.id() + ':' + parts[2]);
      }
    } else if (caller.arn().contains(":user/")) {
      IamUser user = now.find(IamUser.KIND, IamUser.key(parts[parts.length - 1]));
      boolean same = session == null || user == null || user.id().equals(session.principalId());
      if (user != null && user.arn().equals(caller.arn()) && same) {
        Subject subject = Subject.of(account, caller.arn(), null, user.id());
        PolicySet set = CallerPolicies.of(now, user, identities);
        return new Holder(since, set, subject, user.tags(), user.id());
      }
    }
    Subject nobody = Subject.of("", caller.arn(), null, null);
    return new Holder(since, PolicySet.NONE, nobody, Map.of(), "");
  }

  private PolicySet bounded(State now, PolicySet set, Caller.Session session) {
    if (session.isPlain()) {
      return set;
    }
    List<Policy> policies = new ArrayList<>();
    session.policies().forEach(document -> policies.add(identities.of(document)));
    for (String arn : session.policyArns()) {
      Policy policy = CallerPolicies.managed(now, arn, identities);
      if (policy != null) {
        policies.add(policy);
      }
    }
    return new PolicySet(set.identity(), set.boundary(), policies);
  }
}
