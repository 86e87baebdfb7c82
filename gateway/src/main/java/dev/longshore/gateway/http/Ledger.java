package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Counts;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.GroupSettings;
import dev.longshore.gateway.route.Outcome;
import dev.longshore.gateway.route.TargetGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What is to be counted and written down of one exchange. */
final class Ledger {
  private final FrontSession front;
  private final HttpRequest request;
  private final long started = System.nanoTime();
  private @Nullable Gate gate;
  private @Nullable AccessNote note;
  private @Nullable Counts counts;
  private @Nullable Counts groupCounts;
  private @Nullable Group group;
  private @Nullable String traceId;
  private boolean upgrade;
  private long forwarded = -1;
  private long answered = -1;
  private int status;
  private int targetStatus;
  private long received;
  private long sent;

  Ledger(FrontSession front, HttpRequest request) {
    this.front = front;
    this.request = request;
  }

  void gate(Gate gate) {
    this.gate = gate;
    this.counts = null;
    this.note = gate.settings().accessLog() ? new AccessNote(gate, front, request) : null;
  }

  /** What the rules say of the request. */
  void decided(Outcome outcome) {
    if (note != null) {
      note.decided(outcome);
    }
  }

  /** The client is answered with this head. */
  void answers(HttpResponse head) {
    if (note != null) {
      note.answers(head);
    }
  }

  /** The counters of the load balancer. */
  Counts counts() {
    if (counts == null) {
      String name = gate == null ? "-" : gate.loadBalancer().name();
      counts = front.traffic().metrics().balancer(name);
    }
    return counts;
  }

  void onward(String traceId, boolean upgrade) {
    this.traceId = traceId;
    this.upgrade = upgrade;
  }

  /** A target was chosen, the first time. */
  void chose(Group chosen, boolean sticky) {
    group = chosen;
    counts().add(Count.REQUEST);
    groupCounts = front.traffic().metrics().group(chosen.spec().name());
    groupCounts.add(Count.REQUEST);
    if (chosen.settings().stickiness() != GroupSettings.Stickiness.NONE && !sticky) {
      counts().add(Count.NON_STICKY_REQUEST);
    }
    if (chosen.spec().version() == TargetGroup.Version.GRPC) {
      counts().add(Count.GRPC_REQUEST);
    }
  }

  void unreachable() {
    counts().add(Count.TARGET_CONNECTION_ERROR);
    if (groupCounts != null) {
      groupCounts.add(Count.TARGET_CONNECTION_ERROR);
    }
  }

  void forwarded() {
    forwarded = System.nanoTime();
  }

  /** The head of the target's answer came. */
  void answered(int code) {
    answered = System.nanoTime();
    targetStatus = code;
    status = code;
    Count count = Count.ofTarget(code);
    counts().add(count);
    counts().latencies().add(answered - forwarded);
    if (groupCounts != null) {
      groupCounts.add(count);
      groupCounts.latencies().add(answered - forwarded);
    }
  }

  int targetStatus() {
    return targetStatus;
  }

  /** The answer is the load balancer's own. */
  void own(int code) {
    status = code;
    counts().addOwn(code);
  }

  void received(int bytes) {
    received += bytes;
  }

  void sent(int bytes) {
    sent += bytes;
  }

  /** The exchange is over. */
  void close(@Nullable String target) {
    if (gate == null) {
      return;
    }
    counts().add(Count.PROCESSED_BYTES, received + sent);
    if (note != null) {
      front.traffic().log(entry(gate, note, target == null ? "-" : target));
    }
  }

  private AccessEntry entry(Gate at, AccessNote noted, String target) {
    long now = System.nanoTime();
    return new AccessEntry(
        type(),
        noted.begunMillis(),
        System.currentTimeMillis(),
        at.loadBalancer().name(),
        front.clientWithPort(),
        target,
        forwarded < 0 ? -1 : forwarded - started,
        answered < 0 ? -1 : answered - forwarded,
        answered < 0 ? -1 : now - answered,
        status,
        targetStatus,
        noted.received() + received,
        noted.sent() + sent,
        request.method().name(),
        noted.url(),
        front.isHttp2() ? "HTTP/2.0" : request.protocolVersion().text(),
        request.headers().get(HttpHeaderNames.USER_AGENT),
        front.agreed(),
        group == null ? null : group.spec().arn(),
        traceId,
        noted.priority(),
        noted.action(),
        noted.redirect(),
        front.connection());
  }

  private String type() {
    if (upgrade) {
      return front.isSecure() ? "wss" : "ws";
    }
    if (front.isHttp2()) {
      boolean grpc = group != null && group.spec().version() == TargetGroup.Version.GRPC;
      return grpc ? "grpcs" : "h2";
    }
    return front.isSecure() ? "https" : "http";
  }
}
