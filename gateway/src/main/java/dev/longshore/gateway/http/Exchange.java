package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.route.BalancerSettings;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Outcome;
import dev.longshore.gateway.route.Table;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Lives on one event loop. What a target is sent is sent to one target
 * only, but where nothing of it can have arrived, or where doing it twice is doing it once.
 */
final class Exchange {
  private static final int MAX_ATTEMPTS = 3;

  /** Methods that change nothing, so that a target which got one twice did nothing twice. */
  private static final List<HttpMethod> REPEATABLE =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final FrontSession front;
  private final HttpRequest request;
  private final boolean toHead;
  private final boolean clientKeeps;
  private final boolean oldClient;
  private final Ledger ledger;
  private @Nullable Table table;
  private @Nullable Gate gate;
  private Outcome.@Nullable Onward onward;
  private @Nullable Group group;
  private @Nullable Member member;
  private @Nullable BackSession back;
  private @Nullable Deque<HttpContent> pending;
  private boolean prepared;
  private boolean upgrade;
  private boolean requestComplete;
  private boolean bodySeen;
  private boolean answering;
  private boolean done;
  private boolean closeFront;
  private int attempts;

  Exchange(FrontSession front, HttpRequest request) {
    this.front = front;
    this.request = request;
    this.ledger = new Ledger(front, request);
    this.toHead = HttpMethod.HEAD.equals(request.method());
    this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.clientKeeps = HttpUtil.isKeepAlive(request);
  }

  FrontSession front() {
    return front;
  }

  HttpRequest head() {
    return request;
  }

  boolean isToHead() {
    return toHead;
  }

  boolean isRequestComplete() {
    return requestComplete;
  }

  /** The request has no body beyond what was already seen. */
  void completeRequest() {
    requestComplete = true;
  }

  /** Finds out what becomes of the request, and begins it. */
  void start() {
    Gate found = newest();
    if (found == null) {
      refuse(503, true);
      return;
    }
    ledger.gate(found);
    int refusal = Strictness.refusal(request, front.isHttp2());
    refusal = refusal == 0 ? headers(found) : refusal;
    if (refusal != 0) {
      refuse(refusal, true);
      return;
    }
    decide(found, null);
  }

  /** The listener by the routes as they are now. */
  private @Nullable Gate newest() {
    table = front.traffic().table();
    gate = table.gate(front.listenerArn());
    return gate;
  }

  private int headers(Gate found) {
    int refusal = Strictness.headers(request.headers(), found.settings());
    if (refusal < 0) {
      ledger.counts().add(Count.DROPPED_HEADER);
      return 0;
    }
    return refusal;
  }

  private void decide(Gate found, @Nullable Member not) {
    Outcome outcome = found.outcome(new AskedRequest(request, front.source()));
    ledger.decided(outcome);
    switch (outcome) {
      case Outcome.Answer each -> {
        ledger.counts().add(Count.FIXED_RESPONSE);
        answer(Answers.fixed(each.response()), false);
      }
      case Outcome.Elsewhere each -> {
        ledger.counts().add(Count.REDIRECT);
        answer(Answers.redirect(each.redirect(), request, front), false);
      }
      case Outcome.Onward each -> onward(each, found.settings(), not);
    }
  }

  private void onward(Outcome.Onward each, BalancerSettings settings, @Nullable Member not) {
    onward = each;
    Group chosen = Stickiness.group(each, request.headers());
    if (chosen == null) {
      refuse(503, false);
      return;
    }
    group = chosen;
    if (!Compatibility.suits(request, front.isHttp2(), chosen.spec().version())) {
      refuse(464, false);
      return;
    }
    Member sticky = not == null ? Stickiness.member(chosen, request.headers()) : null;
    if (!prepared) {
      prepared = true;
      prepare(settings);
    }
    choose(chosen, sticky, not);
  }

  /** Makes of the client's request the one that a target gets. */
  private void prepare(BalancerSettings settings) {
    upgrade = !front.isHttp2() && Compatibility.isWebSocket(request);
    continueIfAsked();
    ledger.onward(Forwarding.toTarget(request.headers(), front, settings), upgrade);
    Forwarding.speak(request, upgrade);
  }

  /** The body is read on as a target takes it; a client that waits to be asked is asked here. */
  private void continueIfAsked() {
    if (!oldClient && !front.isHttp2() && HttpUtil.is100ContinueExpected(request)) {
      front.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE), true);
      front.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void choose(Group from, @Nullable Member sticky, @Nullable Member not) {
    Member chosen =
        sticky == null
            ? from.choose(System.nanoTime(), ThreadLocalRandom.current().nextLong(), not)
            : sticky;
    if (chosen == null) {
      if (front.traffic().table() == table) {
        refuse(503, false);
      } else {
        decideAnew(not);
      }
      return;
    }
    if (attempts++ == 0) {
      ledger.chose(from, sticky != null);
    }
    member = chosen;
    chosen.begin();
    front.loop().pool(chosen, from.spec()).acquire(this);
  }

  /** A connection to the chosen target is there. */
  void connected(BackSession session) {
    if (done) {
      session.release(true);
      return;
    }
    Member chosen = member;
    if (chosen != null && !chosen.accepting() && !isSticky(chosen)) {
      session.release(true);
      again(chosen);
      return;
    }
    back = session;
    ledger.forwarded();
    session.begin(this);
    if (pending != null) {
      pending.forEach(session::send);
      pending = null;
    }
    front.updateReading();
  }

  /** A draining target still gets what its own cookie asks for only if nobody else is there. */
  private boolean isSticky(Member chosen) {
    return group != null && group.eligible() == 0 && !chosen.gone();
  }

  /** The chosen target is one that cannot be used after all: nothing was sent, so try another. */
  private void again(Member failed) {
    failed.end();
    member = null;
    back = null;
    decideAnew(failed);
  }

  /**
   * The routes may have changed since the request was read: it goes where they lead now, as their
   * groups of before may have nobody left.
   */
  private void decideAnew(@Nullable Member not) {
    Gate found = newest();
    if (found == null) {
      refuse(503, false);
    } else {
      decide(found, not);
    }
  }

  /** No connection to the chosen target could be made. */
  void unreachable(@Nullable Throwable cause) {
    if (done) {
      return;
    }
    ledger.unreachable();
    Member failed = member;
    boolean slow = cause instanceof ConnectTimeoutException;
    if (slow || failed == null || attempts >= MAX_ATTEMPTS || group == null) {
      fail(slow ? 504 : 502);
    } else if (group.eligible() > 1) {
      again(failed);
    } else {
      fail(502);
    }
  }

  /** No further connection to the chosen target may be opened. */
  void crowded() {
    fail(503);
  }

  /** A part of the request's body. */
  void request(HttpContent content) {
    int bytes = content.content().readableBytes();
    ledger.received(bytes);
    bodySeen |= bytes > 0;
    HttpContent part = content;
    if (content instanceof LastHttpContent) {
      requestComplete = true;
      if (bytes == 0) {
        content.release();
        part = LastHttpContent.EMPTY_LAST_CONTENT;
      }
    }
    if (done) {
      part.release();
    } else if (back == null) {
      pending = pending == null ? new ArrayDeque<>(2) : pending;
      pending.add(part);
      if (bodySeen) {
        front.updateReading();
      }
    } else {
      back.send(part);
      if (!back.isWritable()) {
        front.updateReading();
      }
    }
  }

  /** Whether more of the request could be taken now. */
  boolean wantsRequest() {
    if (upgrade) {
      return false;
    }
    return requestComplete || done || (back != null ? back.isWritable() : !bodySeen);
  }

  /** The head of the target's answer. */
  void response(HttpResponse head) {
    if (done || gate == null || group == null || member == null) {
      return;
    }
    int code = head.status().code();
    ledger.answered(code);
    boolean switches = code == 101;
    if (switches && !upgrade) {
      fail(502);
      return;
    }
    HttpHeaders headers = head.headers();
    Forwarding.stripHops(headers);
    if (switches) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    } else if (!front.isHttp2()) {
      closeFront = !clientKeeps || front.isAging();
      closeFront |= Framing.frame(head, toHead, oldClient);
      Framing.keep(head, !closeFront);
    }
    Stickiness.keep(headers, onward, group, member);
    Forwarding.toClient(headers, gate.settings());
    head.setProtocolVersion(HttpVersion.HTTP_1_1);
    answering = true;
    ledger.answers(head);
    front.write(head, toHead);
  }

  /** A part of the answer's body. */
  void response(HttpContent content) {
    if (done || !answering) {
      content.release();
      return;
    }
    ledger.sent(content.content().readableBytes());
    boolean last = content instanceof LastHttpContent;
    front.write(last && !front.isHttp2() ? Framing.withoutTrailers(content) : content);
    if (last && ledger.targetStatus() == 101) {
      tunnel();
    } else if (last) {
      finish();
    } else {
      updateAnswering();
    }
  }

  /** Reads from the target only as fast as the client takes it. */
  void updateAnswering() {
    if (back != null) {
      back.read(front.isWritable());
    }
  }

  private void finish() {
    over();
    if (back != null) {
      back.release(requestComplete);
    }
    front.finished(this, closeFront);
  }

  private void tunnel() {
    done = true;
    BackSession there = back;
    Member chosen = member;
    if (there == null || chosen == null || gate == null) {
      front.close();
      return;
    }
    front.loop().tunnel(front, there, chosen, gate.settings().idleNanos(), () -> over());
  }

  private void over() {
    done = true;
    if (member != null) {
      member.end();
      member = null;
    }
    release(pending);
    pending = null;
    ledger.close(back == null ? null : back.target());
  }

  private static void release(@Nullable Deque<HttpContent> contents) {
    if (contents != null) {
      contents.forEach(HttpContent::release);
    }
  }

  /** The target's connection ended before its answer did. */
  void lost(boolean nothingCame) {
    Member failed = member;
    BackSession was = back;
    if (done || was == null) {
      return;
    }
    if (failed != null && nothingCame && !answering && was.isReused() && isRepeatable()) {
      attempts++;
      pending = new ArrayDeque<>(1);
      pending.add(LastHttpContent.EMPTY_LAST_CONTENT);
      again(failed);
    } else {
      fail(502);
    }
  }

  /**
   * Whether the whole request can be sent once more, and that has the effect of sending it once.
   */
  private boolean isRepeatable() {
    return attempts < MAX_ATTEMPTS
        && requestComplete
        && !bodySeen
        && REPEATABLE.contains(request.method());
  }

  /** The target's answer cannot be read. */
  void unreadable() {
    fail(502);
  }

  /** The target is no longer registered, and its time to end what is under way is over. */
  void cut() {
    fail(502);
  }

  /** Nothing was sent or received for the idle time-out. */
  void silent() {
    boolean clientsTurn = !requestComplete && (back == null || back.isWritable());
    fail(clientsTurn ? 408 : 504);
  }

  private void fail(int code) {
    if (done) {
      return;
    }
    if (answering) {
      BackSession was = back;
      over();
      if (was != null) {
        was.discard();
      }
      front.close();
    } else {
      refuse(code, !requestComplete);
    }
  }

  /** Answers with an error of the load balancer's own. */
  void refuse(int code, boolean close) {
    if (done) {
      return;
    }
    if (answering) {
      fail(code);
      return;
    }
    answer(Answers.error(code), close);
  }

  private void answer(FullHttpResponse response, boolean close) {
    BackSession was = back;
    ledger.own(response.status().code());
    closeFront = close || !clientKeeps || front.isAging();
    if (!front.isHttp2()) {
      Framing.keep(response, !closeFront);
    }
    if (gate != null) {
      Forwarding.toClient(response.headers(), gate.settings());
    }
    ledger.answers(response);
    ledger.sent(response.content().readableBytes());
    over();
    if (was != null) {
      was.discard();
    }
    front.write(toHead ? Framing.bodiless(response) : response, toHead);
    front.finished(this, closeFront);
  }

  /** The client's connection is gone. */
  void clientLeft() {
    if (done) {
      return;
    }
    ledger.own(460);
    BackSession was = back;
    over();
    if (was != null) {
      was.discard();
    }
  }
}
