package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads policy documents, in IAM's words where they are none. */
public final class PolicyReader {
  private static final String CURRENT = "2012-10-17";
  private static final String FIRST = "2008-10-17";

  private PolicyReader() {}

  /**
   * The policy that a text means.
   *
   * @throws MalformedPolicyException it means none of that kind
   */
  public static Policy read(String text, PolicyKind kind) {
    Node.Fields document = DocumentParser.parse(text);
    for (String name : document.fields().keySet()) {
      if (!name.equals("Version") && !name.equals("Id") && !name.equals("Statement")) {
        throw syntax();
      }
    }
    boolean variables = version(document).equals(CURRENT);
    Node statements = document.fields().get("Statement");
    List<Node> all =
        switch (statements) {
          case Node.Items(List<Node> items) -> items;
          case Node.Fields one -> List.of(one);
          case null, default -> throw syntax();
        };
    if (all.isEmpty()) {
      throw syntax();
    }
    List<Statement> read = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (Node each : all) {
      if (!(each instanceof Node.Fields fields)) {
        throw syntax();
      }
      name(fields.fields().get("Sid"), kind, names);
      read.add(new StatementReader(fields.fields(), kind, variables).read());
    }
    return new Policy(read);
  }

  private static String version(Node.Fields document) {
    Node version = document.fields().get("Version");
    if (version == null) {
      return FIRST;
    }
    if (version instanceof Node.Text(String text, boolean quoted)
        && quoted
        && (text.equals(CURRENT) || text.equals(FIRST))) {
      return text;
    }
    throw new MalformedPolicyException("The policy must contain a valid version string");
  }

  private static void name(@Nullable Node sid, PolicyKind kind, Set<String> names) {
    if (sid == null) {
      return;
    }
    if (!(sid instanceof Node.Text(String text, boolean quoted)) || !quoted) {
      throw syntax();
    }
    boolean letters = text.chars().allMatch(PolicyReader::isLetterOrDigit);
    if (!letters && kind != PolicyKind.RESOURCE) {
      throw new MalformedPolicyException(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
              + " expression [0-9A-Za-z]*");
    }
    if (!text.isEmpty() && !names.add(text)) {
      throw new MalformedPolicyException("Statement IDs (SID) in a single policy must be unique.");
    }
  }

  private static boolean isLetterOrDigit(int letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z');
  }

  static MalformedPolicyException syntax() {
    return new MalformedPolicyException("Syntax errors in policy.");
  }

  /** One text or a list of them. */
  static List<String> texts(Node node) {
    return switch (node) {
      case Node.Text(String text, boolean quoted) -> {
        if (!quoted) {
          throw syntax();
        }
        yield List.of(text);
      }
      case Node.Items(List<Node> items) -> {
        List<String> texts = new ArrayList<>();
        for (Node item : items) {
          if (!(item instanceof Node.Text(String text, boolean quoted)) || !quoted) {
            throw syntax();
          }
          texts.add(text);
        }
        yield texts;
      }
      case Node.Fields(Map<String, Node> ignored) -> throw syntax();
    };
  }
}
