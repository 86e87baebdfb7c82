package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.util.Base64;

/** User and password for a registry; {@code server} is its host, or "" to let the engine tell. */
public record RegistryCredentials(String user, String password, String server) {
  /** The value of the header {@code X-Registry-Auth}. */
  String header() {
    var json =
        Json.fields()
            .with("username", Json.of(user))
            .with("password", Json.of(password))
            .with("serveraddress", Json.of(server));
    return Base64.getUrlEncoder().encodeToString(JsonText.bytes(json));
  }

  /** Without the password, so that no log shows it. */
  @Override
  public String toString() {
    return "RegistryCredentials[user=" + user + ", server=" + server + "]";
  }
}
