package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/** Documents one after the other, each turned into a value. */
final class JsonFeed<T> implements Feed<T> {
  private final BodyStream body;
  private final JsonText.Sequence documents;
  private final Function<Json, T> each;

  JsonFeed(Exchange exchange, Function<Json, T> each) {
    this.body = exchange.body();
    this.documents = new JsonText.Sequence(body);
    this.each = each;
  }

  @Override
  public Optional<T> next() {
    body.allow(EngineClient.LIMIT);
    try {
      return documents.next().map(each);
    } catch (JacksonException e) {
      close();
      throw DockerException.of(
          DockerException.Kind.UNEXPECTED, "the engine's stream is not JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    body.close();
  }
}
