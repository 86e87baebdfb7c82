package dev.longshore.agent.link;

import dev.longshore.agent.task.Fields;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.Map;
import java.util.Optional;

/** A message of the sessions: its type and its body. */
record Envelope(String type, Fields message) {

  /** Reads both forms, {@code {"type","message"}} and an error's {@code {"Name":"text"}}. */
  static Optional<Envelope> parse(String text) {
    try {
      if (!(Json.parse(text) instanceof Json.Fields json)) {
        return Optional.empty();
      }
      Fields fields = new Fields(json);
      String type = fields.text("type");
      if (type != null) {
        Fields message = fields.object("message");
        return Optional.of(
            new Envelope(type, message == null ? new Fields(Json.fields()) : message));
      }
      for (Map.Entry<String, Json> member : json.members().entrySet()) {
        if (json.members().size() == 1 && member.getValue() instanceof Json.Text said) {
          return Optional.of(
              new Envelope(member.getKey(), new Fields(Json.fields().with("message", said))));
        }
      }
      return Optional.empty();
    } catch (JsonSyntaxException | Fields.WrongTypeException e) {
      return Optional.empty();
    }
  }

  static String write(String type, Json.Fields message) {
    return Json.fields().with("type", Json.of(type)).with("message", message).write();
  }
}
