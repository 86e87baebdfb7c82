package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of a policy document. The core has no codec, and needs no more than this. */
final class DocumentParser {
  /** Deeper than any policy is: a document, statements, conditions, keys, values. */
  private static final int DEPTH = 12;

  private final String text;
  private int at;

  private DocumentParser(String text) {
    this.text = text;
  }

  /**
   * The document's object.
   *
   * @throws MalformedPolicyException the text is no JSON object, or names a member twice
   */
  static Node.Fields parse(String text) {
    DocumentParser parser = new DocumentParser(text);
    Node node = parser.value(0);
    parser.blanks();
    if (parser.at != text.length() || !(node instanceof Node.Fields fields)) {
      throw invalid();
    }
    return fields;
  }

  private static MalformedPolicyException invalid() {
    return new MalformedPolicyException("This policy contains invalid Json");
  }

  private Node value(int depth) {
    if (depth > DEPTH) {
      throw invalid();
    }
    return switch (next()) {
      case '{' -> fields(depth);
      case '[' -> items(depth);
      case '"' -> new Node.Text(string(), true);
      default -> word();
    };
  }

  private Node fields(int depth) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (peek() == '}') {
      at++;
      return new Node.Fields(fields);
    }
    while (true) {
      expect('"');
      String name = string();
      expect(':');
      if (fields.put(name, value(depth + 1)) != null) {
        throw invalid();
      }
      if (!more('}')) {
        return new Node.Fields(fields);
      }
    }
  }

  private Node items(int depth) {
    List<Node> items = new ArrayList<>();
    if (peek() == ']') {
      at++;
      return new Node.Items(items);
    }
    do {
      items.add(value(depth + 1));
    } while (more(']'));
    return new Node.Items(items);
  }

  /** Whether a comma follows rather than the end. */
  private boolean more(char end) {
    char letter = next();
    if (letter != ',' && letter != end) {
      throw invalid();
    }
    return letter == ',';
  }

  private Node word() {
    int start = at - 1;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (!word.equals("true") && !word.equals("false") && !isNumber(word)) {
      throw invalid();
    }
    return new Node.Text(word, false);
  }

  private static boolean isWord(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '.' || letter == '-' || letter == '+';
  }

  private static boolean isNumber(String word) {
    char first = word.charAt(word.startsWith("-") && word.length() > 1 ? 1 : 0);
    return first >= '0' && first <= '9' && !Double.isNaN(Compared.number(word));
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    while (true) {
      char letter = raw();
      if (letter == '"') {
        return string.toString();
      }
      if (letter < ' ') {
        throw invalid();
      }
      string.append(letter == '\\' ? escaped() : letter);
    }
  }

  private char escaped() {
    char letter = raw();
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw invalid();
    };
  }

  private char unicode() {
    int code = 0;
    for (int digit = 0; digit < 4; digit++) {
      int value = Character.digit(raw(), 16);
      if (value < 0) {
        throw invalid();
      }
      code = code * 16 + value;
    }
    return (char) code;
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw invalid();
    }
  }

  private char next() {
    blanks();
    return raw();
  }

  private char peek() {
    blanks();
    if (at == text.length()) {
      throw invalid();
    }
    return text.charAt(at);
  }

  private char raw() {
    if (at == text.length()) {
      throw invalid();
    }
    return text.charAt(at++);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
