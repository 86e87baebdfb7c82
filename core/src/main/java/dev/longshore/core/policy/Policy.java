package dev.longshore.core.policy;

import dev.longshore.core.policy.PrincipalElement.Closeness;
import java.util.ArrayList;
import java.util.List;

/** A policy, read and ready to be asked. */
public final class Policy {
  /** Allows everything, as the account's root user is allowed. */
  public static final Policy ALL =
      PolicyReader.read(
          "{\"Version\":\"2012-10-17\",\"Statement\":"
              + "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
          PolicyKind.IDENTITY);

  /** Allows nothing, and denies nothing. */
  public static final Policy NOTHING = new Policy(List.of());

  private final List<Statement> denials;
  private final List<Statement> allowances;

  Policy(List<Statement> statements) {
    denials = statements.stream().filter(Statement::deny).toList();
    allowances = statements.stream().filter(statement -> !statement.deny()).toList();
  }

  /** What both policies say. */
  public Policy and(Policy other) {
    List<Statement> all = new ArrayList<>(denials);
    all.addAll(allowances);
    all.addAll(other.denials);
    all.addAll(other.allowances);
    return new Policy(all);
  }

  /** Whether a statement denies it. */
  boolean denies(Inquiry inquiry) {
    for (Statement statement : denials) {
      PrincipalElement principal = statement.principal();
      boolean meant = principal == null || principal.closeness(inquiry.subject()) != Closeness.NONE;
      if (meant && statement.covers(inquiry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a statement allows it; of a policy without principals. */
  boolean allows(Inquiry inquiry) {
    for (Statement statement : allowances) {
      if (statement.covers(inquiry)) {
        return true;
      }
    }
    return false;
  }

  /** How closely a statement that allows it means the caller. */
  Closeness allowance(Inquiry inquiry) {
    Closeness closest = Closeness.NONE;
    for (Statement statement : allowances) {
      PrincipalElement principal = statement.principal();
      if (principal == null) {
        continue;
      }
      Closeness closeness = principal.closeness(inquiry.subject());
      if (closeness.compareTo(closest) > 0 && statement.covers(inquiry)) {
        closest = closeness;
      }
    }
    return closest;
  }

  /** Whether this trust lets the caller in by itself, as it does services. */
  public boolean trusts(Inquiry inquiry) {
    return !denies(inquiry) && allowance(inquiry).compareTo(Closeness.ROLE) >= 0;
  }
}
