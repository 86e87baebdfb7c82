package dev.longshore.gateway.route;

/**
 * Where requests can be sent. Who feeds the gateway keeps a deregistered target as DRAINING for the
 * group's delay and then leaves it out, which ends what is still under way with it.
 *
 * @param id as registered: an instance's id or an address; with the port it names the target
 * @param address the address to connect to, as a literal
 */
public record Target(String id, String address, int port, State state) {
  /** Whether new requests may come. */
  public enum State {
    REGISTERED,
    DRAINING
  }

  public static Target of(String address, int port) {
    return new Target(address, address, port, State.REGISTERED);
  }

  public Target draining() {
    return new Target(id, address, port, State.DRAINING);
  }
}
