package dev.longshore.wire;

import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.TimestampFormat;
import java.util.ArrayList;
import java.util.List;

/** Lists in header fields: elements with commas between them, quoted where they contain any. */
final class HeaderList {
  private HeaderList() {}

  /** The texts of the elements that header values hold. */
  static List<String> split(ListType type, List<String> values) {
    // A date as HTTP writes it has one comma of its own.
    int commasWithin = isHttpDate(type.element()) ? 1 : 0;
    var texts = new ArrayList<String>();
    for (var value : values) {
      split(value, commasWithin, texts);
    }
    return texts;
  }

  private static void split(String value, int commasWithin, List<String> texts) {
    var text = new StringBuilder();
    boolean quoted = false;
    int commas = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\' && i + 1 < value.length()) {
        i++;
        text.append(value.charAt(i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted && commas == commasWithin) {
        texts.add(text.toString().trim());
        text.setLength(0);
        commas = 0;
      } else {
        commas += c == ',' && !quoted ? 1 : 0;
        text.append(c);
      }
    }
    if (!text.isEmpty() || !texts.isEmpty()) {
      texts.add(text.toString().trim());
    }
  }

  static String join(ListType type, List<?> elements) {
    var text = new StringBuilder();
    var element = type.element();
    for (var value : elements) {
      if (value != null) {
        text.append(text.isEmpty() ? "" : ", ");
        var one = ScalarText.format(element, value, TimestampFormat.HTTP_DATE);
        text.append(element.kind() == Kind.STRING ? quoted(one) : one);
      }
    }
    return text.toString();
  }

  private static String quoted(String text) {
    if (text.indexOf(',') < 0 && text.indexOf('"') < 0) {
      return text;
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isHttpDate(Member element) {
    var format = element.timestampFormat();
    return element.kind() == Kind.TIMESTAMP
        && (format == null || format == TimestampFormat.HTTP_DATE);
  }
}
