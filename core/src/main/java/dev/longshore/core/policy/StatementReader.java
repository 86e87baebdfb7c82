package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one statement of a document. */
final class StatementReader {
  private static final List<String> ELEMENTS =
      List.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private final Map<String, Node> fields;
  private final PolicyKind kind;
  private final boolean variables;

  /**
   * @param variables whether the document's version has any
   */
  StatementReader(Map<String, Node> fields, PolicyKind kind, boolean variables) {
    this.fields = fields;
    this.kind = kind;
    this.variables = variables;
  }

  Statement read() {
    for (String name : fields.keySet()) {
      if (!ELEMENTS.contains(name)) {
        throw PolicyReader.syntax();
      }
    }
    boolean deny = deny();
    PrincipalElement principal = principal();
    List<Wildcard> actions = actions();
    return new Statement(
        deny,
        principal,
        actions,
        fields.containsKey("NotAction"),
        resources(),
        fields.containsKey("NotResource"),
        conditions());
  }

  private boolean deny() {
    if (fields.get("Effect") instanceof Node.Text(String effect, boolean quoted) && quoted) {
      if (effect.equals("Allow") || effect.equals("Deny")) {
        return effect.equals("Deny");
      }
    }
    throw PolicyReader.syntax();
  }

  private @Nullable Node either(String name, String not) {
    Node node = fields.get(name);
    Node opposite = fields.get(not);
    if (node != null && opposite != null) {
      throw PolicyReader.syntax();
    }
    return node == null ? opposite : node;
  }

  private @Nullable PrincipalElement principal() {
    Node node = either("Principal", "NotPrincipal");
    if (kind == PolicyKind.IDENTITY) {
      if (node != null) {
        throw new MalformedPolicyException("Policy document should not specify a principal.");
      }
      return null;
    }
    if (node == null) {
      throw new MalformedPolicyException("Missing required field Principal");
    }
    return new PrincipalReader(node, fields.containsKey("NotPrincipal")).read();
  }

  private List<Wildcard> actions() {
    Node node = either("Action", "NotAction");
    List<String> texts = node == null ? List.of() : PolicyReader.texts(node);
    if (texts.isEmpty()) {
      throw new MalformedPolicyException(
          kind == PolicyKind.TRUST
              ? "Missing required field Action"
              : "Policy statement must contain actions.");
    }
    List<Wildcard> actions = new ArrayList<>();
    for (String text : texts) {
      actions.add(Wildcard.of(action(text)));
    }
    return List.copyOf(actions);
  }

  private String action(String text) {
    String action = text.toLowerCase(Locale.ROOT);
    if (kind == PolicyKind.TRUST) {
      if (!action.startsWith("sts:")) {
        throw new MalformedPolicyException(
            "AssumeRole policy may only specify STS AssumeRole actions.");
      }
      return action;
    }
    int colon = action.indexOf(':');
    if (!action.equals("*") && colon < 0) {
      throw new MalformedPolicyException(
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    if (colon >= 0 && !isVendor(action.substring(0, colon))) {
      throw new MalformedPolicyException("Vendor " + text.substring(0, colon) + " is not valid");
    }
    return action;
  }

  private static boolean isVendor(String text) {
    return text.equals("*")
        || (!text.isEmpty()
            && text.chars()
                .allMatch(letter ->
                    (letter >= 'a' && letter <= 'z')
                        || (letter >= '0' && letter <= '9')
                        || letter == '-'));
  }

  private @Nullable List<Template> resources() {
    Node node = either("Resource", "NotResource");
    if (kind == PolicyKind.TRUST && node != null) {
      throw new MalformedPolicyException("Has prohibited field Resource");
    }
    List<String> texts = node == null ? List.of() : PolicyReader.texts(node);
    if (texts.isEmpty()) {
      if (kind == PolicyKind.IDENTITY) {
        throw new MalformedPolicyException("Policy statement must contain resources.");
      }
      return null;
    }
    List<Template> resources = new ArrayList<>();
    for (String text : texts) {
      resources.add(Template.of(resource(text), variables));
    }
    return List.copyOf(resources);
  }

  private String resource(String text) {
    boolean arn = text.startsWith("arn:") && text.split(":", -1).length >= 6;
    // Wildcards may stand for several segments at once.
    boolean wide = text.startsWith("arn:") && text.indexOf('*') >= 0;
    if (!arn && !wide && !text.equals("*")) {
      throw new MalformedPolicyException("Resource " + text + " must be in ARN format or \"*\".");
    }
    return text;
  }

  private List<Condition> conditions() {
    Node node = fields.get("Condition");
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Node.Fields(Map<String, Node> operators))) {
      throw PolicyReader.syntax();
    }
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, Node> operator : operators.entrySet()) {
      if (!(operator.getValue() instanceof Node.Fields(Map<String, Node> keys))) {
        throw PolicyReader.syntax();
      }
      Operator read = Operator.named(operator.getKey());
      for (Map.Entry<String, Node> key : keys.entrySet()) {
        conditions.add(condition(read, key.getKey(), key.getValue()));
      }
    }
    return List.copyOf(conditions);
  }

  private Condition condition(Operator operator, String key, Node values) {
    if (key.indexOf(':') < 0) {
      throw new MalformedPolicyException(
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    List<Template> read = new ArrayList<>();
    List<Node> all = values instanceof Node.Items(List<Node> items) ? items : List.of(values);
    for (Node value : all) {
      if (!(value instanceof Node.Text(String text, boolean ignored))) {
        throw PolicyReader.syntax();
      }
      read.add(Template.of(text, variables));
    }
    return new Condition(operator, key, List.copyOf(read));
  }
}
