package dev.longshore.core.identity;

import dev.longshore.core.model.Grants;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.iam.AttachedPolicy;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.NoSuchEntityException;
import dev.longshore.shapes.iam.UnmodifiableEntityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Attached and inline policies, and boundaries, of whatever can have them. */
final class HeldPolicies {
  private static final int ATTACHED = 10;

  private HeldPolicies() {}

  static Shape attach(Draft draft, Holder holder, String name, String policyArn) {
    Grants grants = holder.grants(draft, name);
    if (!ManagedPolicies.exists(draft, policyArn)) {
      throw new NoSuchEntityException(
          "Policy " + policyArn + " does not exist or is not attachable.");
    }
    if (grants.attached().contains(policyArn)) {
      return Iam.NOTHING;
    }
    if (grants.attached().size() >= ATTACHED) {
      throw new LimitExceededException(
          "Cannot exceed quota for " + holder.quota() + ": " + ATTACHED);
    }
    holder.put(draft, name, grants.withAttached(policyArn));
    return Iam.NOTHING;
  }

  static Shape detach(Draft draft, Holder holder, String name, String policyArn) {
    Grants grants = holder.grants(draft, name);
    if (!grants.attached().contains(policyArn)) {
      throw new NoSuchEntityException("Policy " + policyArn + " was not found.");
    }
    holder.put(draft, name, grants.withoutAttached(policyArn));
    return Iam.NOTHING;
  }

  static Pages.Page<AttachedPolicy> attached(
      View view, Holder holder, String name, @Nullable String prefix, Pages pages) {
    Map<String, AttachedPolicy> sorted = new TreeMap<>();
    for (String arn : holder.grants(view, name).attached()) {
      String path = arn.substring(arn.indexOf('/'), arn.lastIndexOf('/') + 1);
      if (path.startsWith(Iam.path(prefix))) {
        String policy = arn.substring(arn.lastIndexOf('/') + 1);
        sorted.put(arn, new AttachedPolicy(policy, arn));
      }
    }
    return pages.of(sorted.entrySet(), Map.Entry::getKey, Map.Entry::getValue);
  }

  static Shape put(Draft draft, Holder holder, String name, String policy, String document) {
    Documents.check(document, PolicyKind.IDENTITY);
    Grants grants = holder.grants(draft, name).withInline(policy, document);
    int letters = grants.inline().values().stream().mapToInt(Documents::size).sum();
    if (letters > holder.inlineLetters()) {
      throw new LimitExceededException(
          "Maximum policy size of "
              + holder.inlineLetters()
              + " bytes exceeded for "
              + holder.noun()
              + ' '
              + name);
    }
    holder.put(draft, name, grants);
    return Iam.NOTHING;
  }

  static String document(View view, Holder holder, String name, String policy) {
    String document = holder.grants(view, name).inline().get(policy);
    if (document == null) {
      throw missing(holder, policy);
    }
    return Documents.encoded(document);
  }

  static Shape delete(Draft draft, Holder holder, String name, String policy) {
    Grants grants = holder.grants(draft, name);
    if (!grants.inline().containsKey(policy)) {
      throw missing(holder, policy);
    }
    holder.put(draft, name, grants.withoutInline(policy));
    return Iam.NOTHING;
  }

  private static NoSuchEntityException missing(Holder holder, String policy) {
    return new NoSuchEntityException(
        "The " + holder.noun() + " policy with name " + policy + " cannot be found.");
  }

  static Pages.Page<String> names(View view, Holder holder, String name, Pages pages) {
    List<String> names = List.copyOf(new TreeMap<>(holder.grants(view, name).inline()).keySet());
    return pages.of(names, each -> each, each -> each);
  }

  static Shape bound(Draft draft, Holder holder, String name, @Nullable String policyArn) {
    Grants grants = holder.grants(draft, name);
    if (policyArn == null && grants.boundary() == null) {
      throw new NoSuchEntityException(
          "The " + holder.noun() + " with name " + name + " does not have a permissions boundary.");
    }
    holder.put(draft, name, grants.withBoundary(checkedBoundary(draft, policyArn)));
    return Iam.NOTHING;
  }

  /** The ARN, which must be a managed policy's; null stays null. */
  static @Nullable String checkedBoundary(View view, @Nullable String policyArn) {
    if (policyArn != null && !ManagedPolicies.exists(view, policyArn)) {
      throw new NoSuchEntityException(
          "Scope ARN: " + policyArn + " does not exist or is not attachable.");
    }
    if (policyArn != null && AwsPolicies.linked(policyArn)) {
      throw new UnmodifiableEntityException("Policy " + policyArn + " is no boundary.");
    }
    return policyArn;
  }
}
