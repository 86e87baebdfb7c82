package dev.longshore.generator;

import java.util.Map;

/** Pieces of Java source. */
final class Java {
  private Java() {}

  /** A string literal. */
  static String literal(String text) {
    var literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        default -> {
          if (c >= ' ' && c < 0x7f) {
            literal.append(c);
          } else {
            literal.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  /** The template with each {@code $name$} replaced; a name without a value is an error. */
  static String fill(String template, Map<String, String> values) {
    var filled = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf('$'); open >= 0; open = template.indexOf('$', from)) {
      int close = template.indexOf('$', open + 1);
      var name = template.substring(open + 1, close);
      var value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("the template needs a value for " + name);
      }
      filled.append(template, from, open).append(value);
      from = close + 1;
    }
    return filled.append(template, from, template.length()).toString();
  }
}
