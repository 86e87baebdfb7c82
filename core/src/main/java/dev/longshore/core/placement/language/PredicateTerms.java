package dev.longshore.core.placement.language;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;

/** Makes terms of predicates that were read, each value understood as its subject's type. */
final class PredicateTerms {
  private int steps;

  /**
   * A value as it was written.
   *
   * @param position counted from 0
   */
  record Value(int position, String text) {}

  Term ofAttribute(String name, Operator operator, List<Value> values) {
    Check check = check(operator, values);
    return new Term.AttributeIs(name, operator.isNegative() ? new Check.Not(check) : check);
  }

  /** The term of any other subject, with an operator that it allows. */
  Term of(SubjectName subject, Operator operator, List<Value> values) {
    Value first = values.getFirst();
    return switch (subject) {
      case ATTRIBUTE -> throw new IllegalArgumentException("An attribute has a name.");
      case AGENT_CONNECTED -> {
        Check check = truth(operator, values);
        yield new Term.AgentIsConnected(operator.isNegative() ? new Check.Not(check) : check);
      }
      case EC2_INSTANCE_ID -> {
        Check check = instanceId(operator, values);
        yield new Term.Ec2InstanceIs(operator.isNegative() ? new Check.Not(check) : check);
      }
      // A task of another group besides does not make "!=" true: none may be of this one.
      case TASK_GROUP -> {
        Term term = new Term.HoldsTaskOf(check(operator, values));
        yield operator.isNegative() ? new Term.Not(term) : term;
      }
      case AGENT_VERSION -> new Term.AgentVersionIs(order(operator), version(first));
      case REGISTERED_AT -> new Term.RegisteredAt(order(operator), moment(first));
      case RUNNING_TASKS_COUNT -> new Term.HoldsTasks(order(operator), count(first));
    };
  }

  /** What the operator, or the one it is the opposite of, checks. */
  private Check check(Operator operator, List<Value> values) {
    Value first = values.getFirst();
    return switch (operator) {
      case EQUAL, NOT_EQUAL -> new Check.Equal(first.text());
      case IN, NOT_IN -> new Check.OneOf(values.stream().map(Value::text).toList());
      case MATCHES, NOT_MATCHES -> new Check.Matching(pattern(first));
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          new Check.Ordered(order(operator), first.text(), Values.number(first.text()));
      case EXISTS, NOT_EXISTS -> throw new IllegalArgumentException("Nothing is checked.");
    };
  }

  private Check truth(Operator operator, List<Value> values) {
    for (Value value : values) {
      boolean known = value.text().equals("true") || value.text().equals("false");
      if (!known && !operator.isRegular()) {
        throw Lexer.fault(value.position(), "true or false is expected here");
      }
    }
    return check(operator, values);
  }

  private Check instanceId(Operator operator, List<Value> values) {
    for (Value value : values) {
      if (value.text().startsWith("arn:")) {
        throw Lexer.fault(value.position(), "an id is expected here, and not an ARN");
      }
    }
    return check(operator, values);
  }

  private Pattern pattern(Value value) {
    try {
      Pattern pattern = RegularExpression.compile(value.text());
      steps += pattern.programSize();
      if (steps > RegularExpression.MAX_STEPS) {
        throw RegularExpression.tooLarge();
      }
      return pattern;
    } catch (RegularExpression.Fault fault) {
      throw Lexer.fault(value.position(), requireNonNull(fault.getMessage()));
    }
  }

  private static Order order(Operator operator) {
    return requireNonNull(operator.order());
  }

  private static Version version(Value value) {
    Version version = Version.of(value.text());
    if (version == null) {
      throw Lexer.fault(value.position(), "a version such as 1.14.5 is expected here");
    }
    return version;
  }

  private static Instant moment(Value value) {
    Instant moment = Values.moment(value.text());
    if (moment == null) {
      throw Lexer.fault(
          value.position(), "a date such as 2018-06-18 or 2018-06-18T22:28:28Z is expected here");
    }
    return moment;
  }

  private static long count(Value value) {
    Long count = Values.count(value.text());
    if (count == null) {
      throw Lexer.fault(value.position(), "a whole number is expected here");
    }
    return count;
  }
}
