package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The front of a task, as its containers speak with it. */
abstract class FrontTalk {
  static final String PROTECTION = "/api/" + Agent.ENDPOINT + "/task-protection/v1/state";

  final Agent agent = new Agent();
  final AtomicLong clock = new AtomicLong();
  TaskFront front = front(Duration.ofSeconds(10));
  String token = "";

  TaskFront front(Duration limit) {
    var registry = new Registry();
    registry.register(agent);
    return new TaskFront(registry, new Limits(limit), clock::get);
  }

  Reply ask(String method, String target, String body) {
    var uri = new QueryStringDecoder(target);
    var ask =
        new Ask(method, uri.path(), uri.parameters(), target, "172.17.0.3", "curl", token, body);
    return front.atOnce(ask).orElseGet(() -> front.answer(ask));
  }

  Reply get(String target) {
    return ask("GET", target, "");
  }

  static void assertJson(Reply reply, int status, String json) {
    assertThat(reply.body()).isEqualTo(json);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/json");
  }
}
