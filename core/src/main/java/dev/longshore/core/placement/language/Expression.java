package dev.longshore.core.placement.language;

import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;

/**
 * An expression of the cluster query language, understood once and asked of many instances.
 *
 * <p>Two expressions are equal if their texts are.
 */
public final class Expression {
  /** As many characters as an expression may have. */
  public static final int MAX_LENGTH = 2000;

  private final String text;
  private final Term term;
  private final boolean readsTasks;

  private Expression(String text, Term term) {
    this.text = text;
    this.term = term;
    this.readsTasks = readsTasks(term);
  }

  /**
   * Understands an expression.
   *
   * @throws InvalidParameterException it is none, or is longer, deeper or costlier than is allowed;
   *     the text tells the position of the fault, counted from 1
   */
  public static Expression compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidParameterException(
          "Invalid expression: it has "
              + text.length()
              + " characters, and may have at most "
              + MAX_LENGTH
              + ".");
    }
    return new Expression(text, new Parser(text).parse());
  }

  /** Whether the instance is one of those that the expression means. */
  public boolean matches(Subject subject) {
    return term.holds(subject);
  }

  /** The expression as the user wrote it. */
  public String text() {
    return text;
  }

  /** Whether it reads which or how many tasks an instance holds, so that placing changes it. */
  public boolean readsTasks() {
    return readsTasks;
  }

  private static boolean readsTasks(Term term) {
    return switch (term) {
      case Term.AnyOf(List<Term> terms) -> terms.stream().anyMatch(Expression::readsTasks);
      case Term.AllOf(List<Term> terms) -> terms.stream().anyMatch(Expression::readsTasks);
      case Term.Not(Term inner) -> readsTasks(inner);
      case Term.HoldsTasks tasks -> true;
      case Term.HoldsTaskOf group -> true;
      case Term.AttributeExists exists -> false;
      case Term.AttributeIs attribute -> false;
      case Term.AgentIsConnected connected -> false;
      case Term.AgentVersionIs version -> false;
      case Term.Ec2InstanceIs instance -> false;
      case Term.RegisteredAt registered -> false;
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
