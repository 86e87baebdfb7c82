package dev.longshore.server.api;

import dev.longshore.server.api.Finding.Found;
import dev.longshore.server.api.Finding.Lost;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.Codec;
import dev.longshore.wire.WireRequest;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the API and the protocol that a request means. The JSON protocols name the operation in a
 * header; for all others the scope of the signature says the service, as on AWS the host would.
 */
final class Directory {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final List<Door> doors;
  private final Map<String, Door> byTarget = new HashMap<>();

  Directory(List<ServedApi> apis) {
    if (apis.isEmpty()) {
      throw new IllegalArgumentException("There is no API to serve.");
    }
    doors = apis.stream().map(Door::new).toList();
    for (Door door : doors) {
      if (door.speaksJson()) {
        byTarget.put(door.api().model().targetPrefix(), door);
      }
    }
  }

  Finding find(SignableRequest signed, WireRequest request) {
    String target = request.headers().first("x-amz-target");
    if (target != null) {
      return byTarget(target, request);
    }
    List<Door> candidates = candidates(signed, request);
    if (candidates.isEmpty()) {
      return lost(request, "The request names no operation: it has no X-Amz-Target header.");
    }
    if (candidates.size() > 1) {
      for (Door door : candidates) {
        if (knows(door, request)) {
          return new Found(door.api(), door.codec(request), null);
        }
      }
    }
    Door only = candidates.getFirst();
    return new Found(only.api(), only.codec(request), null);
  }

  private Finding byTarget(String target, WireRequest request) {
    int dot = target.lastIndexOf('.');
    Door door = dot < 0 ? null : byTarget.get(target.substring(0, dot));
    OperationModel operation =
        door == null ? null : door.api().model().operation(target.substring(dot + 1));
    if (door == null || operation == null) {
      return lost(request, "Unknown operation: " + target);
    }
    if (!request.method().equals("POST")) {
      return lost(
          request, "Operations of this protocol are called by POST, not by " + request.method());
    }
    Protocol protocol = jsonProtocol(request);
    if (protocol == null) {
      return lost(
          request,
          "Operations are not called with content type "
              + request.headers().first("content-type")
              + " here.");
    }
    return new Found(door.api(), door.codec(protocol), operation);
  }

  /** The APIs that may be meant where no header names the operation. */
  private List<Door> candidates(SignableRequest signed, WireRequest request) {
    if (jsonProtocol(request) != null) {
      return List.of();
    }
    String service = Verifier.claimedService(signed);
    var candidates = new ArrayList<Door>();
    for (Door door : doors) {
      boolean meant = service == null || service.equals(door.api().model().signingName());
      if (meant && door.speaksOthers()) {
        candidates.add(door);
      }
    }
    return candidates;
  }

  private static boolean knows(Door door, WireRequest request) {
    try {
      return !door.codec(request).operation(request).name().isEmpty();
    } catch (ServiceException e) {
      // So it is not this one; which one to blame in the end is for the caller to say.
      return false;
    }
  }

  /** AWS answers so to whatever it cannot make out, protocols a service does not speak included. */
  private Lost lost(WireRequest request, String message) {
    boolean form = mediaType(request).equals(FORM);
    Codec codec =
        doors.stream()
            .filter(door -> form ? door.speaksOthers() : door.speaksJson())
            .findFirst()
            .orElse(doors.getFirst())
            .preferred();
    return new Lost(codec, new ServiceException("UnknownOperationException", 400, message));
  }

  private static @Nullable Protocol jsonProtocol(WireRequest request) {
    return switch (mediaType(request)) {
      case "application/x-amz-json-1.0" -> Protocol.AWS_JSON_1_0;
      case "application/x-amz-json-1.1" -> Protocol.AWS_JSON_1_1;
      default -> null;
    };
  }

  private static String mediaType(WireRequest request) {
    String type = request.headers().first("content-type");
    if (type == null) {
      return "";
    }
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
