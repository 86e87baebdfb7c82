package dev.longshore.server.api;

import dev.longshore.shapes.Protocol;
import dev.longshore.wire.Codec;
import dev.longshore.wire.WireRequest;
import java.util.EnumMap;
import java.util.Map;

/** An API together with the codecs it is spoken to in. */
final class Door {
  private final ServedApi api;
  private final Map<Protocol, Codec> codecs = new EnumMap<>(Protocol.class);

  Door(ServedApi api) {
    this.api = api;
    for (Protocol protocol : api.model().protocols()) {
      codecs.put(protocol, Codec.of(api.model(), protocol));
    }
    if (speaksJson()) {
      // The two differ in their content type alone, and AWS takes either.
      for (Protocol json : new Protocol[] {Protocol.AWS_JSON_1_0, Protocol.AWS_JSON_1_1}) {
        codecs.computeIfAbsent(json, protocol -> Codec.of(api.model(), protocol));
      }
    }
  }

  ServedApi api() {
    return api;
  }

  /** Whether the operation can stand in the header {@code X-Amz-Target}. */
  boolean speaksJson() {
    return codecs.containsKey(Protocol.AWS_JSON_1_0) || codecs.containsKey(Protocol.AWS_JSON_1_1);
  }

  /** Whether the operation can stand elsewhere: in a form, or in the path. */
  boolean speaksOthers() {
    return api.model().protocols().stream()
        .anyMatch(p -> p != Protocol.AWS_JSON_1_0 && p != Protocol.AWS_JSON_1_1);
  }

  /** The codec of a protocol that this API is spoken to in. */
  Codec codec(Protocol protocol) {
    Codec codec = codecs.get(protocol);
    if (codec == null) {
      throw new IllegalArgumentException(api.model().name() + " does not speak " + protocol);
    }
    return codec;
  }

  Codec codec(WireRequest request) {
    return codec(Codec.protocolOf(api.model(), request));
  }

  /** The codec in which to word an error where the request does not show its protocol. */
  Codec preferred() {
    return codec(api.model().protocols().getFirst());
  }
}
