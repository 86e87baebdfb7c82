package dev.longshore.agent;

import dev.longshore.agent.link.ApiException;
import dev.longshore.agent.link.InstanceRole;
import dev.longshore.agent.link.LinkConfig;
import dev.longshore.wire.signature.Credentials;
import java.security.SecureRandom;

/** What an agent may do with the keys that it is set up with. */
final class GivenKeys {
  private GivenKeys() {}

  /** Acts with them, or, where an instance profile is named, with the role that they open. */
  static KeySource of(Credentials given, AgentConfig config, LinkConfig link, AgentHost host) {
    if (config.instanceProfile().isEmpty()) {
      return () -> given;
    }
    InstanceRole role =
        new InstanceRole(
            host.transport(),
            link,
            host.clock(),
            config.instanceProfile(),
            config.name(),
            new SecureRandom());
    return () -> {
      try {
        return role.fresh();
      } catch (ApiException e) {
        throw new KeysRefusedException(String.valueOf(e.getMessage()), e);
      }
    };
  }
}
