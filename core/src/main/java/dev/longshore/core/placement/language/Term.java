package dev.longshore.core.placement.language;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an expression consists of: a statement about one instance that holds or does not. */
sealed interface Term {
  boolean holds(Subject subject);

  /** At least one of them holds; from left to right, and no further than needed. */
  record AnyOf(List<Term> terms) implements Term {
    @Override
    public boolean holds(Subject subject) {
      for (int at = 0; at < terms.size(); at++) {
        if (terms.get(at).holds(subject)) {
          return true;
        }
      }
      return false;
    }
  }

  /** All of them hold; from left to right, and no further than needed. */
  record AllOf(List<Term> terms) implements Term {
    @Override
    public boolean holds(Subject subject) {
      for (int at = 0; at < terms.size(); at++) {
        if (!terms.get(at).holds(subject)) {
          return false;
        }
      }
      return true;
    }
  }

  record Not(Term term) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return !term.holds(subject);
    }
  }

  /** Holds also where the attribute has a name only. */
  record AttributeExists(String name) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return subject.attribute(name) != null;
    }
  }

  /** Holds nowhere where the attribute is absent, not even for {@code !=}. */
  record AttributeIs(String name, Check check) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return passes(check, subject.attribute(name));
    }
  }

  record Ec2InstanceIs(Check check) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return passes(check, subject.ec2InstanceId());
    }
  }

  record AgentIsConnected(Check check) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return check.passes(Boolean.toString(subject.agentConnected()));
    }
  }

  /** Holds nowhere where the agent told no version, or none that begins with numbers. */
  record AgentVersionIs(Order order, Version version) implements Term {
    @Override
    public boolean holds(Subject subject) {
      String told = subject.agentVersion();
      Version theirs = told == null ? null : Version.leading(told);
      return theirs != null && order.holds(theirs.compareTo(version));
    }
  }

  record RegisteredAt(Order order, Instant moment) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return order.holds(subject.registeredAt().compareTo(moment));
    }
  }

  record HoldsTasks(Order order, long count) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return order.holds(Long.compare(subject.runningTasksCount(), count));
    }
  }

  /** A group given by its name is looked up; for any other check the groups are gone through. */
  record HoldsTaskOf(Check check) implements Term {
    @Override
    public boolean holds(Subject subject) {
      return check instanceof Check.Equal(String group)
          ? subject.hasTaskOf(group)
          : subject.hasTaskOf(check::passes);
    }
  }

  private static boolean passes(Check check, @Nullable String value) {
    return value != null && check.passes(value);
  }
}
