package dev.longshore.core.policy;

import java.util.List;
import java.util.Map;

/** A value of a document's JSON. */
sealed interface Node {
  /** A string, or the text of a number or a truth value, which policies take for strings. */
  record Text(String text, boolean quoted) implements Node {}

  /** An array. */
  record Items(List<Node> items) implements Node {}

  /** An object; members in the order of the text. */
  record Fields(Map<String, Node> fields) implements Node {}
}
