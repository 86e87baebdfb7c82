package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.server.http.Peer;
import dev.longshore.server.http.Request;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found out about a request on its way, for the audit log. One thread at a time. */
public final class Trail {
  private final String id = RequestIds.next();
  private final Request request;
  private final List<String> resources = new ArrayList<>();
  private @Nullable String principal;
  private String action = "";
  private boolean allowed;

  public Trail(Request request) {
    this.request = request;
  }

  /** What the request is called in answers and logs. */
  public String id() {
    return id;
  }

  /** The caller was made out. */
  public void knows(Caller caller) {
    principal = caller.arn();
  }

  /** The request was understood to ask for that action, as policies name it. */
  public void asks(String asked) {
    action = asked;
  }

  /** The request is about these resources. */
  public void needs(List<Need> needs) {
    for (Need need : needs) {
      if (!need.resource().equals(Need.EVERYTHING) && !resources.contains(need.resource())) {
        resources.add(need.resource());
      }
    }
  }

  /** The caller may do that. */
  public void passes() {
    allowed = true;
  }

  /** What policies may ask of the request. */
  public Circumstances circumstances(Instant now) {
    String agent = request.headers().joined("user-agent");
    Peer peer = request.peer();
    String address =
        peer.address() instanceof InetSocketAddress internet && internet.getAddress() != null
            ? internet.getAddress().getHostAddress()
            : "";
    return new Circumstances(now, address, agent == null ? "" : agent, peer.secure());
  }

  /**
   * The line of it.
   *
   * @param error the code of the answer's error; null where there was none
   */
  public Audit.Entry entry(Instant now, @Nullable String error) {
    Circumstances at = circumstances(now);
    return new Audit.Entry(
        now,
        id,
        principal,
        at.sourceIp(),
        at.userAgent(),
        action,
        List.copyOf(resources),
        allowed,
        error);
  }
}
