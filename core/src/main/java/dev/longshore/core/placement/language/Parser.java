package dev.longshore.core.placement.language;

import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an expression by recursive descent: {@code not} binds tighter than {@code and}, and that
 * tighter than {@code or}. Chains become lists, so that only parentheses and {@code not} nest, and
 * those only so deep.
 */
final class Parser {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NAME = 128;

  private final Lexer lexer;
  private final PredicateTerms predicates = new PredicateTerms();
  private int depth;

  Parser(String text) {
    lexer = new Lexer(text);
  }

  /**
   * Reads all of it.
   *
   * @throws InvalidParameterException it is no expression; the text tells the position
   */
  Term parse() {
    Term term = anyOf();
    if (!lexer.isAtEnd()) {
      throw Lexer.fault(lexer.position(), "'and' or 'or' is expected here, or the end");
    }
    return term;
  }

  private Term anyOf() {
    Term first = allOf();
    List<Term> terms = new ArrayList<>();
    while (lexer.take("||") || lexer.takeWord("or")) {
      terms.add(allOf());
    }
    if (terms.isEmpty()) {
      return first;
    }
    terms.addFirst(first);
    return new Term.AnyOf(List.copyOf(terms));
  }

  private Term allOf() {
    Term first = negation();
    List<Term> terms = new ArrayList<>();
    while (lexer.take("&&") || lexer.takeWord("and")) {
      terms.add(negation());
    }
    if (terms.isEmpty()) {
      return first;
    }
    terms.addFirst(first);
    return new Term.AllOf(List.copyOf(terms));
  }

  private Term negation() {
    int position = lexer.position();
    if (lexer.take("!") || lexer.takeWord("not")) {
      descend(position);
      Term term = negation();
      depth--;
      return new Term.Not(term);
    }
    if (lexer.take("(")) {
      descend(position);
      Term term = anyOf();
      if (!lexer.take(")")) {
        throw Lexer.fault(
            lexer.position(),
            "the parenthesis opened at position " + (position + 1) + " is not closed here");
      }
      depth--;
      return term;
    }
    return predicate();
  }

  private void descend(int position) {
    if (++depth > MAX_DEPTH) {
      throw Lexer.fault(position, "it is nested more than " + MAX_DEPTH + " deep");
    }
  }

  private Term predicate() {
    int start = lexer.position();
    String written = lexer.name();
    if (written.isEmpty()) {
      throw Lexer.fault(start, "a subject such as attribute:<name> is expected here");
    }
    SubjectName subject = subject(start, written);
    int place = lexer.position();
    Operator operator = lexer.operator();
    if (operator == null) {
      throw Lexer.fault(place, "an operator is expected here");
    }
    if (!subject.allows(operator)) {
      throw Lexer.fault(place, "this operator does not apply to " + written);
    }
    if (operator == Operator.EXISTS || operator == Operator.NOT_EXISTS) {
      Term exists = new Term.AttributeExists(attribute(written));
      return operator.isNegative() ? new Term.Not(exists) : exists;
    }
    List<PredicateTerms.Value> values = values(operator);
    return subject == SubjectName.ATTRIBUTE
        ? predicates.ofAttribute(attribute(written), operator, values)
        : predicates.of(subject, operator, values);
  }

  private static SubjectName subject(int start, String written) {
    if (written.startsWith(SubjectName.ATTRIBUTE.written())) {
      String name = attribute(written);
      if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf(':') >= 0) {
        throw Lexer.fault(start, "this is not the name of an attribute");
      }
      return SubjectName.ATTRIBUTE;
    }
    Optional<SubjectName> found =
        SubjectName.whole().stream().filter(name -> name.written().equals(written)).findFirst();
    return found.orElseThrow(
        () -> Lexer.fault(start, "nothing can be asked about '" + shortened(written) + "'"));
  }

  private static String attribute(String written) {
    return written.substring(SubjectName.ATTRIBUTE.written().length());
  }

  private static String shortened(String written) {
    return written.length() <= MAX_NAME ? written : written.substring(0, MAX_NAME) + "...";
  }

  private List<PredicateTerms.Value> values(Operator operator) {
    if (!operator.takesList()) {
      return List.of(value(operator.isRegular()));
    }
    if (!lexer.take("[")) {
      throw Lexer.fault(lexer.position(), "a list such as [a, b] is expected here");
    }
    List<PredicateTerms.Value> values = new ArrayList<>();
    do {
      values.add(value(false));
    } while (lexer.take(","));
    if (!lexer.take("]")) {
      throw Lexer.fault(lexer.position(), "',' or ']' is expected here");
    }
    return values;
  }

  private PredicateTerms.Value value(boolean regular) {
    return new PredicateTerms.Value(lexer.position(), lexer.value(regular));
  }
}
