package dev.longshore.server.registry;

import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.policy.MalformedPolicyException;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.shapes.ecr.InvalidParameterException;

/** Reads the text of a repository policy. */
final class PolicyText {
  private PolicyText() {}

  /**
   * The policy that the text means.
   *
   * @param kind what errors call it: repository or registry
   * @throws InvalidParameterException it is none
   */
  static RepositoryPolicy read(String text, String kind) {
    try {
      PolicyReader.read(text, PolicyKind.RESOURCE);
      return new RepositoryPolicy(text);
    } catch (MalformedPolicyException e) {
      throw new InvalidParameterException(
          "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid "
              + kind
              + " policy provided'");
    }
  }
}
