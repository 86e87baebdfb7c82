package dev.longshore.wire;

import dev.longshore.shapes.XmlNamespace;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds an XML document. Names come from models and need no escape, texts do. */
final class XmlText {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder(512);

  XmlText open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  /** Opens an element; attributes may follow until {@link #endTag}. */
  XmlText startTag(String name, @Nullable XmlNamespace namespace) {
    text.append('<').append(name);
    if (namespace != null && !namespace.uri().isEmpty()) {
      attribute(
          namespace.prefix().isEmpty() ? "xmlns" : "xmlns:" + namespace.prefix(), namespace.uri());
    }
    return this;
  }

  XmlText attribute(String name, String value) {
    text.append(' ').append(name).append("=\"");
    escape(value);
    text.append('"');
    return this;
  }

  XmlText endTag() {
    text.append('>');
    return this;
  }

  XmlText close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  XmlText element(String name, String value) {
    return open(name).text(value).close(name);
  }

  XmlText text(String value) {
    escape(value);
    return this;
  }

  byte[] toBytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        // Parsers turn these line ends into line feeds unless they are references.
        case '\r' -> text.append("&#xD;");
        case '\n' -> text.append("&#xA;");
        case '\t' -> text.append('\t');
        case '\u0085' -> text.append("&#x85;");
        case '\u2028' -> text.append("&#x2028;");
        // XML has no notation at all for other control characters.
        default -> text.append(c < ' ' || c == '\uFFFE' || c == '\uFFFF' ? REPLACEMENT : c);
      }
    }
  }
}
