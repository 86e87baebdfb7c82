package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the principals of a statement. */
final class PrincipalReader {
  private static final String ACCOUNT = "[0-9]{12}";

  private final Node node;
  private final boolean not;
  private final List<String> aws = new ArrayList<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> federated = new ArrayList<>();
  private boolean everyone;

  PrincipalReader(Node node, boolean not) {
    this.node = node;
    this.not = not;
  }

  PrincipalElement read() {
    switch (node) {
      case Node.Text(String text, boolean quoted) -> {
        if (!quoted || !text.equals("*")) {
          throw invalid("STAR", text);
        }
        everyone = true;
      }
      case Node.Fields(Map<String, Node> fields) -> fields.forEach(this::take);
      case Node.Items(List<Node> ignored) -> throw PolicyReader.syntax();
    }
    boolean nobody = aws.isEmpty() && services.isEmpty() && federated.isEmpty() && !everyone;
    if (nobody) {
      throw new MalformedPolicyException("Missing required field Principal cannot be empty!");
    }
    return new PrincipalElement(everyone, not, aws, services, federated);
  }

  private void take(String type, Node names) {
    for (String name : PolicyReader.texts(names)) {
      switch (type) {
        case "AWS" -> takeAws(name);
        case "Service" -> services.add(service(name));
        case "Federated" -> federated.add(name);
        // Of object storage: there is nobody of that sort here, so nobody is meant.
        case "CanonicalUser" -> federated.add("canonical user " + name);
        default -> throw PolicyReader.syntax();
      }
    }
  }

  private void takeAws(String name) {
    if (name.equals("*")) {
      everyone = true;
      return;
    }
    boolean arn = name.startsWith("arn:") && name.split(":", 6).length == 6;
    boolean id = name.matches("A(ID|RO)A[A-Z0-9]{16,124}");
    if ((!arn && !id && !name.matches(ACCOUNT)) || name.indexOf('*') >= 0) {
      throw invalid("AWS", name);
    }
    aws.add(name);
  }

  private static String service(String name) {
    if (!name.matches("[a-z0-9.-]+\\.(amazonaws\\.com|amazonaws\\.com\\.cn|amazon\\.com)")) {
      throw invalid("SERVICE", name);
    }
    return name;
  }

  private static MalformedPolicyException invalid(String type, String name) {
    return new MalformedPolicyException(
        "Invalid principal in policy: \"" + type + "\":\"" + name + '"');
  }
}
