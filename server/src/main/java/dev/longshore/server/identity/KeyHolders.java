package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.core.model.AccessKey;
import dev.longshore.core.model.IamUser;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Principal;
import dev.longshore.server.api.Principals;
import dev.longshore.wire.signature.Credentials;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who holds which key: root, users by their rows, everybody else by their session token. */
public final class KeyHolders implements Principals {
  /** Opened keys that are remembered; beyond that all are forgotten, and opened once more. */
  private static final int REMEMBERED = 4096;

  private final Principal root;
  private final RoleSessions sessions;
  private final Supplier<State> state;
  private final Vault vault;
  private final KeyUses uses;
  private final Map<String, Opened> opened = new ConcurrentHashMap<>();

  /** What a row's secret was found to be; of another row it says nothing. */
  private record Opened(AccessKey row, Credentials credentials) {}

  public KeyHolders(
      Principal root, RoleSessions sessions, Supplier<State> state, Vault vault, KeyUses uses) {
    this.root = root;
    this.sessions = sessions;
    this.state = state;
    this.vault = vault;
    this.uses = uses;
  }

  @Override
  public @Nullable Principal holding(String accessKeyId, @Nullable String sessionToken) {
    if (accessKeyId.equals(root.credentials().accessKeyId())) {
      return root;
    }
    return sessionToken == null ? user(accessKeyId) : sessions.holding(accessKeyId, sessionToken);
  }

  /** Only keys of users are asked after. */
  @Override
  public void signed(String accessKeyId, String service, String region) {
    if (state.get().find(AccessKey.KIND, accessKeyId) != null) {
      uses.used(accessKeyId, service, region);
    }
  }

  private @Nullable Principal user(String accessKeyId) {
    State now = state.get();
    AccessKey key = now.find(AccessKey.KIND, accessKeyId);
    IamUser user = key == null ? null : now.find(IamUser.KIND, IamUser.key(key.user()));
    if (key == null || user == null || !key.active()) {
      return null;
    }
    return new Principal(credentials(key), new Caller(root.caller().accountId(), user.arn()));
  }

  private Credentials credentials(AccessKey key) {
    Opened known = opened.get(key.id());
    if (known != null && known.row.equals(key)) {
      return known.credentials;
    }
    byte[] secret = vault.open(key.secret(), AccessKey.place(key.id()));
    Credentials credentials = Credentials.of(key.id(), new String(secret, US_ASCII));
    if (opened.size() >= REMEMBERED) {
      opened.clear();
    }
    opened.put(key.id(), new Opened(key, credentials));
    return credentials;
  }
}
